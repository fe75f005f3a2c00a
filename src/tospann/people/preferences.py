"""Language and appearance: working state of the person, and cookies for whoever is signed out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tospann.people.models import Person

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
THEMES = ("light", "dark", "auto")
THEME_COOKIE = "tospann_color_scheme"
_A_YEAR = 365 * 24 * 3600


def keep_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    if language in LANGUAGES:
        _keep(request, "language", language)
        _set_cookie(response, settings.LANGUAGE_COOKIE_NAME, language)


def keep_theme(request: HttpRequest, response: HttpResponse, theme: str) -> None:
    if theme in THEMES:
        _keep(request, "theme", theme)
        _set_cookie(response, THEME_COOKIE, theme)


def theme_of(request: HttpRequest) -> str | None:
    """What the person chose on another device, where this one has no choice of its own."""
    user = getattr(request, "user", None)
    if THEME_COOKIE in request.COOKIES or not isinstance(user, Person):
        return None
    return user.theme or None


def _keep(request: HttpRequest, field: str, value: str) -> None:
    user = request.user
    if isinstance(user, Person) and getattr(user, field) != value:
        setattr(user, field, value)
        user.save(update_fields=[field])


def _set_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_A_YEAR, samesite="Lax", secure=settings.HTTPS)
