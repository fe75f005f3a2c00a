"""Covering for a colleague: what she holds this week is moved, given to others or let go, at once.

Why she is away is asked nowhere and kept nowhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, model_validator

import planengine as engine
from tospann.actions import commands as actions
from tospann.actions.models import Action, ActionState
from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.documents import commands as documents
from tospann.documents import locks
from tospann.documents.models import Document
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import Command, command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.references import find
from tospann.foundation.undo import put_back_all
from tospann.meetings import commands as meetings
from tospann.meetings.models import Attendance, Meeting, MeetingState
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.planning import changes, store
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.projects.models import Project
from tospann.risks import commands as risks
from tospann.risks.models import Deviation, Problem, Risk
from tospann.stakeholders import commands as stakeholders
from tospann.stakeholders.models import Promise
from tospann.team.commands.responsibilities import give_responsibility
from tospann.team.models import Responsibility

Kind = Literal[
    "action",
    "task",
    "minutes",
    "case",
    "promise",
    "risk",
    "problem",
    "deviation",
    "meeting",
    "document",
    "decision",
    "responsibility",
]

_BY_ID = frozenset({"document", "responsibility"})


class Step(BaseModel):
    """What becomes of one thing: given to somebody, moved to a day, or let go.

    Letting go of a meeting says that she does not come; of a document, releases her check-out; of a
    decision, tells the others who may decide it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    ref: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9a-f-]+$")]
    to: UUID | None = None
    on: date | None = None
    let_go: bool = False

    @model_validator(mode="after")
    def _is_a_place(self) -> Self:
        """Most are known by their number, documents and rows of the matrix by their id."""
        try:
            UUID(self.ref) if self.kind in _BY_ID else int(self.ref)
        except ValueError:
            raise ValueError(gettext("There is no such thing here.")) from None
        if self.kind not in _BY_ID and len(self.ref) > 15:
            raise ValueError(gettext("There is no such thing here."))
        return self


Steps = Annotated[list[Step], Field(min_length=1, max_length=400)]


@dataclass(frozen=True)
class Part:
    """One act inside covering: a command, on what, with which arguments."""

    what: Command[Any, Any, Any]
    subject: Any
    values: Mapping[str, Any]


@command(needs=Power.KEEP_TEAM)
def cover_for(actor: Actor, project: Project, *, person: UUID, steps: Steps) -> int:
    """Cover for a colleague

    What she holds is given to others, moved or let go in one act, which can be undone as one. Each
    part needs what it would need by itself.
    """
    found = parts(project, person, steps)
    for part in found:
        ruling = part.what.assess(actor, part.subject, part.values)
        if not ruling.may_decide:
            raise NotAllowed(f"{part.what.title}: {ruling}")
    for part in found:
        part.what(actor, part.subject, **part.values)
    return len(found)


@dataclass(frozen=True)
class Sorted:
    """Steps she may take herself, and acts that become proposals when she asks for them."""

    own: list[Step]
    proposed: list[Part]
    refused: list[str]


def sorted_out(actor: Actor, project: Project, person: UUID, steps: Sequence[Step]) -> Sorted:
    """What of it she decides, what she may only propose, and what is not hers at all.

    Moving tasks may pass a limit that giving them to others does not: it is judged apart.
    """
    own: list[Step] = []
    proposed: list[Part] = []
    refused: list[str] = []
    for listed in _judged_together(steps):
        found = parts(project, person, listed)
        rulings = [(part, part.what.assess(actor, part.subject, part.values)) for part in found]
        if no := [ruling for _part, ruling in rulings if ruling.is_refused]:
            refused.append(str(no[0]))
        elif all(ruling.may_decide for _part, ruling in rulings):
            own += listed
        else:
            proposed += found
    return Sorted(own, proposed, refused)


def _judged_together(steps: Sequence[Step]) -> list[list[Step]]:
    """The plan's steps make one revision: given away without a date first, then what is moved."""
    given = [step for step in steps if step.kind == "task" and step.on is None]
    moved = [step for step in steps if step.kind == "task" and step.on is not None]
    rest = [[step] for step in steps if step.kind != "task"]
    return [listed for listed in (given, moved, *rest) if listed]


@cover_for.undo
def _undo(actor: Actor, project: Project, entry: AuditEntry) -> None:
    """Everything back, and check-outs back with whoever had them; refused when others have them."""
    put_back_all(actor, entry)
    arguments = entry.detail.arguments or {}
    released = [one["ref"] for one in arguments.get("steps", ()) if one["kind"] == "document"]
    person = Person.objects.filter(pk=UUID(arguments["person"])).first() if released else None
    for ref in released:
        document = find(f"documents.document:{ref}")
        if isinstance(document, Document) and person is not None:
            locks.take(actor_for(person), document, is_checkout=True)


def parts(project: Project, person: UUID, steps: Sequence[Step]) -> list[Part]:
    """The acts these steps come to; ``Invalid`` names what is no longer hers."""
    found: list[Part] = []
    by_kind: dict[str, list[Step]] = {}
    for step in steps:
        by_kind.setdefault(step.kind, []).append(step)
    for kind, listed in by_kind.items():
        found += _PARTS[kind](project, person, listed)
    return found


def _actions(project: Project, person: UUID, steps: Sequence[Step]) -> list[Part]:
    """Those that become the same, in one change: whoever is given several is told once."""
    numbers = [int(step.ref) for step in steps]
    rows = Action.objects.filter(project=project, number__in=numbers, owner=person)
    known = {row.number: row.pk for row in rows.filter(state=ActionState.OPEN)}
    groups: dict[tuple[UUID | None, date | None], list[UUID]] = {}
    for step in steps:
        if int(step.ref) not in known:
            raise _gone(gettext("Action"), step)
        groups.setdefault((step.to, step.on), []).append(known[int(step.ref)])
    return [
        Part(actions.edit_actions, project, {"actions": listed, **_change(to, on)})
        for (to, on), listed in groups.items()
    ]


def _change(to: UUID | None, on: date | None) -> dict[str, Any]:
    change = [*(["owner"] if to else []), *(["due_on"] if on else [])]
    return {"change": change, "owner": to, "due_on": on}


def _tasks(project: Project, person: UUID, steps: Sequence[Step]) -> list[Part]:
    """All of them in one revision of the plan."""
    head = Plan.objects.filter(project=project).first()
    if head is None:
        raise _gone(gettext("Plan task"), steps[0])
    rows = {one.uid: one for one in store.load(head).plan.activities}
    edits: list[Any] = []
    for step in steps:
        one = rows.get(int(step.ref))
        if one is None or one.responsible != str(person):
            raise _gone(gettext("Plan task"), step)
        edits += changes.shifted_to(one, step.on) if step.on else []
        edits += [engine.SetResponsible(one.uid, str(step.to))] if step.to else []
    if not edits:
        return []
    stored = [engine.edit_to_json(edit) for edit in edits]
    return [Part(planning.apply_edits, head, {"base_revision": head.revision, "edits": stored})]


def _meetings(project: Project, person: UUID, steps: Sequence[Step]) -> list[Part]:
    found: list[Part] = []
    for step in steps:
        rows = Attendance.objects.filter(project=project, person=person).select_related("meeting")
        called = rows.filter(meeting__number=int(step.ref)).first()
        if called is None or called.meeting.state != MeetingState.PLANNED:
            raise _gone(gettext("Meeting"), step)
        found += _meeting(called, step)
    return found


def _meeting(called: Attendance, step: Step) -> list[Part]:
    meeting = called.meeting
    if step.on:
        then = timezone.localtime(meeting.starts_at)
        starts = timezone.make_aware(datetime.combine(step.on, then.time().replace(tzinfo=None)))
        return [Part(meetings.move_meeting, meeting, {"starts_at": starts})]
    found = [Part(meetings.answer_invitation, called, {"answer": "no"})]
    if step.to is None:
        return found
    if meeting.minutes_by_id == called.person_id:
        found.append(Part(meetings.give_minutes, meeting, {"person": step.to}))
    if not Attendance.objects.filter(meeting=meeting, person=step.to).exists():
        found.append(Part(meetings.add_attendee, meeting, {"id": new_id(), "person": step.to}))
    return found


def _documents(project: Project, person: UUID, steps: Sequence[Step]) -> list[Part]:
    wanted = [UUID(step.ref) for step in steps]
    held = locks.live().filter(project=project, person=person, document__in=wanted)
    mine = {lock.document_id: lock.document for lock in held.select_related("document")}
    if missing := [step for step in steps if UUID(step.ref) not in mine]:
        raise _gone(gettext("Checked-out document"), missing[0])
    reason = gettext("Somebody else goes on with it.")
    return [Part(documents.release_check_out, mine[ref], {"reason": reason}) for ref in wanted]


def _one_by_one(
    model: Any,
    what: Command[Any, Any, Any],
    *,
    holder: str,
    to: str,
    label: Callable[[], str],
    by: str = "number",
) -> Callable[[Project, UUID, Sequence[Step]], list[Part]]:
    """For what is found by its number (or id), held by a field and given by a command."""

    def found(project: Project, person: UUID, steps: Sequence[Step]) -> list[Part]:
        listed = []
        for step in steps:
            row = model.objects.filter(project=project, **{by: step.ref, holder: person}).first()
            if row is None or step.to is None:
                raise _gone(label(), step)
            listed.append(Part(what, row, {to: step.to}))
        return listed

    return found


def _nothing(project: Project, person: UUID, steps: Sequence[Step]) -> list[Part]:
    """A decision is nobody's to give away; those who may decide it are told (reactions)."""
    return []


def _gone(label: str, step: Step) -> Invalid:
    words = {"what": f"{label} {step.ref}"}
    return Invalid(gettext("%(what)s is no longer there to take over. Look again.") % words)


_PARTS: Mapping[str, Callable[[Project, UUID, Sequence[Step]], list[Part]]] = {
    "action": _actions,
    "task": _tasks,
    "meeting": _meetings,
    "document": _documents,
    "decision": _nothing,
    "minutes": _one_by_one(
        Meeting, meetings.give_minutes, holder="minutes_by", to="person",
        label=lambda: gettext("Minutes"),
    ),
    "case": _one_by_one(
        Case, cases.hand_over_case, holder="prepared_by", to="person",
        label=lambda: gettext("Case"),
    ),
    "promise": _one_by_one(
        Promise, stakeholders.hand_over_promise, holder="by_person", to="person",
        label=lambda: gettext("Promise"),
    ),
    "risk": _one_by_one(
        Risk, risks.hand_over_risk, holder="owner", to="owner", label=lambda: gettext("Risk")
    ),
    "problem": _one_by_one(
        Problem, risks.hand_over_problem, holder="owner", to="owner",
        label=lambda: gettext("Problem"),
    ),
    "deviation": _one_by_one(
        Deviation, risks.hand_over_deviation, holder="owner", to="owner",
        label=lambda: gettext("Deviation"),
    ),
    "responsibility": _one_by_one(
        Responsibility, give_responsibility, holder="accountable", to="person",
        label=lambda: gettext("Answers for"), by="pk",
    ),
}  # fmt: skip
