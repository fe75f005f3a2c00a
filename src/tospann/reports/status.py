"""The status page in words: the figures of a project in the language of its reader."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.cases.models import DecisionOutcome
from tospann.foundation.authority import Role, roles_text
from tospann.projects.models import CriterionResult, GateState, GoalLevel, PhaseState
from tospann.reports.figures import Figures, Row
from tospann.ui import formats
from tospann.ui.jinja import language

Data = dict[str, Any]
_RESULT_TONES = {"met": "success", "not_met": "danger", "open": "neutral"}
_PHASE_STATES = {PhaseState.DONE: "done", PhaseState.CURRENT: "now", PhaseState.FUTURE: "next"}


def status(found: Figures) -> Data:
    """Everything the page and the PDF say, as plain data in the active language."""
    project = found.project
    return {
        "language": language()[:2],
        "title": _("Status of %(name)s") % {"name": project.name},
        "heading": project.name,
        "author": ", ".join(_names(found, Role.MANAGER)) or found.organisation,
        "organisation": found.organisation,
        "key": project.key,
        "name": project.name,
        "date": [found.on.year, found.on.month, found.on.day],
        "lead": _lead(found),
        "state": _state(found),
        "phases": [_phase(row) for row in found.phases],
        "figures": _figures(found),
        "goals": [_goal(goal) for goal in found.goals],
        "milestones": [_milestone(row, found.on) for row in found.milestones],
        "decisions": [_decision(found, row) for row in found.decisions],
        "cases": [_case(found, row) for row in found.cases],
        "actions": [_action(found, row) for row in found.actions],
        "gaps": found.gaps,
        "words": _words(found),
    }


def bar(data: Data) -> list[Data]:
    """The phases as the page's phase bar takes them."""
    return [
        {**one, "progress": one["percent"], "note": one["word"], "gate": one["gate"]}
        for one in data["phases"]
    ]


def _day(value: date | None) -> str:
    return formats.short_date(value, language()).replace(" ", formats.NBSP) if value else "–"


def _names(found: Figures, *roles: Role) -> list[str]:
    names = [row["person__name"] for row in found.members if row["role"] in roles]
    return list(dict.fromkeys(names))


def _lead(found: Figures) -> str:
    named = (
        (_("Project manager %(name)s"), Role.MANAGER),
        (_("Coordinator %(name)s"), Role.COORDINATOR),
        (_("Project owner %(name)s"), Role.OWNER),
    )
    people = [(words, ", ".join(_names(found, role))) for words, role in named]
    return " · ".join(words % {"name": names} for words, names in people if names)


def _state(found: Figures) -> Data:
    """Computed, with its reasons: on track, watch, or needs action."""
    serious, watch = _reasons(found)
    if serious:
        tone, word = "danger", _("Needs action")
    elif watch:
        tone, word = "warning", _("Watch")
    else:
        tone, word = "success", _("On track")
    why = ". ".join([*serious, *watch]) or _("Nothing is late or past its limit")
    return {"tone": tone, "word": word, "why": f"{why}."}


def _reasons(found: Figures) -> tuple[list[str], list[str]]:
    """What needs action, and what to watch, as sentences."""
    serious, watch = [], []
    finish = found.plan.finish if found.plan else None
    if finish and finish > found.project.finish:
        days = (finish - found.project.finish).days
        words = ngettext(
            "The plan ends %(n)s day after the end date",
            "The plan ends %(n)s days after the end date",
            days,
        )
        serious.append(words % {"n": days})
    if late := sum(row["is_late"] for row in found.milestones):
        words = ngettext("%(n)s milestone is late", "%(n)s milestones are late", late)
        watch.append(words % {"n": late})
    if overdue := len(found.actions):
        words = ngettext("%(n)s action is overdue", "%(n)s actions are overdue", overdue)
        watch.append(words % {"n": overdue})
    return serious, watch


def _phase(row: Row) -> Data:
    phase, gate = row["phase"], row["gate"]
    note = ""
    if gate is not None:
        ready = str(GateState(gate.state).label)
        if gate.state == GateState.OPEN and row["total"]:
            said = {"settled": row["settled"], "total": row["total"]}
            ready = _("%(settled)s of %(total)s points") % said
        note = f"{gate.code}: {ready}"
    return {
        "name": phase.name,
        "state": _PHASE_STATES[phase.state],
        "word": str(PhaseState(phase.state).label),
        "percent": row["percent"],
        "gate": note,
    }


def _figures(found: Figures) -> list[Data]:
    shown = []
    plan, speech = found.plan, language()
    if plan is not None and plan.task_count:
        progress = formats.percent(plan.percent, speech)
        shown.append(_figure(_("Progress"), progress, _("of the plan, by duration")))
        end = _("end date %(day)s") % {"day": _day(found.project.finish)}
        shown.append(_figure(_("Finish in the plan"), _day(plan.finish), end))
    else:
        shown.append(_figure(_("End date"), _day(found.project.finish), ""))
    if found.gate is not None:
        total = getattr(found.gate, "criteria_count", 0)
        settled = getattr(found.gate, "settled_count", 0)
        label = _("Checklist of %(code)s") % {"code": found.gate.code}
        of = _("%(settled)s of %(total)s points") % {"settled": settled, "total": total}
        share = formats.percent(100 * settled // total if total else 100, speech)
        shown.append(_figure(label, share, of))
    shown.append(_figure(_("Cases waiting"), str(len(found.cases)), _("for a decision")))
    return shown


def _figure(label: str, value: str, note: str) -> Data:
    return {"label": label, "value": value, "note": note}


def _goal(goal: Any) -> Data:
    return {
        "level": str(GoalLevel(goal.level).label),
        "text": goal.description,
        "criteria": [
            {
                "text": one.text,
                "target": one.target,
                "word": str(CriterionResult(one.result).label),
                "tone": _RESULT_TONES[one.result],
            }
            for one in goal.success_criteria.all()
        ],
    }


def _milestone(row: Row, today: date) -> Data:
    word, tone = _("On time"), "info"
    if row["state"] == "done":
        word, tone = _("Done"), "success"
    elif row["finish"] is None:
        word, tone = _("No date"), "neutral"
    elif row["finish"] < today:
        days = (today - row["finish"]).days
        word = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
        tone = "danger"
    return {
        "name": row["name"],
        "date": _day(row["finish"]),
        "responsible": row["responsible"] or "–",
        "word": word,
        "tone": tone,
    }


def _decision(found: Figures, row: Row) -> Data:
    return {
        "id": f"{found.project.key}-{row['number']}",
        "number": row["number"],
        "title": row["title"],
        "date": _day(row["decided_on"]),
        "word": str(DecisionOutcome(row["outcome"]).label),
        "tone": DecisionOutcome(row["outcome"]).tone,
        "by": row["body"] or row["decided_by__name"] or "–",
    }


def _case(found: Figures, row: Row) -> Data:
    roles = [Role(role) for role in row["deciders"]]
    return {
        "id": f"{found.project.key}-{row['number']}",
        "number": row["number"],
        "title": row["title"],
        "who": ", ".join(_names(found, *roles)) or roles_text(roles),
        "date": _day(row["need_by"]),
    }


def _action(found: Figures, row: Row) -> Data:
    return {
        "id": f"{found.project.key}-{row['number']}",
        "number": row["number"],
        "title": row["title"],
        "who": row["owner__name"] or "–",
        "date": _day(row["due_on"]),
    }


def _words(found: Figures) -> dict[str, str]:
    """Headings and the sentences of empty sections."""
    since = {"day": _day(found.since)}
    code = found.gate.code if found.gate is not None else ""
    return {
        "figures_of": _("Figures of %(day)s") % {"day": _day(found.on)},
        "page": _("Page"),
        "of": _("of"),
        "goals": _("Goals and success criteria"),
        "no_goals": _("No goals have been written down yet."),
        "milestones": _("Milestones"),
        "no_milestones": _("The plan has no milestones."),
        **_columns(),
        "decisions": _("Decisions since %(day)s") % since,
        "no_decisions": _("Nothing has been decided in the period."),
        "open_points": _("Open points"),
        "no_open_points": _("No case waits, no action is overdue, and no point is missing."),
        "missing": _("Missing before gate %(code)s") % {"code": code},
    }


def _columns() -> dict[str, str]:
    return {
        "milestone": _("Milestone"),
        "due": _("Due"),
        "responsible": _("Responsible"),
        "state": _("State"),
        "decided_on": _("Date"),
        "decision": _("Decision"),
        "outcome": _("Outcome"),
        "by": _("Decided by"),
        "case": _("Case"),
        "waits_for": _("Waits for"),
        "needed_by": _("Needed by"),
        "overdue_action": _("Overdue action"),
    }
