"""The foundation as a Django app: its triggers are recreated after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _ensure_triggers(**_kwargs: Any) -> None:
    from tospann.foundation import triggers  # the database is not ready at import time

    triggers.ensure()


class FoundationConfig(AppConfig):
    name = "tospann.foundation"
    label = "foundation"

    def ready(self) -> None:
        post_migrate.connect(_ensure_triggers, sender=self)
