"""Money as a Django app."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "tospann.budget"
    label = "budget"

    def ready(self) -> None:
        from tospann.budget import (  # models come first
            commands,  # noqa: F401
            in_documents,
            limits,
            reversing,
            rules,  # noqa: F401
        )
        from tospann.cases.reversal import reversals_come_from
        from tospann.foundation.commands import measured_together

        measured_together("budget", limits.of_all)
        reversals_come_from("budget.move_money", reversing.moved_back)
        in_documents.register()
