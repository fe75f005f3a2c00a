"""The sections that stand for people's records: phases, members, decisions, registers, budget."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tospann.actions.models import Action, ActionState
from tospann.archiving.as_of.sections import Column, Named, Row, Section, label
from tospann.budget.models import Budget, BudgetLine
from tospann.cases.models import OPEN_STATES, Case, CaseKind, CaseState, Decision, DecisionOutcome
from tospann.foundation.authority import PROJECT_ROLES
from tospann.foundation.records import Record
from tospann.foundation.rewinding import Then
from tospann.meetings.models import Meeting, PublishedMinutes
from tospann.projects.models import (
    CriterionState,
    Gate,
    GateCriterion,
    GateState,
    Membership,
    Phase,
    PhaseState,
    Project,
)
from tospann.projects.page_queries import role_label
from tospann.reports.models import SignedReport
from tospann.risks.models import (
    Deviation,
    DeviationState,
    Problem,
    ProblemState,
    Risk,
    RiskKind,
    RiskState,
)


def phases(project: Project, then: Then, named: Named) -> Section:
    rows = [
        {
            "name": row["name"],
            "state": label(PhaseState.choices, row["state"]),
            "starts_on": row["starts_on"],
            "ends_on": row["ends_on"],
        }
        for row in _by(then, Phase, "position")
    ]
    columns = (
        Column("name", _("Phase"), "title"),
        Column("state", _("State")),
        Column("starts_on", _("From"), "date"),
        Column("ends_on", _("To"), "date"),
    )
    return Section("phases", _("Phases"), columns, rows, _("There were no phases yet."))


def gates(project: Project, then: Then, named: Named) -> Section:
    points = then.rows[GateCriterion]
    every = Counter(one["gate_id"] for one in points)
    left = Counter(one["gate_id"] for one in points if one["state"] == CriterionState.OPEN)
    rows = [
        {
            "code": row["code"],
            "name": row["name"],
            "state": label(GateState.choices, row["state"]),
            "points": _("%(done)s of %(all)s")
            % {"done": every[row["id"]] - left[row["id"]], "all": every[row["id"]]},
            "due_on": row["due_on"],
            "decided_at": row["decided_at"],
            "link": reverse("gate", args=[project.key, row["code"]]),
        }
        for row in _by(then, Gate, "position")
    ]
    columns = (
        Column("code", _("Code"), "key"),
        Column("name", _("Gate"), "title"),
        Column("state", _("State")),
        Column("points", _("Points settled")),
        Column("due_on", _("Due"), "date"),
        Column("decided_at", _("Decided"), "moment"),
    )
    return Section("gates", _("Gates"), columns, rows, _("There were no gates yet."))


def decisions(project: Project, then: Then, named: Named) -> Section:
    rows = [
        {
            **_numbered(project, row, "decision"),
            "outcome": label(DecisionOutcome.choices, row["outcome"]),
            "chosen": row["chosen"],
            "decided_on": row["decided_on"],
            "by": row["body"] or named.person(row["decided_by_id"]),
            "evidence_hash": row["evidence_hash"],
        }
        for row in _by(then, Decision, "number")
    ]
    columns = (
        Column("number", _("No."), "key"),
        Column("title", _("Decision"), "title"),
        Column("outcome", _("Result")),
        Column("chosen", _("Chosen")),
        Column("decided_on", _("Date"), "date"),
        Column("by", _("Decided by")),
        Column("evidence_hash", _("Fingerprint of the evidence"), "code"),
    )
    lead = _("Each keeps the evidence it was made on, frozen; it stands on the decision's page.")
    none = _("Nothing had been decided yet.")
    return Section("decisions", _("Decisions taken"), columns, rows, none, lead=lead)


def cases(project: Project, then: Then, named: Named) -> Section:
    rows = [
        {
            **_numbered(project, row, "case"),
            "kind": label(CaseKind.choices, row["kind"]),
            "state": label(CaseState.choices, row["state"]),
            "prepared_by": named.person(row["prepared_by_id"]),
            "submitted_at": row["submitted_at"],
            "need_by": row["need_by"],
        }
        for row in _by(then, Case, "number")
        if row["state"] in OPEN_STATES
    ]
    columns = (
        Column("number", _("No."), "key"),
        Column("title", _("Case"), "title"),
        Column("kind", _("Kind")),
        Column("state", _("State")),
        Column("prepared_by", _("Prepared by")),
        Column("submitted_at", _("Submitted"), "moment"),
        Column("need_by", _("Needed by"), "date"),
    )
    return Section("cases", _("Cases that were open"), columns, rows, _("No case was open."))


def members(project: Project, then: Then, named: Named, day: date) -> Section:
    ranks = {str(role): place for place, role in enumerate(PROJECT_ROLES)}
    words = {str(role): role_label(project, role) for role in PROJECT_ROLES}
    rows = [
        {
            "name": named.person(row["person_id"]),
            "role": words.get(row["role"], row["role"]),
            "until": row["until"],
            "rank": ranks.get(row["role"], len(ranks)),
        }
        for row in then.rows[Membership]
        if row["until"] is None or row["until"] >= day
    ]
    rows.sort(key=lambda row: (row["rank"], row["name"]))
    columns = (
        Column("name", _("Name"), "title"),
        Column("role", _("Role")),
        Column("until", _("Until"), "date"),
    )
    lead = _("People are named as they are today.")
    none = _("Nobody had a role yet.")
    return Section("members", _("Members and roles"), columns, rows, none, lead=lead)


def papers(project: Project, then: Then, named: Named) -> Section:
    """Minutes that were published and reports that were signed: they never change afterwards."""
    meetings = {row["id"]: row for row in then.rows[Meeting]}
    reports = [
        {
            "number": f"{project.key}-R{row['number']}",
            "title": _("Status report %(number)s") % {"number": row["number"]},
            "on": row["signed_on"],
            "by": named.person(row["signed_by_id"]),
            "sha256": row["pdf_sha256"],
            "link": reverse("report", args=[project.key, row["number"]]),
        }
        for row in _by(then, SignedReport, "number")
    ]
    minutes = [
        {
            "number": f"{project.key}-{about['number']}",
            "title": about["title"],
            "on": row["published_at"].date(),
            "by": named.person(row["published_by_id"]),
            "sha256": row["pdf_sha256"],
            "link": reverse("meeting", args=[project.key, about["number"]]),
        }
        for row in _by(then, PublishedMinutes, "published_at")
        if (about := meetings.get(row["meeting_id"]))
    ]
    columns = (
        Column("number", _("No."), "key"),
        Column("title", _("Report or minutes"), "title"),
        Column("on", _("Date"), "date"),
        Column("by", _("Signed or published by")),
        Column("sha256", _("Fingerprint (SHA-256)"), "code"),
    )
    title, none = _("Signed reports and published minutes"), _("Nothing was signed or published.")
    return Section("papers", title, columns, [*reports, *minutes], none)


def budget(project: Project, then: Then, named: Named) -> Section:
    """The frame: what was set aside for what, without what has been spent."""
    rows = [
        {"code": row["code"], "name": row["name"], "amount": row["amount"]}
        for row in sorted(then.rows[BudgetLine], key=lambda one: (one["code"], one["number"]))
    ]
    if rows:
        total = sum((row["amount"] for row in rows), Decimal(0))
        rows.append({"code": "", "name": _("All lines"), "amount": total})
    for one in then.rows[Budget]:
        rows += _frames(one)
    columns = (
        Column("code", _("Code"), "key"),
        Column("name", _("What for"), "title"),
        Column("amount", _("Amount"), "money"),
    )
    link = (_("The budget now"), reverse("money", args=[project.key]))
    return Section(
        "budget", _("Budget and frames"), columns, rows, _("There was no budget yet."), link=link
    )


def _frames(one: Row) -> list[Row]:
    base = one["base_estimate"]
    frame = None if base is None else base + one["unspecified"] + one["expected_addition"]
    named = (
        (_("Approved total"), one["approved_total"]),
        (_("Manager's reserve, what was left"), one["manager_reserve"] - one["manager_released"]),
        (_("Owner's reserve, what was left"), one["owner_reserve"] - one["owner_released"]),
        (_("Steering frame (P50)"), frame),
        (_("With contingency (P85)"), None if frame is None else frame + one["contingency"]),
    )
    return [
        {"code": "", "name": name, "amount": amount} for name, amount in named if amount is not None
    ]


def registers(project: Project, then: Then, named: Named) -> list[Section]:
    """What was open in the registers."""
    return [
        _register(project, then, named, Risk, (RiskState.OPEN, RiskState.choices)),
        _register(project, then, named, Problem, (ProblemState.OPEN, ProblemState.choices)),
        _register(project, then, named, Deviation, (DeviationState.OPEN, DeviationState.choices)),
        _register(project, then, named, Action, (ActionState.OPEN, ActionState.choices)),
    ]


def _register(
    project: Project, then: Then, named: Named, model: type[Record], states: tuple[str, Any]
) -> Section:
    key, title, none = _words()[model]
    open_, choices = states
    name = model._meta.model_name or ""
    rows = [
        {
            **_numbered(project, row, name),
            "state": label(choices, row["state"]),
            "owner": named.person(row["owner_id"]),
            "due_on": row["due_on"],
            "kind": label(RiskKind.choices, row.get("kind", "")),
            "weight": _weight(row),
        }
        for row in _by(then, model, "number")
        if row["state"] == open_
    ]
    columns = [Column("number", _("No."), "key"), Column("title", _("Title"), "title")]
    if model is Risk:
        columns += [Column("kind", _("Kind")), Column("weight", _("Probability × impact"))]
    columns += [Column("owner", _("Owner")), Column("due_on", _("Due"), "date")]
    return Section(key, title, columns, rows, none)


def _weight(row: Row) -> str:
    pair = (row.get("probability"), row.get("impact"))
    return f"{pair[0]} × {pair[1]}" if all(pair) else ""


def _words() -> dict[type[Record], tuple[str, str, str]]:
    return {
        Risk: ("risks", _("Risks that were open"), _("No risk was open.")),
        Problem: ("problems", _("Problems that were open"), _("No problem was open.")),
        Deviation: ("deviations", _("Deviations that were open"), _("No deviation was open.")),
        Action: (
            "actions",
            pgettext("as of a date", "Actions that were open"),
            _("No action was open."),
        ),
    }


def _numbered(project: Project, row: Row, page: str) -> Row:
    return {
        "number": f"{project.key}-{row['number']}",
        "title": row["title"],
        "link": reverse(page, args=[project.key, row["number"]]),
    }


def _by(then: Then, model: type[Record], name: str) -> Sequence[Row]:
    return sorted(then.rows[model], key=lambda row: row[name])
