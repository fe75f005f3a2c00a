"""Notifications as a Django app: the bell in the chrome counts what is unread."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class NotificationsConfig(AppConfig):
    name = "tospann.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tospann.ui.context import chrome_knows

        chrome_knows(_bell)


def _bell(request: HttpRequest) -> dict[str, Any]:
    """One query a page; none for fragments, which have no bell."""
    from tospann.notifications import queries  # models are not loaded at import time
    from tospann.ui.pages import is_fragment

    actor = getattr(request, "actor", None)
    if actor is None or is_fragment(request):
        return {}
    return {"inbox_count": queries.unread_count(actor)}
