"""allauth's questions about accounts elsewhere, answered from the settings and by our own rules."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.http import HttpRequest
from django.urls import reverse

from tospann.people import sign_in_log
from tospann.people.oidc import admitting, configured
from tospann.people.oidc.refusing import Refused, sentence
from tospann.ui.pages import page


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """From the settings alone: the database is never asked."""
        from tospann.people.oidc import flow

        asked = {None, flow.Oidc.id}
        found = configured.providers()
        return [flow.app_of(one) for one in found if provider in {*asked, one.id}]

    def get_provider(self, request: HttpRequest, provider: str, client_id: Any = None) -> Any:
        from tospann.people.oidc import flow

        chosen = configured.provider(provider)
        if chosen is None:
            raise SocialApp.DoesNotExist
        return flow.Oidc(request, app=flow.app_of(chosen))

    def is_email_verified(self, provider: Any, email: str) -> bool:
        chosen = configured.provider(provider.app.provider_id)
        domain = email.rpartition("@")[2].lower()
        return chosen is not None and domain in {one.lower() for one in chosen.trusted_mail}

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_requests_session(self) -> Any:
        """Nobody is sent on: a redirect could carry a secret elsewhere."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("mfa_index")

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        provider = configured.provider(sociallogin.account.provider)
        assert provider is not None  # it has just answered
        linking = sociallogin.state.get("process") == "connect"
        try:
            if not linking:
                admitting.admit(request, sociallogin, provider)
            elif sociallogin.is_existing and sociallogin.user != request.user:
                raise Refused("taken")
        except Refused as error:
            self.on_authentication_error(request, sociallogin.provider, exception=error)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        reason = _reason(error, exception, extra_context or {})
        sign_in_log.refused(provider.app.provider_id, reason)
        told = sentence(reason, provider.name)
        raise ImmediateHttpResponse(
            page(request, "people/oidc_refused.html", status=403, sentence=told)
        )


def _reason(error: Any, exception: Exception | None, context: dict[str, Any]) -> str:
    if isinstance(exception, Refused):
        return exception.reason
    if exception is not None:
        from requests import RequestException

        return "unreachable" if isinstance(exception, RequestException) else "provider"
    if "state_id" in context:
        return "state"
    return "cancelled" if getattr(error, "value", error) == "cancelled" else "provider"
