"""Whoever came in through a provider is signed out there too."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tospann.people.oidc.configured import Provider

_KEY = "oidc"


def remember(request: HttpRequest, provider: Provider, ends_at: str, id_token: str) -> None:
    """Kept in the session until it ends; only an address of the provider's own origins."""
    address = urlsplit(ends_at)
    is_theirs = f"{address.scheme}://{address.netloc}" in provider.every_origin
    if provider.sign_out and is_theirs:
        request.session[_KEY] = {"at": ends_at, "client": provider.client_id, "token": id_token}


def address(request: HttpRequest) -> str | None:
    """Where signing out leads; None: nowhere else."""
    kept = request.session.get(_KEY)
    if not kept:
        return None
    back = f"{settings.BASE_URL}{reverse('account_login')}"
    asked = {
        "id_token_hint": kept["token"],
        "client_id": kept["client"],
        "post_logout_redirect_uri": back,
    }
    return f"{kept['at']}{'&' if '?' in kept['at'] else '?'}{urlencode(asked)}"
