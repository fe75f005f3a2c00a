"""What the chrome around every page shows of the account: its menu and the chosen appearance."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tospann.people import preferences, queries


def account(request: HttpRequest) -> dict[str, Any]:
    known: dict[str, Any] = {"account_menu": SimpleLazyObject(lambda: _menu(request))}
    theme = preferences.theme_of(request)
    return known | ({"color_scheme": theme} if theme else {})


def _menu(request: HttpRequest) -> list[tuple[str, str, str]]:
    rows = [
        (_("My account"), reverse("account"), "person"),
        (_("Password and sign-in"), reverse("mfa_index"), "key"),
        (_("Where I am signed in"), reverse("usersessions_list"), "shield"),
    ]
    actor = getattr(request, "actor", None)
    if actor is not None and queries.runs_organisation(actor):
        rows.append((_("Administration"), reverse("admin"), "cog"))
    return rows
