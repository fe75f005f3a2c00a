"""The round trip of the browser to a provider and back: allauth's, with what it leaves out.

Imported only by who signs in this way: `requests` is slow to load.
"""

import secrets
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from tospann.people.oidc import configured, signing_out, tokens
from tospann.people.oidc.configured import Provider
from tospann.people.oidc.refusing import Refused

_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def app_of(provider: Provider) -> Any:
    """The provider as allauth knows it; nothing of it is in the database."""
    return SocialApp(
        provider=Oidc.id,
        provider_id=provider.id,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.secret,
        settings={
            "server_url": provider.issuer.rstrip("/"),
            "scope": list(provider.scopes),
            "oauth_pkce_enabled": True,
        },
    )


class RoundTrip(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """What is asked of the provider itself."""

    nonce = ""
    id_token = ""

    @cached_property
    def chosen(self) -> Provider:
        found = configured.provider(self.provider_id)
        assert found is not None  # get_provider looked
        return found

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        config = self._fetched(self.get_provider().server_url)
        if not all(isinstance(config.get(name), str) for name in _NEEDED):
            raise Refused("discovery")
        if config["issuer"] != self.chosen.issuer:
            raise Refused("issuer")
        return config

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        id_token = kwargs["response"].get("id_token")
        keys = self._fetched(self.openid_config["jwks_uri"])
        claims = tokens.verified(id_token, keys, self.chosen, self.nonce)
        data = self._told_about(claims, token)
        login = self.get_provider().sociallogin_from_response(request, {"userinfo": data})
        login.claims = data
        self.id_token = str(id_token)
        return login

    def _told_about(self, claims: dict[str, Any], token: SocialToken) -> dict[str, Any]:
        """What the token says, and beneath it what the provider says besides."""
        if "userinfo_endpoint" not in self.openid_config:
            return claims
        info = self._fetch_user_info(token.token)
        if not isinstance(info, dict) or info.get("sub") != claims["sub"]:
            raise Refused("subject")
        return {**info, **claims}

    def _fetched(self, address: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            found = answer.json()
        if not isinstance(found, dict):
            raise Refused("discovery")
        return found


class Oidc(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """What is asked for, and what is kept of the answer: as little as can be."""

    oauth2_adapter_class = RoundTrip

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        asked = {"nonce": nonce}
        provider = configured.provider(self.app.provider_id)
        if provider and provider.acr:
            asked["acr_values"] = " ".join(provider.acr)
        if provider and provider.max_age is not None:
            asked["max_age"] = str(provider.max_age)
        answer: HttpResponse = super().redirect(
            request, process, next_url, auth_params=asked, nonce=nonce, **kwargs
        )
        return answer

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        told = data["userinfo"]
        email = told.get("email")
        is_verified = told.get("email_verified") in (True, "true")
        return [EmailAddress(email=email, verified=is_verified, primary=True)] if email else []

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": str(data["userinfo"].get("email", ""))}


class Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """The provider sends the browser back."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
            # RFC 9207: an answer that names its sender must name the one who was asked.
            if request.GET.get("iss", self.adapter.chosen.issuer) != self.adapter.chosen.issuer:
                error = Refused("issuer")
                return None, render_authentication_error(request, provider, exception=error)
        return state, response


def start(request: HttpRequest, key: str, process: str) -> HttpResponse:
    """Send the browser to the provider."""
    provider = get_adapter(request).get_provider(request, key)
    try:
        answer = provider.redirect(request, process, get_next_redirect_url(request))
    except (Refused, RequestException) as error:
        answer = render_authentication_error(request, provider, exception=error)
    assert isinstance(answer, HttpResponse)
    return answer


def finish(request: HttpRequest, key: str) -> HttpResponse:
    """Take the browser back: signed in, or on a page that says why not."""
    trip = RoundTrip(request, key)
    answer = Callback.adapter_view(trip)(request)
    assert isinstance(answer, HttpResponse)
    if trip.id_token and answer.status_code == 302:
        # Only now: signing in begins the session anew when somebody else was signed in.
        ends_at = str(trip.openid_config.get("end_session_endpoint", ""))
        signing_out.remember(request, trip.chosen, ends_at, trip.id_token)
    return answer
