"""What the chrome around every page needs. Routes that do not exist (yet) are simply not shown."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from markupsafe import Markup

from tospann.ui.pages import request_id

SCHEMES = {"light", "dark", "auto"}
Entry = tuple[str, str, str, bool, int]
"""Label, address, icon, whether one is there, a count."""
Extra = Callable[[HttpRequest], dict[str, Any]]
_extras: list[Extra] = []


def chrome_knows(extra: Extra) -> Extra:
    """Decorator for what a capability adds: `inbox_count`, `project_menu`, `new_menu`."""
    _extras.append(extra)
    return extra


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: actor, addresses, menus, appearance; then what capabilities add."""
    known = {
        **_against_forgery(request),
        "actor": _actor(request),
        "request_id": request_id(request),
        "color_scheme": _cookie(request, "color_scheme", SCHEMES, "auto"),
        "shortcuts_off": request.COOKIES.get("tospann_shortcuts") == "off",
        "home_url": first_url("home", "home:home", "home:my_page") or "/",
        "search_url": first_url("search", "search:search"),
        "inbox_url": first_url("inbox", "notifications:inbox"),
        "help_url": first_url("help", "home:help"),
        "sign_in_url": first_url("account_login"),
        "sign_out_url": first_url("account_logout"),
        "set_language_url": first_url("set_language", "people:language"),
        "inbox_count": 0,
        "project_menu": [],
        "project_settings": None,
        "new_menu": [],
        "account_menu": account_menu(),
        "shortcuts_menu": shortcuts_menu(request),
    }
    for extra in _extras:
        known |= extra(request)
    settings = [known["project_settings"]] if known["project_settings"] else []
    return known | {"shortcut_keys": _keys([*known["project_menu"], *settings])}


def first_url(*names: str) -> str | None:
    """The address of the first route that exists."""
    return _first(names)


@lru_cache(maxsize=256)
def _first(names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None


def entries(request: HttpRequest, rows: Iterable[tuple[str, str | None, str]]) -> list[Entry]:
    """Menu entries from (label, address, icon); the longest fitting address is the current."""
    there = [(label, address, icon) for label, address, icon in rows if address]
    fitting = [
        a for _l, a, _i in there if request.path == a or (a != "/" and request.path.startswith(a))
    ]
    current = max(fitting, key=len, default="")
    return [(label, address, icon, address == current, 0) for label, address, icon in there]


def shortcuts_menu(request: HttpRequest) -> list[Entry]:
    """My page, projects, portfolio."""
    return entries(
        request,
        [
            (_("My page"), first_url("home", "home:home", "home:my_page"), "star"),
            (
                _("Projects"),
                first_url("projects", "projects:projects", "projects:list"),
                "projects",
            ),
            (_("Portfolio"), first_url("portfolio", "portfolio:portfolio"), "portfolio"),
        ],
    )


def account_menu() -> list[tuple[str, str, str]]:
    """What a person can do about her own account."""
    rows = [
        (_("My profile"), first_url("profile", "people:profile"), "person"),
        (_("Password and sign-in"), first_url("mfa_index", "account_change_password"), "key"),
        (_("Where I am signed in"), first_url("usersessions_list"), "shield"),
        (_("Administration"), first_url("administration"), "cog"),
    ]
    return [(label, address, icon) for label, address, icon in rows if address]


def _against_forgery(request: HttpRequest) -> dict[str, Any]:
    """Django masks the token anew at every mention; once an answer is what it is for."""
    token = SimpleLazyObject(lambda: get_token(request))
    field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
    return {"csrf_token": token, "csrf_input": SimpleLazyObject(lambda: field.format(token))}


def _actor(request: HttpRequest) -> Any:
    """The actor, or None for nobody; looked up only when the template asks."""
    actor = getattr(request, "actor", None)
    return SimpleLazyObject(lambda: actor if actor is not None and actor.name else None)


def _cookie(request: HttpRequest, name: str, allowed: set[str], default: str) -> str:
    value = request.COOKIES.get(f"tospann_{name}", default)
    return value if value in allowed else default


def _keys(menu: list[Entry]) -> list[tuple[Any, ...]]:
    """A letter for each entry of the project's menu: the first of its label that is free."""
    taken, rows = {"h"}, []
    for entry in menu:
        letter = next((c for c in entry[0].lower() if c.isalpha() and c not in taken), "")
        if letter:
            taken.add(letter)
            rows.append((*entry, letter))
    return rows
