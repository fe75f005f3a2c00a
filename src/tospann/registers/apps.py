"""Own registers as a Django app: what a person owns is handed over when she is deactivated."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "tospann.registers"
    label = "registers"

    def ready(self) -> None:
        from tospann.people.handover import OpenWork, on_deactivation
        from tospann.registers import commands, owed, queries  # noqa: F401  # owed registers itself

        owned = _("open rows of own registers")
        on_deactivation(OpenWork(owned, queries.open_count, commands.hand_over_all))
