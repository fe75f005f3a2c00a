"""Quality as a Django app: its rules for gates, what can be shared, what a person leaves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    name = "tospann.quality"
    label = "quality"

    def ready(self) -> None:
        from tospann.people.handover import OpenWork, on_deactivation
        from tospann.quality import (  # models come first
            commands,
            owed,  # noqa: F401
            queries,
            rules,
            shareable,
        )

        owned = _("open nonconformities")
        on_deactivation(OpenWork(owned, queries.open_count, commands.hand_over_all))
        rules.register()
        shareable.register()
