"""A case on the agenda: who may decide it here; where nobody may, it is a recommendation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from tospann.cases import commands as cases
from tospann.cases import queries as case_queries
from tospann.cases.models import Case, CaseState, Decision
from tospann.foundation.authority import Actor, Role, may_decide_for, roles_text
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.meetings.live import drafts
from tospann.meetings.live.commands import label_of, link_to
from tospann.meetings.live.queries import present_people
from tospann.meetings.models import AgendaItem, Meeting
from tospann.projects.queries import holders, members

PREFIX = "cases.case:"


@dataclass(frozen=True)
class Standing:
    """Whether those present can decide the case, and the sentence that says why."""

    can_decide: bool
    because: str


@dataclass(frozen=True)
class OnTheTable:
    """The case of an item, as the page shows it."""

    case: Case
    why: str
    alternatives: Sequence[dict[str, Any]]
    assents: Sequence[Any]
    decision: Decision | None
    standing: Standing
    may_decide: bool
    team: Sequence[tuple[UUID, str]]
    """Who may be given a condition to fulfil."""

    @property
    def waits(self) -> bool:
        return self.case.state == CaseState.SUBMITTED

    @property
    def decides(self) -> bool:
        """What this reader says here is the decision (or her part of it)."""
        return self.may_decide and self.standing.can_decide


def case_of(item: AgendaItem) -> Case | None:
    if not item.about.startswith(PREFIX):
        return None
    try:
        pk = UUID(item.about.removeprefix(PREFIX))
    except ValueError:
        return None
    found = Case.objects.filter(project_id=item.project_id, pk=pk)
    return found.select_related("project", "gate").first()


def on_the_table(actor: Actor, meeting: Meeting, item: AgendaItem) -> OnTheTable | None:
    case = case_of(item)
    if case is None:
        return None
    everybody = members(meeting.project).exclude(role=Role.GUEST)
    return OnTheTable(
        team=list(dict.fromkeys(everybody.values_list("person_id", "person__name"))),
        case=case,
        why=case_queries.why(case),
        alternatives=case_queries.alternatives(case),
        assents=list(case_queries.assents(case)),
        decision=case_queries.decision_of(case),
        standing=standing(actor, meeting, case),
        may_decide=cases.decide.ruling(actor, case).may_decide,
    )


def on_the_agenda(
    actor: Actor, meeting: Meeting, items: Sequence[AgendaItem]
) -> dict[UUID, OnTheTable | None]:
    """The cases of the items that are about one."""
    about = [item for item in items if item.about.startswith(PREFIX)]
    return {item.pk: on_the_table(actor, meeting, item) for item in about}


def standing(actor: Actor, meeting: Meeting, case: Case) -> Standing:
    """Authority and quorum: the actor counts as present, she is at it."""
    deciders = [Role(role) for role in case.deciders]
    here = _here(actor, meeting)
    roles = [held for _name, held in here]
    able = [name for name, held in here if may_decide_for(held, deciders)]
    if not able:
        return Standing(
            False,
            gettext("Nobody present may decide this: it is for the %(roles)s.")
            % {"roles": roles_text(deciders)},
        )
    present = {role for held in roles for role in held}
    if case.mode == "all":
        missing = [
            role for role in deciders if role not in present and holders(case.project_id, [role])
        ]
        if missing:
            return Standing(
                False,
                gettext("All must agree, and nobody here is the %(roles)s.")
                % {"roles": roles_text(missing)},
            )
    return _quorum(case, deciders, roles) or Standing(
        True, gettext("Can be decided here by %(people)s.") % {"people": ", ".join(sorted(able))}
    )


def _quorum(
    case: Case, deciders: Sequence[Role], roles: Sequence[frozenset[Role]]
) -> Standing | None:
    """A group decides with more than half of its members; a single person is enough elsewhere."""
    alone = [role for role in deciders if role is not Role.STEERING]
    if Role.STEERING not in deciders or any(set(alone) & held for held in roles):
        return None
    members = len(holders(case.project_id, [Role.STEERING]))
    here = sum(Role.STEERING in held for held in roles)
    if here * 2 > members:
        return None
    said = ngettext(
        "The steering group has no quorum: %(here)s of %(members)s is here, %(needed)s are needed.",
        "The steering group has no quorum: %(here)s of %(members)s are here, "
        "%(needed)s are needed.",
        here,
    )
    return Standing(False, said % {"here": here, "members": members, "needed": members // 2 + 1})


def _here(actor: Actor, meeting: Meeting) -> list[tuple[str, frozenset[Role]]]:
    """Who is present by name, with the roles each holds in the project today."""
    names = {person.pk: person.name for person in present_people(meeting)}
    roles: dict[UUID, frozenset[Role]] = dict.fromkeys(names, frozenset())
    today = timezone.localdate()
    for one in members(meeting.project):
        if one.person_id in roles and (one.until is None or one.until >= today):
            roles[one.person_id] |= {Role(one.role)}
    if actor.person_id is not None:  # she is at it, perhaps as somebody's deputy
        names[actor.person_id] = actor.name
        roles[actor.person_id] = actor.roles_in(meeting.project_id)
    return [(names[person], held) for person, held in roles.items()]


def decide(
    actor: Actor,
    item: AgendaItem,
    case: Case,
    *,
    version: int | None,
    alternative: str,
    reason: str,
    conditions: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Decide the case, or note what the meeting recommends; what came of it, in a sentence."""
    if not standing(actor, item.meeting, case).can_decide or not _may(actor, case):
        return recommend(actor, item, case, alternative, _told(reason, conditions))
    try:
        return _decided(actor, item, case, version, alternative, reason, conditions)
    except cases.HasMoved as moved:
        submit(actor, cases.refresh_case.on(case))  # so that what is shown next is how it is now
        raise Invalid(str(moved)) from None


def _decided(
    actor: Actor,
    item: AgendaItem,
    case: Case,
    version: int | None,
    alternative: str,
    reason: str,
    conditions: Sequence[Mapping[str, Any]],
) -> str:
    outcome = submit(
        actor,
        cases.decide.on(case, version),
        alternative=alternative,
        reason=reason,
        conditions=list(conditions),  # type: ignore[arg-type]  # checked by the command
        born_in=item.ref,
        born_label=label_of(item),
        born_link=link_to(item),
    )
    if isinstance(outcome, Done) and outcome.result is not None:
        return gettext("Decided.")
    return gettext("Your yes is noted. The others must agree, each on their own device.")


def _may(actor: Actor, case: Case) -> bool:
    return cases.decide.ruling(actor, case).may_decide


def _told(reason: str, conditions: Sequence[Mapping[str, Any]]) -> str:
    """The reason and the conditions of a recommendation, as one text."""
    on = gettext("On the condition: %(condition)s")
    said = [on % {"condition": one["title"]} for one in conditions]
    return " ".join([*([reason.strip()] if reason.strip() else []), *said])


def recommend(actor: Actor, item: AgendaItem, case: Case, alternative: str, reason: str) -> str:
    """What the meeting thinks, in the case's discussion and in the minutes; it decides nothing."""
    if case.state != CaseState.SUBMITTED:
        raise Invalid(gettext("This case is not waiting for a decision."))
    chosen = next(
        (a for a in case_queries.alternatives(case) if a["alternative"].key == alternative), None
    )
    if chosen is None:
        raise Invalid(gettext("The case has no such alternative."), "alternative")
    line = gettext("Recommendation: %(alternative)s") % {"alternative": chosen["alternative"]}
    line = f"{line}. {reason}" if reason else line
    said = gettext("%(meeting)s, item %(item)s. %(line)s") % {
        "meeting": item.meeting.title,
        "item": item.label or item.title,
        "line": line,
    }
    submit(actor, cases.remark.on(case), id=new_id(), text=said)
    drafts.add_line(item, line)
    return gettext("Noted as a recommendation. The case still waits for its decision.")
