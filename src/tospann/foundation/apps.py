"""The foundation as a Django app: its triggers are recreated after every migration."""

import threading
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import trans_real


def _ensure_triggers(**_kwargs: Any) -> None:
    from tospann.foundation import triggers  # the database is not ready at import time

    triggers.ensure()


class FoundationConfig(AppConfig):
    name = "tospann.foundation"
    label = "foundation"

    def ready(self) -> None:
        # The language of a request, asked for at every text and date: Django keeps it where event
        # loops can share a thread, at twenty times the cost. The portal has no event loop.
        trans_real._active = threading.local()  # type: ignore[attr-defined]  # it has no other name
        post_migrate.connect(_ensure_triggers, sender=self)
