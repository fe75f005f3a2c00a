"""How people get in: by invitation, with a verified address as their identity."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import perform_login, user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tospann.people.models import Person
from tospann.people.oidc import signing_out


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone: administrators invite."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"{subject} – Tospann"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # Needs no request: a notice sent after the commit may have none left.
        self.render_mail(template_prefix, email, {"email": email, **context}).send()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Whoever came in through a provider is led there, to be signed out too."""
        return signing_out.address(request) or str(super().get_logout_redirect_url(request))

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of this portal: a sign-in form never leads elsewhere."""
        return bool(url) and str(url).startswith("/") and bool(super().is_safe_url(url))


def set_password_link(person: Person) -> str:
    """Where the person sets a (new) password. Works once, for three days."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"


def sign_in_without_password(request: HttpRequest, person: Person) -> HttpResponse:
    """For demo mode alone: everything a sign-in brings, except the proof."""
    response: Any = perform_login(request, person, email_verification="none")
    assert isinstance(response, HttpResponse)
    return response
