"""Reading cases, decisions and the authority matrix."""

import uuid
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from tospann.cases import gaps, reading, verdicts
from tospann.cases.models import (
    OPEN_STATES,
    Alternative,
    Assent,
    AuthorityRule,
    Case,
    CaseKind,
    CaseState,
    Decision,
    DecisionOutcome,
    Remark,
)
from tospann.cases.words import value_label
from tospann.foundation.authority import (
    PROJECT_ROLES,
    Actor,
    Deciders,
    Role,
    Rule,
    Sentence,
    decides_as,
    may_decide_for,
    roles_text,
    who_text,
)
from tospann.foundation.commands import COMMANDS
from tospann.foundation.references import find
from tospann.foundation.statements import All
from tospann.people.models import Deputy, Person
from tospann.projects.models import Gate, GateCriterion, Phase, PhaseState, Project
from tospann.projects.queries import holders


def rules(project_id: uuid.UUID) -> Sequence[Rule]:
    """The authority matrix as the rulings want it (the portal's rule source)."""
    return tuple(reading.rule(row) for row in _in_force(project_id))


def _in_force(project_id: uuid.UUID) -> list[AuthorityRule]:
    """The rows that count today, in the phase that is under way."""
    rows, today = _of_project(project_id), timezone.localdate()
    listed = [
        row
        for row in rows
        if (row.valid_from is None or row.valid_from <= today)
        and (row.valid_to is None or row.valid_to >= today)
    ]
    if not any(row.phase_id for row in listed):
        return listed
    current = set(
        Phase.objects.filter(project=project_id, state=PhaseState.CURRENT).values_list(
            "pk", flat=True
        )
    )
    return [row for row in listed if row.phase_id is None or row.phase_id in current]


_of_project = All(AuthorityRule, "project", order="position")


def authority_rules(project: Project) -> QuerySet[AuthorityRule]:
    return AuthorityRule.objects.filter(project=project)


def cases(project: Project) -> QuerySet[Case]:
    return Case.objects.filter(project=project).select_related("prepared_by", "gate")


def open_cases(project: Project) -> QuerySet[Case]:
    return cases(project).filter(state__in=OPEN_STATES)


def case(project: Project, number: int) -> Case:
    found = cases(project).filter(number=number).first()
    if found is None:
        raise Http404
    found.project = project  # it need not be read again
    return found


def decisions(project: Project) -> QuerySet[Decision]:
    return Decision.objects.filter(project=project).select_related("decided_by", "case")


def changes(project: Project) -> QuerySet[Decision]:
    """The decisions that changed something in the portal."""
    done = (DecisionOutcome.APPROVED, DecisionOutcome.CONDITIONS, DecisionOutcome.PARTLY)
    return decisions(project).filter(case__kind=CaseKind.CHANGE, outcome__in=done)


def decision(project: Project, number: int) -> Decision:
    found = decisions(project).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def why(of: Case) -> str:
    """Who decides the case, as a sentence in the reader's language."""
    return str(Sentence.from_json(of.because)) if of.because else ""


_recommended = Alternative.objects.filter(case=OuterRef("pk"), key=OuterRef("recommended"))


def waiting_for(actor: Actor, most: int = 50) -> list[dict[str, Any]]:
    """Cases this actor may decide, across projects, the most urgent first (one query)."""
    rows = (
        Case.objects.filter(project_id__in=list(actor.roles), state=CaseState.SUBMITTED)
        .annotate(recommended_title=Subquery(_recommended.values("title")[:1]))
        .order_by(F("need_by").asc(nulls_last=True), "submitted_at")
        .values(
            "recommended_title",
            "number",
            "title",
            "kind",
            "deciders",
            "people",
            "need_by",
            "submitted_at",
            "recommended",
            "project_id",
            "project__key",
            "project__name",
            "prepared_by__name",
        )
    )
    mine = [dict(row) for row in rows[:500] if _may_decide(actor, dict(row))]
    return mine[:most]


def to_prepare(actor: Actor, most: int = 50) -> list[dict[str, Any]]:
    """Cases this actor prepares: drafts, and those returned with a question (one query)."""
    mine = Case.objects.filter(
        prepared_by_id=actor.person_id, state__in=(CaseState.DRAFT, CaseState.RETURNED)
    ).order_by(F("need_by").asc(nulls_last=True), "created_at")
    shown = ("number", "title", "kind", "state", "need_by", "project__key", "project__name")
    return [dict(row) for row in mine.values(*shown)[:most]]


def _may_decide(actor: Actor, row: dict[str, Any]) -> bool:
    who = Deciders.from_json({"roles": row["deciders"], "people": row["people"]})
    roles = actor.roles_in(row["project_id"])
    return decides_as(roles, actor.person_id, who) is not None


def authority_rule(project: Project, pk: uuid.UUID) -> AuthorityRule:
    found = authority_rules(project).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rule_rows(project: Project) -> list[dict[str, Any]]:
    """The authority matrix, readable: what, above which limit, who decides; where nobody can."""
    people = gaps.team(project)
    rows = authority_rules(project).select_related("phase").order_by("position")
    return [reading.row_of(row, gaps.of_rule(row, people)) for row in rows]


def rule_row(rule: AuthorityRule) -> dict[str, Any]:
    """One row, readable."""
    return reading.row_of(rule)


def deputies(project: Project) -> list[Deputy]:
    """Who stands in for whom of those who decide here, now and later, soonest first."""
    roles = [role for role in PROJECT_ROLES if role not in {Role.MEMBER, Role.GUEST}]
    away = Deputy.objects.filter(
        person__in=holders(project.pk, roles), ends_on__gte=timezone.localdate()
    )
    return list(away.select_related("person", "deputy").order_by("starts_on", "person__name"))


def case_rows(project: Project) -> list[Case]:
    """Open cases first, then the others, newest first."""
    rows = list(cases(project)[:300])
    return sorted(rows, key=lambda row: (row.state not in OPEN_STATES, -row.number))


def reversals(of: Decision) -> QuerySet[Case]:
    return Case.objects.filter(reverses=of).select_related("project")


def reversed_decision(project: Project, number: str) -> Decision | None:
    if not number.isdecimal() or len(number) > 9:  # a number beyond what a database holds
        return None
    return decisions(project).filter(number=int(number)).first()


def alternatives(of: Case) -> list[dict[str, Any]]:
    """Each alternative with a sentence per command it holds."""
    record = cache(find)  # many commands are about the same one
    return [
        {
            "alternative": alternative,
            "recommended": alternative.key == of.recommended,
            "changes": [_sentence(stored, record) for stored in alternative.operations],
            "why": str(verdicts.because(alternative) or "") if alternative.operations else "",
            "envelope": verdicts.envelope_text(alternative),
            "conflicts": alternative.verdict.get("conflicts", []),
        }
        for alternative in Alternative.objects.filter(case=of)
    ]


def _sentence(stored: dict[str, Any], record: Callable[[str], Any]) -> dict[str, Any]:
    what = COMMANDS.get(stored["command"])
    subject = record(stored["subject"])
    teller = what.teller if what and subject is not None else None
    said = teller(subject, stored["arguments"]) if teller else []
    shown = {} if said else stored["arguments"]  # what is said in words needs no list
    return {
        "title": what.title if what else stored["command"],
        "sentences": said,
        "subject": str(subject) if subject is not None else gettext("(removed)"),
        "link": getattr(subject, "to_read", ""),
        "arguments": {
            name: _person_name(value) if name == "person" else value_label(name, value)
            for name, value in shown.items()
            if value not in (None, "", [])
            and name not in _TECHNICAL
            and not isinstance(value, list | dict)
        },
    }


_TECHNICAL = frozenset({"id", "base_revision", "content_hash", "staged", "uid"})
"""Arguments that tell a reader nothing."""


def _person_name(pk: str) -> str:
    found = Person.objects.filter(pk=pk).values_list("name", flat=True).first()
    return found or gettext("(removed)")


def remarks(of: Case) -> QuerySet[Remark]:
    return Remark.objects.filter(case=of).select_related("person")


def who_decides_case(of: Case) -> str:
    """“project manager and Kari Nordmann”: those the recommended alternative needs."""
    main = Alternative.objects.filter(case=of, key=of.recommended).select_related("case").first()
    who = verdicts.who_decides(main) if main and of.gate_id is None else verdicts.of_case(of)
    return who_text(who.roles, [one.name for one in who.people], who.mode, who.quorum)


def assents(of: Case) -> QuerySet[Assent]:
    return Assent.objects.filter(case=of).select_related("person")


def decision_of(of: Case) -> Decision | None:
    return Decision.objects.filter(case=of).select_related("decided_by").first()


def gate_decision(of: Gate) -> Decision | None:
    return (
        Decision.objects.filter(case__gate=of)
        .select_related("decided_by")
        .order_by("-number")
        .first()
    )


def criterion(project: Project, pk: uuid.UUID) -> GateCriterion:
    found = GateCriterion.objects.filter(project=project, pk=pk).select_related("gate").first()
    if found is None:
        raise Http404
    return found


def may_decide_gate(actor: Actor, of: Gate) -> bool:
    deciders = [Role(role) for role in of.deciders]
    return may_decide_for(actor.roles_in(of.project_id), deciders) is not None


def who_decides(of: Gate) -> dict[str, Any]:
    """By whom the gate can be passed: the roles, and the people who hold them now."""
    roles = [Role(role) for role in of.deciders]
    people = Person.objects.filter(pk__in=holders(of.project_id, roles)).order_by("name")
    label = of.decider_label or roles_text(roles)
    inside = label[:1].lower() + label[1:] if label[1:2].islower() else label
    names = [person.name for person in people]
    sentence = gettext("This gate is decided by %(roles)s.") % {"roles": inside}
    if names:
        sentence = gettext("This gate is decided by %(roles)s: %(people)s.") % {
            "roles": inside,
            "people": ", ".join(names),
        }
    return {"roles": label, "people": names, "sentence": sentence[:1].upper() + sentence[1:]}
