"""Who is meant by “@Kari” or “@Kari Nordmann” in a text."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tospann.foundation.authority import Role
from tospann.projects.models import Membership

_AT = re.compile(r"(?<!\w)@(?=\w)")
Name = tuple[UUID, str]


def mentioned(text: str, project_id: UUID) -> list[UUID]:
    """The people on the team the text names, in its order. Ambiguous first names name nobody."""
    return list(dict.fromkeys(person for _start, _end, person in _found(text, _team(project_id))))


def _team(project_id: UUID) -> list[Name]:
    today = timezone.localdate()
    members = Membership.objects.filter(project_id=project_id, person__is_active=True)
    members = members.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=today))
    return list(members.values_list("person_id", "person__name").distinct().order_by())


def _found(text: str, team: Iterable[Name]) -> list[tuple[int, int, UUID]]:
    """Where people are named: the longest name that fits stands for it."""
    known = _names(team)
    low = text.lower()
    found = []
    for at in _AT.finditer(text):
        start = at.end()
        for name, person in known:
            end = start + len(name)
            if low.startswith(name, start) and not low[end : end + 1].isalnum():
                found.append((at.start(), end, person))
                break
    return found


def _names(team: Iterable[Name]) -> list[tuple[str, UUID]]:
    """Whole names, and first names that only one person has; the longest first."""
    whole = {name.lower(): person for person, name in team}
    firsts: dict[str, list[UUID]] = {}
    for person, name in team:
        firsts.setdefault(name.lower().partition(" ")[0], []).append(person)
    for first, people in firsts.items():
        if len(people) == 1:
            whole.setdefault(first, people[0])
    return sorted(whole.items(), key=lambda pair: -len(pair[0]))
