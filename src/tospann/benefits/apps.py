"""Benefits as a Django app: what a person owns is handed over when she is deactivated."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenefitsConfig(AppConfig):
    name = "tospann.benefits"
    label = "benefits"

    def ready(self) -> None:
        from tospann.benefits import in_documents, queries  # models come first
        from tospann.benefits.commands import handing_over
        from tospann.people.handover import OpenWork, on_deactivation

        in_documents.register()
        owned = _("benefits and measurements")
        on_deactivation(OpenWork(owned, queries.open_count, handing_over.hand_over_all))
