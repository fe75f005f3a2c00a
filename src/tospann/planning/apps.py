"""Planning as a Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "tospann.planning"
    label = "planning"

    def ready(self) -> None:
        from tospann.cases.consequences import consequences_come_from
        from tospann.planning import limits, owed, promises  # noqa: F401  # they register measures
        from tospann.planning.consequences.stored import of_operations
        from tospann.stakeholders.promises import plan_dates_come_from

        plan_dates_come_from(promises.plan_dates)
        consequences_come_from(of_operations, ("planning", "budget"))
