"""Where a code is looked up, when the portal has an address others can reach."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def check_address(code: str) -> str:
    """The page that says what the code stands for; nothing on a portal of one machine alone."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    if host == "localhost" or host.startswith("127.") or host == "::1":
        return ""
    path = reverse("seals:code", args=[code]) if code else reverse("seals:check")
    return f"{settings.BASE_URL}{path}"
