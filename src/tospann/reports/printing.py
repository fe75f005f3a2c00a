"""What a printed report says, in its own language: the data behind PDF and slides."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.cases.models import DecisionOutcome
from tospann.control import summary
from tospann.projects.models import GoalLevel, PhaseState
from tospann.reports.drafting.words import day
from tospann.reports.models import Light, ReportForm, Trend
from tospann.ui import formats

Data = dict[str, Any]
TONES = {"green": "success", "amber": "warning", "red": "danger", "none": "neutral"}
_PHASES = {PhaseState.DONE: "done", PhaseState.CURRENT: "now", PhaseState.FUTURE: "next"}
MOST_MILESTONES = 8
MOST_DECISIONS = 6


def printed(content: Data) -> Data:
    """The report as plain data in words: nothing is computed or looked up after this."""
    with translation.override(content["language"]):
        return _printed(content, content["facts"])


def _printed(content: Data, facts: Data) -> Data:
    on = date.fromisoformat(facts["on"])
    full = content["form"] == ReportForm.FULL
    title = _("Status report %(number)s") % {"number": content["number"]}
    return {
        "language": content["language"][:2],
        "title": f"{facts['name']}: {title}",
        "heading": title,
        "key": facts["key"],
        "name": facts["name"],
        "organisation": facts["organisation"],
        "author": content.get("signature", {}).get("name") or facts["organisation"],
        "date": [on.year, on.month, on.day],
        "lead": _lead(content),
        "state": _state(content["overall"], content["trend"]),
        "areas": [_area(area) for area in content["areas"] if _is_assessed(area)],
        "unassessed": _unassessed(content["areas"]),
        "phases": [_phase(row) for row in facts["phases"]] if full else [],
        "figures": _figures(facts),
        "sections": [_section(one) for one in content["sections"]],
        "milestones": [_milestone(row) for row in facts["milestones"][:MOST_MILESTONES]],
        "decided": [_decided(facts, row) for row in facts["decided"][:MOST_DECISIONS]],
        "goals": [_goal(goal) for goal in facts["goals"]] if full else [],
        "signature": _signature(content),
        "words": _words(content),
    }


def _lead(content: Data) -> str:
    said = {"since": day(content["since"]), "on": day(content["facts"]["on"])}
    return _("From %(since)s to %(on)s") % said


def _state(light: Data, trend: str = "") -> Data:
    reasons = light["why"] if not light["is_override"] else []
    return {
        "tone": TONES[light["light"]],
        "word": light["word"],
        "trend": str(Trend(trend).label) if trend else "",
        "why": light["note"] or " ".join(reasons),
        "override": _override(light),
    }


def _override(light: Data) -> str:
    if not light["is_override"]:
        return ""
    return _("Set by hand. By rule: %(word)s.") % {"word": light["proposed_word"]}


def _area(area: Data) -> Data:
    return {
        "label": area["label"],
        "before": area["before_word"] or "–",
        "before_tone": TONES[area["before"]] if area["before"] else "",
        "figures": " · ".join(area.get("figures", ())),
        "tolerance": _tolerance(area),
        **_state(area),
    }


def _tolerance(area: Data) -> str:
    allowed = area.get("tolerance")
    return _("Tolerance: %(allowed)s") % {"allowed": allowed} if allowed else ""


def _is_assessed(area: Data) -> bool:
    return bool(area["light"] != Light.NONE or area["note"])


def _unassessed(areas: list[Data]) -> str:
    names = [area["label"] for area in areas if not _is_assessed(area)]
    return _("Not assessed: %(areas)s.") % {"areas": ", ".join(names)} if names else ""


def _phase(row: Data) -> Data:
    word = str(PhaseState(row["state"]).label)
    note = f"{row['gate']}: {row['settled']}/{row['total']}" if row["gate"] else ""
    return {
        "name": row["name"],
        "state": _PHASES[row["state"]],
        "word": word,
        "percent": row["percent"],
        "gate": note,
    }


def _figures(facts: Data) -> list[Data]:
    plan, speech = facts["plan"], translation.get_language() or "nb"
    if plan is None:
        return []
    done = {"done": plan["tasks_done"], "tasks": plan["tasks"]}
    before = plan["percent_before"]
    moved = _("%(before)s last time") % {"before": formats.percent(before or 0, speech)}
    agreed = _("agreed %(day)s") % {"day": day(plan["agreed"])}
    late = ngettext("%(n)s task is late", "%(n)s tasks are late", plan["late"])
    return [
        {
            "label": _("Progress"),
            "value": formats.percent(plan["percent"], speech),
            "note": moved if before is not None else _("of the plan, by duration"),
        },
        {"label": _("Finish in the plan"), "value": day(plan["finish"]), "note": agreed},
        {
            "label": _("Tasks done"),
            "value": _("%(done)s of %(tasks)s") % done,
            "note": late % {"n": plan["late"]},
        },
        *_earned(facts.get("earned"), speech),
    ]


def _earned(earned: Data | None, speech: str) -> list[Data]:
    """The forecast and the value for money, where earned value is followed up."""
    if earned is None:
        return []
    budget = formats.millions(Decimal(earned["bac"]), speech)
    return [
        {
            "label": _("Forecast"),
            "value": formats.millions(Decimal(earned["expected"]), speech),
            "note": _("budget %(amount)s") % {"amount": budget},
        },
        {
            "label": _("Value for money"),
            "value": summary.shown(earned["cpi"]),
            "note": _("pace %(index)s") % {"index": summary.shown(earned["spi_t"])},
        },
    ]


def _section(section: Data) -> Data:
    lines = [line.strip() for line in section["text"].splitlines() if line.strip()]
    return {"title": section["title"], "lines": lines, "nothing": section["nothing"]}


def milestone_word(row: Data) -> tuple[str, str]:
    """How a milestone moved since last time, and its tone."""
    days = abs(row["moved"])
    if row["trend"] == "reached":
        return _("Reached"), "success"
    if row["is_late"]:
        return _("Past its date"), "danger"
    if row["trend"] == "later":
        later = ngettext("%(n)s working day later", "%(n)s working days later", days)
        return later % {"n": days}, "warning"
    if row["trend"] == "earlier":
        earlier = ngettext("%(n)s working day earlier", "%(n)s working days earlier", days)
        return earlier % {"n": days}, "success"
    return (_("New"), "info") if row["trend"] == "new" else (_("As last time"), "info")


def _milestone(row: Data) -> Data:
    word, tone = milestone_word(row)
    return {
        "name": row["name"],
        "previous": day(row["previous"]) if row["previous"] else "–",
        "now": day(row["now"]),
        "word": word,
        "tone": tone,
    }


def _decided(facts: Data, row: Data) -> Data:
    return {
        "id": f"{facts['key']}-{row['number']}",
        "title": row["title"],
        "date": day(row["on"]),
        "by": row["by"] or "–",
        "word": str(DecisionOutcome(row["outcome"]).label),
        "tone": DecisionOutcome(row["outcome"]).tone,
    }


def _goal(goal: Data) -> Data:
    said = {"met": goal["met"], "total": goal["total"]}
    return {
        "level": str(GoalLevel(goal["level"]).label),
        "text": goal["text"],
        "word": _("%(met)s of %(total)s criteria met") % said if goal["total"] else "",
        "tone": "danger" if goal["not_met"] else "neutral",
    }


def _signature(content: Data) -> str:
    signed = content.get("signature")
    if not signed:
        return _("Draft, not signed")
    return _("Signed by %(name)s %(day)s") % {"name": signed["name"], "day": day(signed["on"])}


def _words(content: Data) -> dict[str, str]:
    return {
        "figures_of": _("Figures of %(day)s") % {"day": day(content["facts"]["on"])},
        "page": _("Page"),
        "of": _("of"),
        "area": _("Area"),
        "state": _("State"),
        "before": _("Last time"),
        "why": _("Why"),
        "milestones": _("Milestones"),
        "milestone": _("Milestone"),
        "previous": _("Last time"),
        "now": _("Now"),
        "trend": _("Trend"),
        "decided": _("Decided in the period"),
        "decision": _("Decision"),
        "decided_on": _("Date"),
        "by": _("Decided by"),
        "outcome": _("Outcome"),
        "goals": _("Goals"),
        "areas": _("State of each area"),
    }
