"""What the capabilities know of each area of a report: figures, what they warn of, what counts.

Everything is JSON, with texts as sentences, so that it can be frozen and read in any language.
``counted`` is what a tolerance of so many (or so many per cent) is held against.
"""

from typing import Any

from django.utils.translation import gettext_noop

from tospann.benefits import queries as benefits
from tospann.foundation.authority import Sentence
from tospann.notifications.models import sentence_text
from tospann.projects.models import Project
from tospann.quality import queries as quality
from tospann.quality.models import Deliverable, DeliverableState
from tospann.risks import queries as risks
from tospann.risks.models import Risk, RiskKind, RiskState

Data = dict[str, Any]
TOLERANCES = "projects.tolerance:"
"""Deviations that a crossed tolerance raised are not counted against another."""
CRITICAL = 4

_PROVED = gettext_noop("Requirements proved: %(count)s of %(total)s")
_FAULTS = gettext_noop("Open faults: A %(a)s, B %(b)s, C %(c)s")
_HANDED = gettext_noop("Deliverables accepted: %(count)s of %(total)s")
_WAITING = gettext_noop("Deliverables that wait to be accepted: %(count)s")
_REFUSED = gettext_noop("Deliverables refused: %(count)s")
_DEVIATIONS = gettext_noop("Open deviations: %(count)s")
_CRITICAL = gettext_noop("Critical risks: %(count)s, without a decided response: %(bare)s")
_ATTAINED = gettext_noop("Benefits attained: %(percent)s %%")
_REALISED = gettext_noop("Benefits realised: %(count)s of %(total)s")
_FORECAST = gettext_noop("Forecast: %(forecast)s of %(frame)s that may be used")
_SPENT = gettext_noop("Used: %(spent)s")
_FINISH = gettext_noop("Finish in the plan: %(finish)s, agreed %(agreed)s")
_GRADE_A = gettext_noop("Open faults of grade A: %(count)s.")
_GRADE_B = gettext_noop("Open faults of grade B: %(count)s.")
_REFUSED_SAID = gettext_noop("Deliverables refused: %(count)s.")
_DUE = gettext_noop("Measurements of benefits that are due: %(count)s.")


def collect(project: Project, plan: Data | None, money: Data | None) -> dict[str, Data]:
    """Area → ``figures``, ``said`` (a light and a sentence each) and ``counted``."""
    known = quality.standing(project)
    return {
        "time": _area(_time(plan)),
        "cost": _area(_cost(money)),
        "scope": of_scope(project, known),
        "quality": of_quality(project, known),
        "risk": of_risk(project),
        "benefits": of_benefits(project),
    }


def _area(
    figures: list[Sentence],
    said: list[tuple[str, Sentence]] | None = None,
    counted: int | None = None,
) -> Data:
    return {
        "figures": [one.to_json() for one in figures],
        "said": [[light, one.to_json()] for light, one in said or ()],
        "counted": counted,
    }


def _time(plan: Data | None) -> list[Sentence]:
    if plan is None or not plan["finish"]:
        return []
    return [Sentence(_FINISH, {name: f"day:{plan[name]}" for name in ("finish", "agreed")})]


def _cost(money: Data | None) -> list[Sentence]:
    if money is None:
        return []
    said = {name: f"amount:{money[name]}:NOK" for name in ("forecast", "frame", "spent")}
    return [Sentence(_FORECAST, said), Sentence(_SPENT, said)]


def of_scope(project: Project, standing: quality.Standing | None = None) -> Data:
    """What was to be delivered: accepted, waiting, refused."""
    known = standing or quality.standing(project)
    if not known.deliverables:
        return _area([], [], 0)
    refused = Deliverable.objects.filter(project=project, state=DeliverableState.REFUSED).count()
    figures = [
        Sentence(_HANDED, {"count": known.accepted, "total": known.deliverables}),
        *([Sentence(_WAITING, {"count": known.waiting})] if known.waiting else []),
        *([Sentence(_REFUSED, {"count": refused})] if refused else []),
    ]
    said = [("amber", Sentence(_REFUSED_SAID, {"count": refused}))] if refused else []
    return _area(figures, said, refused)


def of_quality(project: Project, standing: quality.Standing | None = None) -> Data:
    """Requirements, faults by grade, and open deviations."""
    known = standing or quality.standing(project)
    a, b, c = (known.faults.get(grade, 0) for grade in "ABC")
    open_ = risks.open_deviations(project).exclude(born_in__startswith=TOLERANCES).count()
    figures = [
        *([_proved(known)] if known.requirements else []),
        *([Sentence(_FAULTS, {"a": a, "b": b, "c": c})] if a + b + c else []),
        *([Sentence(_DEVIATIONS, {"count": open_})] if open_ else []),
    ]
    said = [("red", Sentence(_GRADE_A, {"count": a}))] if a else []
    said += [("amber", Sentence(_GRADE_B, {"count": b}))] if b else []
    return _area(figures, said, open_ + a + b)


def _proved(known: quality.Standing) -> Sentence:
    return Sentence(_PROVED, {"count": known.proved, "total": known.requirements})


def of_risk(project: Project) -> Data:
    """Critical threats, and those nobody has decided a response to."""
    found = Risk.objects.filter(project=project, state=RiskState.OPEN, kind=RiskKind.THREAT)
    if not found.exists():
        return _area([], [], 0)
    rows = risks.top_risks(project, 200)
    worst = [row for row in rows if row["level"] and row["level"].rank >= CRITICAL]
    bare = sum(not row["strategy"] for row in worst)
    return _area([Sentence(_CRITICAL, {"count": len(worst), "bare": bare})], [], bare)


def of_benefits(project: Project) -> Data:
    """How far the benefits have come; short of the target only counts once the line has them."""
    known = benefits.standing(project)
    if known.is_empty:
        return _area([])
    attained, due = known.attained_percent, known.measurements_due
    figures = [Sentence(_REALISED, {"count": known.realised, "total": known.benefits})]
    if attained is not None:
        figures.append(Sentence(_ATTAINED, {"percent": attained}))
    said = [("amber", Sentence(_DUE, {"count": due}))] if due else []
    is_line = known.handed_over > 0 and attained is not None
    return _area(figures, said, max(0, 100 - (attained or 0)) if is_line else None)


def in_words(area: Data | None) -> list[str]:
    """The figures in the active language."""
    return [sentence_text(Sentence.from_json(one)) for one in (area or {}).get("figures", ())]
