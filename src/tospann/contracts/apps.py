"""Contracts as a Django app: notices a person follows up are handed over when she leaves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContractsConfig(AppConfig):
    name = "tospann.contracts"
    label = "contracts"

    def ready(self) -> None:
        from tospann.contracts import (  # models come first
            commands,
            limits,
            owed,  # noqa: F401
            queries,
        )
        from tospann.foundation import triggers
        from tospann.foundation.commands import measured_together
        from tospann.people.handover import OpenWork, on_deactivation

        triggers.protect("contracts_delivery")
        measured_together("contracts", limits.of_all)
        owned = _("contracts and notices")
        on_deactivation(OpenWork(owned, queries.open_count, commands.hand_over_all))
