"""How the areas that can be computed stand against their tolerances, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.budget.models import BudgetLine
from tospann.control import summary
from tospann.foundation.authority import Sentence
from tospann.notifications.models import sentence_text
from tospann.planning.models import Activity, Kind, Revision, State
from tospann.projects.models import Project, Tolerance
from tospann.quality import queries as quality
from tospann.quality.models import Deliverable, DeliverableState, Nonconformity
from tospann.reports.drafting import areas, draft, facts, rules
from tospann.reports.models import Light
from tospann.risks import queries as risks
from tospann.ui.holidays import add_working_days

MOST_CAUSES = 3
_TASK = gettext_noop("“%(name)s” ends %(slip)s later than in the baseline.")
_NAMED = gettext_noop("“%(name)s”")
_LINE = gettext_noop("“%(name)s” is expected to end at %(forecast)s; its budget is %(amount)s.")


@dataclass(frozen=True)
class Standing:
    """An area: its tolerance, the state that follows, and whether it is, or will be, exceeded."""

    area: str
    allowed: str
    light: Light
    why: tuple[Sentence, ...]
    is_crossed: bool = False
    is_already: bool = False
    """It is no forecast any more: the day has passed, or the money is used."""
    needed: int = 0
    """The tolerance (working days, or per cent) that would be enough."""

    @property
    def said(self) -> list[str]:
        """Why, in the reader's language."""
        return [sentence_text(sentence) for sentence in self.why]

    @property
    def label(self) -> str:
        return str(Tolerance.AREAS.get(self.area, self.area))


def of_project(project: Project, thresholds: Mapping[str, int] | None = None) -> list[Standing]:
    """Each tolerance of the project; those without a number are not computed."""
    known = {
        "plan": facts.plan_facts(project),
        "money": facts.money_facts(project),
        "earned": summary.facts(project),
    }
    limits = {**rules.USUAL, **(thresholds or {})}
    return [
        _standing(one, known, limits)
        for one in Tolerance.objects.filter(project=project)
        .select_related("project")
        .order_by("id")
    ]


def _standing(
    tolerance: Tolerance, known: Mapping[str, Any], limits: Mapping[str, int]
) -> Standing:
    area = tolerance.area
    if area == "time" and tolerance.days is not None and known["plan"]:
        made = rules.time_alone(known["plan"], tolerance.days, limits)
        rules.heed_the_trend(made, known["earned"])
        return Standing(
            area, tolerance.allowed, made.light, _said(made), **_time(known["plan"], tolerance.days)
        )
    if area == "cost" and tolerance.percent is not None and known["money"]:
        made = rules.cost_alone(known["money"], limits)
        rules.heed_the_trend(made, known["earned"])
        return Standing(area, tolerance.allowed, made.light, _said(made), **_cost(known["money"]))
    if area in rules.COUNTED and (most := draft.standing_limit(tolerance)) is not None:
        return _counted(tolerance, most, limits)
    return Standing(area, tolerance.allowed, Light.NONE, ())


_KNOWN = {
    "scope": areas.of_scope,
    "quality": areas.of_quality,
    "risk": areas.of_risk,
    "benefits": areas.of_benefits,
}


def _counted(tolerance: Tolerance, most: int, limits: Mapping[str, int]) -> Standing:
    """An area whose tolerance is a number of something: what is counted has happened already."""
    area = tolerance.area
    made, known = rules.Assessed(area), _KNOWN[area](tolerance.project)
    rules.heed_what_is_known(made, known, most, limits)
    counted = known["counted"]
    is_crossed = counted is not None and counted > most
    light = made.light if counted is not None else Light.NONE
    return Standing(
        area, tolerance.allowed, light, _said(made), is_crossed, is_crossed, counted or 0
    )


def _said(made: rules.Assessed) -> tuple[Sentence, ...]:
    return tuple(made.why) or ((made.fine,) if made.fine else ())


def _time(plan: Mapping[str, Any], allowed: int) -> dict[str, Any]:
    last = add_working_days(date.fromisoformat(plan["agreed"]), allowed)
    is_crossed = plan["slip"] > allowed
    return {
        "is_crossed": is_crossed,
        "is_already": is_crossed and timezone.localdate() > last,
        "needed": plan["slip"],
    }


def _cost(money: Mapping[str, Any]) -> dict[str, Any]:
    forecast, limit, frame = (Decimal(money[name]) for name in ("forecast", "limit", "frame"))
    beyond = 100 * (forecast - frame) / frame if frame else Decimal(0)
    return {
        "is_crossed": forecast > limit,
        "is_already": Decimal(money["spent"]) > limit,
        "needed": int(beyond.to_integral_value(ROUND_CEILING)),
    }


def causes(project: Project, area: str) -> list[Sentence]:
    """What stands behind it: what has moved most, or what is counted."""
    found = {
        "time": _late_tasks,
        "cost": _dear_lines,
        "scope": _refused,
        "quality": _deviations,
        "risk": _bare_risks,
    }.get(area)
    return found(project) if found else []


def _named(titles: Iterable[str]) -> list[Sentence]:
    return [Sentence(_NAMED, {"name": title}) for title in titles]


def _refused(project: Project) -> list[Sentence]:
    found = Deliverable.objects.filter(project=project, state=DeliverableState.REFUSED)
    return _named(found.order_by("pk").values_list("title", flat=True)[:MOST_CAUSES])


def _deviations(project: Project) -> list[Sentence]:
    open_ = risks.open_deviations(project).exclude(born_in__startswith=areas.TOLERANCES)
    faults = Nonconformity.objects.filter(project=project, state__in=quality.UNSETTLED)
    worst = faults.filter(grade__in=("A", "B")).order_by("grade", "number")
    titles = [*worst.values_list("title", flat=True), *open_.values_list("title", flat=True)]
    return _named(titles[:MOST_CAUSES])


def _bare_risks(project: Project) -> list[Sentence]:
    rows = risks.top_risks(project, 200)
    worst = (row for row in rows if row["level"] and row["level"].rank >= areas.CRITICAL)
    return _named([row["title"] for row in worst if not row["strategy"]][:MOST_CAUSES])


def _late_tasks(project: Project) -> list[Sentence]:
    late = Activity.objects.filter(
        project=project, kind=Kind.TASK, is_active=True, finish__gt=F("baseline_finish")
    ).exclude(state=State.DONE)
    rows = late.order_by("position").values_list("name", "baseline_finish", "finish")
    moved = [
        (facts.slip(then.isoformat(), now.isoformat()), name)
        for name, then, now in rows
        if then and now
    ]
    moved.sort(key=lambda one: -one[0])
    return [
        Sentence(_TASK, {"name": name, "slip": f"amount:{days}:days"})
        for days, name in moved[:MOST_CAUSES]
    ]


def _dear_lines(project: Project) -> list[Sentence]:
    dear = BudgetLine.objects.filter(project=project, forecast__gt=F("amount"))
    rows = dear.order_by(F("amount") - F("forecast"))[:MOST_CAUSES]
    return [
        Sentence(
            _LINE,
            {
                "name": line.name,
                "forecast": f"amount:{line.forecast}:NOK",
                "amount": f"amount:{line.amount}:NOK",
            },
        )
        for line in rows
    ]


def latest_change(project: Project, language: str) -> list[str]:
    """What was done last with the plan, in the words it was written down in."""
    last = Revision.objects.filter(plan__project=project).order_by("-number").first()
    return [said[language] for said in last.sentences[:MOST_CAUSES]] if last else []
