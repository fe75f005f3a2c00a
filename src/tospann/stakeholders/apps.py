"""Stakeholders as a Django app: open promises are handed over when a person is deactivated."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "tospann.stakeholders"
    label = "stakeholders"

    def ready(self) -> None:
        from tospann.people.handover import OpenWork, on_deactivation
        from tospann.stakeholders import (  # models are loaded first
            commands,
            communicating,
            queries,
            registered,
        )

        on_deactivation(OpenWork(_("open promises"), queries.open_count, commands.hand_over_all))
        told = _("planned communication")
        hand_over = commands.hand_over_communication
        on_deactivation(OpenWork(told, communicating.open_count, hand_over))
        registered.veil()
