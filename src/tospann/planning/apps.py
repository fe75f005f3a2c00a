"""Planning as a Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "tospann.planning"
    label = "planning"

    def ready(self) -> None:
        from tospann.budget.sources import activities_come_from
        from tospann.cases.consequences import consequences_come_from
        from tospann.cases.parts import groups_come_from
        from tospann.cases.rebasing import rebasing_comes_from
        from tospann.cases.reversal import reversals_come_from
        from tospann.planning import (  # they register measures and sources
            budgets,
            casework,
            following,
            in_documents,
            limits,  # noqa: F401
            owed,  # noqa: F401
            promises,
            rules,  # noqa: F401
        )
        from tospann.planning.consequences.stored import of_operations
        from tospann.planning.simulate import commands  # noqa: F401  # they are known from the start
        from tospann.stakeholders.promises import plan_dates_come_from

        plan_dates_come_from(promises.plan_dates)
        activities_come_from(budgets.SOURCE)
        rebasing_comes_from(following.on_the_latest)
        consequences_come_from(of_operations, ("planning", "budget"))
        groups_come_from(casework.APPLY, casework.groups, casework.only)
        reversals_come_from(casework.APPLY, casework.inverse)
        # It makes a revision of its own, and so comes after what is made from the present one.
        reversals_come_from(casework.FREEZE, casework.thawed, at_last=True)
        in_documents.register()
