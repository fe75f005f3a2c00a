"""Who has which role: the organisation chart, the table of roles, names to choose from."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tospann.blanks import live
from tospann.blanks.live import ID, REF, Drawn, Register, Row
from tospann.foundation.authority import PROJECT_ROLES, ROLE_LABELS, Role
from tospann.foundation.records import reference
from tospann.projects import queries
from tospann.projects.models import Membership, Project

_AS_WRITTEN = {
    Role.OWNER: "project_owner",
    Role.STEERING: "project_board",
    Role.MANAGER: "project_manager",
    Role.COORDINATOR: "project_coordinator",
    Role.BENEFIT_RESPONSIBLE: "benefit_responsible",
    Role.MEMBER: "team_member",
}
"""How documents write the portal's roles."""


def register() -> None:
    label = gettext_lazy("the project's team")
    live.keeps(Register("roles", label, ("role", "name"), _roles, None, _team))
    live.draws("chart", _chart)
    live.suggests("members.lines", label, _lines)


def _team(of: Project) -> str:
    return reverse("team", args=[of.key])


def _held(of: Project) -> list[Membership]:
    today = timezone.localdate()
    held = [one for one in queries.members(of) if one.until is None or one.until >= today]
    places = {str(role): place for place, role in enumerate(PROJECT_ROLES)}
    inside = [one for one in held if one.role != Role.GUEST]
    return sorted(inside, key=lambda one: (places[one.role], one.person.name))


def _roles(of: Project, language: str) -> list[Row]:
    return [
        {
            REF: reference(one),
            ID: f"m{one.pk.hex[-12:]}",
            "role": _AS_WRITTEN.get(Role(one.role), "other"),
            "name": one.person.name,
        }
        for one in _held(of)
    ]


def _label(of: Project, role: str) -> str:
    return str(of.role_labels.get(role) or ROLE_LABELS[Role(role)])


def _chart(of: Project, language: str) -> Drawn:
    rows = tuple((_label(of, one.role), one.person.name) for one in _held(of))
    return Drawn(_("From the project's team"), _team(of), "", (_("Role"), _("Name")), rows)


def _lines(of: Project, language: str) -> str:
    return "\n".join(f"{_label(of, one.role)}: {one.person.name}" for one in _held(of))
