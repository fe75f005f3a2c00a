"""What is said while a retrospective is open. Working state: who said it may stay unknown.

An act of the audit log would name whoever said it, so this is none. An unnamed thought has no
person, no time and a random id.
"""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.team.models import Retrospective, Thought, ThoughtKind

MOST, LONGEST = 300, 1000


def say(actor: Actor, of: Retrospective, kind: str, text: str, *, named: bool) -> Thought:
    """Add a thought; unless she wants to be named, nothing says whose it is."""
    _require(actor, of)
    said = " ".join(text.replace("\x00", "").split())
    if kind not in ThoughtKind.values:
        raise Invalid(gettext("Choose keep, stop or try."), "kind")
    if not said:
        raise Invalid(gettext("This cannot be empty."), "text")
    if Thought.objects.filter(retrospective=of).count() >= MOST:
        raise Invalid(gettext("There is no room for more thoughts here."))
    who = actor.person_id if named else None
    return Thought.objects.create(retrospective=of, kind=kind, text=said[:LONGEST], person_id=who)


def take_back(actor: Actor, of: Retrospective, pk: UUID) -> None:
    """One's own named thought; whoever keeps the team may remove any."""
    _require(actor, of)
    found = Thought.objects.filter(retrospective=of, pk=pk).first()
    if found is None:
        raise Gone
    own = found.person_id is not None and found.person_id == actor.person_id
    if not own and not rule(actor, Power.KEEP_TEAM, of.project_id).may_decide:
        raise NotAllowed(gettext("Somebody else said this."))
    found.delete()


def listed(of: Retrospective, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """By kind: what stands there while it is open, and what was kept when it was closed."""
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ThoughtKind.values}
    if not of.is_open:
        for one in of.content:
            found[one["kind"]].append({**one, "mine": False})
        return found
    for row in Thought.objects.filter(retrospective=of).select_related("person").order_by("id"):
        name = row.person.name if row.person else ""
        mine = row.person_id is not None and row.person_id == actor.person_id
        found[row.kind].append({"id": str(row.pk), "text": row.text, "by": name, "mine": mine})
    return found


def _require(actor: Actor, of: Retrospective) -> None:
    ruling = rule(actor, Power.DISCUSS, of.project_id)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    if actor.scopes is not None and "write" not in actor.scopes:
        raise NotAllowed(gettext("This token may only read."))
    if not of.is_open:
        raise Invalid(gettext("This retrospective is closed."))
