"""A report as it stands: the facts, the states by rule, and what people typed above them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from tospann.foundation.authority import Sentence
from tospann.notifications.models import sentence_text
from tospann.projects.models import ChoiceList, Project, Tolerance
from tospann.reports import queries
from tospann.reports.drafting import areas as areas_of_facts
from tospann.reports.drafting import facts as collecting
from tospann.reports.drafting import rules, words
from tospann.reports.models import Light, ReportForm, Reporting, StatusReport, Trend
from tospann.reports.schedule import days_ahead

Data = dict[str, Any]
OVERALL = "overall"
CHOSEN, NOTE = "state_", "note_"
NOTE_LENGTH, TEXT_LENGTH = 2_000, 10_000


@dataclass(frozen=True)
class Ground:
    """What a draft rests on: read once, whatever is shown of it."""

    project: Project
    report: StatusReport
    facts: Data
    areas: list[Data]
    before: Data | None


def ground(report: StatusReport) -> Ground:
    """The facts of now with each area's proposed state, for this report."""
    project = report.project
    last = queries.last_signed(project)
    before = last.content if last else None
    kept = queries.reporting(project)
    cadence = kept.cadence if kept else ""
    facts = collecting.collect(
        project, report.since, before["facts"] if before else None, days_ahead(cadence)
    )
    return Ground(project, report, facts, _areas(project, report, facts, kept), before)


def _areas(
    project: Project, report: StatusReport, facts: Data, kept: Reporting | None
) -> list[Data]:
    kept_ = {one.area: one for one in Tolerance.objects.filter(project=project)}
    named = area_names(project) if report.form == ReportForm.FULL else {}
    wanted = [key for key in named if key != OVERALL] or list(rules.KNOWN)
    days = {area: one.days for area, one in kept_.items()}
    most = {area: standing_limit(one) for area, one in kept_.items()}
    assessed = rules.assess(facts, wanted, days, kept.thresholds if kept else {}, most)
    for area in assessed:
        known = named.get(area["area"], {})
        area["label"] = known.get("name") or label(area["area"])
        area["question"] = known.get("question", "")
        area["tolerance"] = kept_[area["area"]].allowed if area["area"] in kept_ else ""
    return assessed


def standing_limit(one: Tolerance) -> int | None:
    """What the area's count is held against, if the tolerance has a number of that kind."""
    return one.percent if one.area == "benefits" else one.most


def area_names(project: Project) -> dict[str, Data]:
    """The areas of the project's pack in its own words; the tolerances' when it has none."""
    stored = ChoiceList.objects.filter(project=project, key="status_areas").first()
    if stored is None or not stored.values:
        return {key: {} for key in Tolerance.AREAS}
    return {row["key"]: row for row in stored.values}


def label(area: str) -> str:
    return gettext("Overall") if area == OVERALL else str(Tolerance.AREAS.get(area, area))


def fingerprint(text: str) -> str:
    """What a page carries of a text it showed, to know later whether somebody changed it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def typed(report: StatusReport, key: str) -> str:
    """What somebody typed or chose, if anybody did."""
    return str((report.texts.get(key) or {}).get("text", ""))


def content(found: Ground, language: str | None = None) -> Data:
    """Everything the report says, as data that can be frozen, shown, printed and mailed."""
    project, report = found.project, found.report
    speech = language or project.language
    with translation.override(speech):
        overall, areas = lights(found)
        return {
            "number": report.number,
            "form": report.form,
            "language": speech,
            "since": report.since.isoformat(),
            "overall": overall,
            "areas": areas if report.form == ReportForm.FULL else [],
            "sections": sections(found),
            "facts": found.facts,
            "trend": trend(found.before, overall["light"]),
        }


def lights(found: Ground) -> tuple[Data, list[Data]]:
    """The overall state and that of each area: proposed, chosen, and the reasons in words."""
    full = found.report.form == ReportForm.FULL
    areas = [_light(found, area, may_choose=full) for area in found.areas]
    proposed = rules.worst(area["light"] for area in areas)
    why = [
        f"{area['label']}: {reason}"
        for area in areas
        if area["light"] == proposed and proposed not in (Light.GREEN, Light.NONE)
        for reason in (area["why"] if not area["is_override"] else [area["note"]])
    ]
    overall = _light(
        found,
        {
            "area": OVERALL,
            "label": label(OVERALL),
            "question": area_names_question(found),
            "proposed": str(proposed),
            "why": [],
        },
    )
    overall["why"] = why or [gettext("Every area that is assessed is on track.")]
    overall["is_worst"] = full
    return overall, areas


def area_names_question(found: Ground) -> str:
    return gettext("Will the project reach its goals as things stand?")


def _light(found: Ground, area: Data, *, may_choose: bool = True) -> Data:
    key, before = area["area"], found.before or {}
    chosen = typed(found.report, CHOSEN + key) if may_choose else ""
    light = chosen or area["proposed"]
    last = before.get("overall", {}) if key == OVERALL else _by_area(before).get(key, {})
    return {
        "area": key,
        "label": area["label"],
        "question": area["question"],
        "proposed": area["proposed"],
        "light": light,
        "word": str(Light(light).label),
        "proposed_word": str(Light(area["proposed"]).label),
        "is_override": bool(chosen) and chosen != area["proposed"],
        "note": typed(found.report, NOTE + key),
        "tolerance": area.get("tolerance", ""),
        "figures": areas_of_facts.in_words(found.facts["areas"].get(key)),
        "why": [sentence_text(Sentence.from_json(one)) for one in area["why"]],
        "before": last.get("light", ""),
        "before_word": str(Light(last["light"]).label) if last.get("light") else "",
    }


def _by_area(content: Mapping[str, Any]) -> dict[str, Data]:
    return {area["area"]: area for area in content.get("areas", [])}


def sections(found: Ground) -> list[Data]:
    """The texts: as computed until somebody writes; then hers, with what is new since."""
    made = words.computed(found.facts)
    return [_section(found.report, key, made[key]) for key in words.SECTIONS]


def _section(report: StatusReport, key: str, made: str) -> Data:
    kept = report.texts.get(key)
    text = made if kept is None else kept["text"]
    seen = made if kept is None else kept.get("computed", "")
    known = {*seen.splitlines(), *text.splitlines()}
    return {
        "key": key,
        "title": words.title(key),
        "text": text,
        "is_computed": kept is None,
        "new": [line for line in made.splitlines() if line not in known],
        "nothing": words.nothing(key),
    }


def trend(before: Data | None, light: str) -> str:
    """Better, worse or as last time."""
    if before is None:
        return Trend.FIRST
    was, now = (rules.RANK[Light(one)] for one in (before["overall"]["light"], light))
    if Light.NONE in (before["overall"]["light"], light) or was == now:
        return Trend.SAME
    return Trend.BETTER if now < was else Trend.WORSE


def overrides_without_reason(found: Mapping[str, Any]) -> list[str]:
    """The areas whose state was chosen against the proposal without a sentence why."""
    every = [found["overall"], *found["areas"]]
    return [one["label"] for one in every if one["is_override"] and not one["note"].strip()]


def begins(project: Project, today: date) -> date:
    """From which day the next report tells: the date of the last one's figures."""
    last = queries.last_signed(project)
    return last.figures_on if last else collecting.first_since(project, today)
