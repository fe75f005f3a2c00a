"""Who gets a report: roles of the project, people in it and its contacts, as mail addresses."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tospann.foundation.authority import PROJECT_ROLES, ROLE_LABELS, Role
from tospann.projects.models import Membership, Project
from tospann.reports.models import Reporting
from tospann.stakeholders.models import Contact

Recipients = list[dict[str, str]]
USUAL: Recipients = [
    {"kind": "role", "value": str(role)}
    for role in (Role.OWNER, Role.STEERING, Role.BENEFIT_RESPONSIBLE)
]


def choices(project: Project) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be ticked: roles, people and contacts, each under its heading's key (2 queries)."""
    people = {
        str(pk): name for pk, name in _memberships(project).values_list("person_id", "person__name")
    }
    contacts = Contact.objects.filter(project=project, is_active=True).exclude(email="")
    named = contacts.order_by("name", "id").values_list("pk", "name", "organisation")
    return [
        ("role", [(f"role:{role}", str(ROLE_LABELS[role])) for role in PROJECT_ROLES]),
        ("person", [(f"person:{pk}", name) for pk, name in people.items()]),
        (
            "contact",
            [(f"contact:{pk}", f"{name}, {firm}" if firm else name) for pk, name, firm in named],
        ),
    ]


def remembered(kept: Reporting | None) -> list[str]:
    """Whom the last one went to; the owner and the steering group before there is any."""
    rows = kept.recipients if kept and kept.recipients else USUAL
    return [f"{row['kind']}:{row['value']}" for row in rows]


def parsed(chosen: Iterable[str]) -> Recipients:
    pairs = (one.partition(":") for one in chosen)
    return [{"kind": kind, "value": value} for kind, _colon, value in pairs]


def receivers(project: Project, recipients: Recipients) -> list[dict[str, str]]:
    """The people behind them, each once, by address."""
    wanted: dict[str, set[str]] = {"role": set(), "person": set(), "contact": set()}
    for one in recipients:
        wanted[one["kind"]].add(one["value"])
    found: dict[str, dict[str, str]] = {}
    rows = _memberships(project).filter(
        Q(role__in=wanted["role"]) | Q(person__in=_ids(wanted["person"]))
    )
    for name, email in rows.values_list("person__name", "person__email"):
        found.setdefault(email.lower(), {"name": name, "email": email})
    contacts = Contact.objects.filter(project=project, pk__in=_ids(wanted["contact"]))
    for name, email in contacts.exclude(email="").values_list("name", "email"):
        found.setdefault(email.lower(), {"name": name, "email": email})
    return list(found.values())


def _memberships(project: Project) -> Any:
    today = timezone.localdate()
    held = Membership.objects.filter(project=project, person__is_active=True)
    held = held.filter(Q(until__isnull=True) | Q(until__gte=today))
    return held.exclude(person__email="").order_by("person__name", "person_id")


def _ids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
