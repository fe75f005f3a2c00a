"""Actions as a Django app: open actions are handed over when a person is deactivated."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "tospann.actions"
    label = "actions"

    def ready(self) -> None:
        from tospann.actions import commands, digest, owed, queries  # noqa: F401  # models first
        from tospann.notifications.mail import digest_section
        from tospann.people.handover import OpenWork, on_deactivation

        count, hand_over = queries.open_count, commands.hand_over_all
        on_deactivation(OpenWork(_("open actions"), count, hand_over, queries.listed_of))
        digest_section(digest.waiting_actions)
