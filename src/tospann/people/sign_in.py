"""How people get in: by invitation, with a verified address as their identity."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone: administrators invite."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
