"""Views of registers as things that are shared, and what is shared of each kind with a visitor.

Everything in a room but documents (``documents.access``) is found here, and what may be done with
it is said by ``sharing.access``: there is no other way to a report, a register or a meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from tospann.foundation.authority import Actor
from tospann.meetings import shareable as meetings
from tospann.projects.models import Project
from tospann.reports.editions import queries as editions
from tospann.rooms.models import RegisterView
from tospann.sharing import access
from tospann.sharing.access import Access, Grants
from tospann.sharing.things import Thing, things, things_come_from, things_listed_by

REPORT, MEETING, REGISTER = editions.KIND, meetings.KIND, "rooms.registerview"


def register() -> None:
    things_come_from(REGISTER, _views)
    things_listed_by(seen_by)


def _views(pks: Sequence[UUID]) -> list[Thing]:
    found = RegisterView.objects.filter(pk__in=list(pks)).select_related("project")
    return [as_thing(one) for one in found]


def as_thing(one: RegisterView) -> Thing:
    """Internal, as the registers themselves are."""
    return Thing(
        project_id=one.project_id,
        reference=f"{REGISTER}:{one.pk}",
        title=one.title,
        link=one.get_absolute_url(),
        maker_id=one.made_by_id,
    )


def seen_by(actor: Actor, project: Project) -> list[Thing]:
    """The views the actor sees, at most a hundred."""
    held = access.grants(actor, project)
    found = RegisterView.objects.filter(project=project).select_related("project")
    listed = (as_thing(one) for one in found.order_by("title", "pk")[:100])
    return [one for one in listed if access.access(actor, one, held).may_see]


@dataclass(frozen=True)
class Found:
    """A thing in the room, with what the visitor may do with it."""

    thing: Thing
    access: Access

    @property
    def pk(self) -> UUID:
        return UUID(self.thing.reference.partition(":")[2])

    @property
    def emails(self) -> set[str]:
        """The addresses it is shared with, of those by which she came."""
        shares = (reason.share for reason in self.access.reasons)
        return {one.email for one in shares if one is not None and one.email}


def shared(actor: Actor, of: Project, held: Grants) -> dict[str, list[Found]]:
    """Reports, registers and meetings that are shared with her: each kind is asked for once."""
    kinds: dict[str, list[Found]] = {REPORT: [], REGISTER: [], MEETING: []}
    subjects = {one.subject for one in held.shares}
    wanted = [one for one in sorted(subjects) if one.partition(":")[0] in kinds]
    for reference, thing in things(wanted).items():
        if (found := _of(actor, of, held, thing)) is not None:
            kinds[reference.partition(":")[0]].append(found)
    return kinds


def one(actor: Actor, of: Project, kind: str, pk: UUID) -> Found:
    """One of them, or 404."""
    held = access.grants(actor, of)
    thing = things([f"{kind}:{pk}"]).get(f"{kind}:{pk}") if held.shares else None
    found = _of(actor, of, held, thing) if thing is not None else None
    if found is None:
        raise Http404
    return found


def _of(actor: Actor, of: Project, held: Grants, thing: Thing) -> Found | None:
    """In the room is what she sees by a share; what she sees by a role lies in the portal."""
    given = access.access(actor, thing, held)
    is_shared = any(reason.share is not None for reason in given.reasons)
    is_here = thing.project_id == of.pk and not thing.is_trashed
    return Found(thing, given) if is_here and is_shared and given.may_see else None
