"""Planning as a Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "tospann.planning"
    label = "planning"

    def ready(self) -> None:
        from tospann.planning import limits, owed, promises  # noqa: F401  # they register measures
        from tospann.stakeholders.promises import plan_dates_come_from

        plan_dates_come_from(promises.plan_dates)
