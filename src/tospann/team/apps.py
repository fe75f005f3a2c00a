"""Team as a Django app: its commands are known from the start."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TeamConfig(AppConfig):
    name = "tospann.team"
    label = "team"

    def ready(self) -> None:
        from tospann.people.handover import OpenWork, on_deactivation
        from tospann.team import commands, reactions  # noqa: F401  # models are loaded first
        from tospann.team.commands.responsibilities import hand_over_all
        from tospann.team.queries.matrix import accountable_count

        rows = _("rows of responsibility matrices")
        on_deactivation(OpenWork(rows, accountable_count, hand_over_all))
