"""Stakeholders as a Django app: open promises are handed over when a person is deactivated."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "tospann.stakeholders"
    label = "stakeholders"

    def ready(self) -> None:
        from tospann.people.handover import OpenWork, on_deactivation
        from tospann.stakeholders import commands, queries  # models are loaded first

        on_deactivation(OpenWork(_("open promises"), queries.open_count, commands.hand_over_all))
