"""Risks as a Django app: what a person owns is handed over when she is deactivated."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RisksConfig(AppConfig):
    name = "tospann.risks"
    label = "risks"

    def ready(self) -> None:
        from tospann.people.handover import OpenWork, on_deactivation
        from tospann.risks import (  # models come first
            commands,
            in_documents,
            owed,  # noqa: F401
            queries,
            rules,  # noqa: F401
        )

        owned = _("open risks, problems and deviations")
        on_deactivation(OpenWork(owned, queries.open_count, commands.hand_over_all))
        in_documents.register()
