"""The list of people as a declared register, and the views of lists that people save."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import ORGANISATION_ROLES, ROLE_LABELS
from tospann.people import queries
from tospann.people.models import Person, SavedView
from tospann.ui.register import Column, Empty, Register, Row, choice, search
from tospann.ui.register import SavedView as ShownView

_STATES = {
    "active": (_("Active"), "success"),
    "invited": (_("Invited"), "info"),
    "inactive": (_("Deactivated"), "neutral"),
}


def _roles(row: Row) -> str:
    return ", ".join(str(ROLE_LABELS[role]) for role in ORGANISATION_ROLES if row[f"is_{role}"])


def _page_of(row: Row) -> str:
    return reverse("admin_person", args=[row["pk"]])


PEOPLE = Register(
    key="people",
    title=_("People"),
    lead=_("Who can sign in, and what they are in the organisation"),
    columns=(
        Column("name", _("Name"), "link"),
        Column("email", _("E-mail address")),
        Column("title", _("Title"), default=False),
        Column("company", _("Organisation")),
        Column("roles", _("Roles in the organisation"), value=_roles),
        Column("last_login", _("Last signed in"), "date"),
        Column("state", _("State"), "state", states=_STATES),
    ),
    filters=(
        search(_("Search"), "name", "email", "company"),
        choice("state", _("State"), [(key, label) for key, (label, _tone) in _STATES.items()]),
        choice(
            "role",
            _("Role"),
            [(str(role), ROLE_LABELS[role]) for role in ORGANISATION_ROLES],
            field="organisation_roles__role",
        ),
    ),
    order=("name", "pk"),
    row_link=_page_of,
    also=tuple(f"is_{role}" for role in ORGANISATION_ROLES),
    empty=Empty(_("Nobody is here yet."), icon="team"),
)


def saved_views(request: HttpRequest, register: str) -> Sequence[ShownView]:
    user: Any = request.user
    if not isinstance(user, Person):
        return ()
    return [ShownView(name, query) for name, query in queries.saved_views(user, register)]


def keep_view(person: Person, page: str, name: str, query: str) -> None:
    """Working state; the same name again replaces the view, an empty query removes it."""
    kept = SavedView.objects.filter(person=person, page=page[:60], name=name[:100])
    if not query:
        kept.delete()
    elif name and len(query) <= 2000 and not kept.update(query=query):
        SavedView.objects.create(person=person, page=page[:60], name=name[:100], query=query)
