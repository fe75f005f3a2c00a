"""The 5 × 5 matrices: cells, not a formula, say what a probability and an impact amount to.

A project has its own from its pack (choice list ``risk_matrix``, with the scales beside it);
a project without gets the usual ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from tospann.foundation.errors import Invalid
from tospann.projects.models import ChoiceList, Project
from tospann.risks.models import Proximity, Risk, RiskKind, Strategy

Tone = Literal["low", "medium", "high", "critical"]
SIZE = 5
KEY = "risk_matrix"
SCALES = ("probability", "threat_impact", "opportunity_impact")
MENUS = {"proximity": Proximity, "strategy": Strategy}
LISTS = {"proximity": "proximity", "strategy": "risk_strategy"}
_KEYS = (KEY, *SCALES, *LISTS.values())
_PROBABILITY = (
    gettext_lazy("Very unlikely"),
    gettext_lazy("Unlikely"),
    gettext_lazy("Possible"),
    gettext_lazy("Likely"),
    gettext_lazy("Very likely"),
)
_THREAT_IMPACT = (
    pgettext_lazy("impact", "Insignificant"),
    pgettext_lazy("impact", "Low"),
    pgettext_lazy("impact", "Moderate"),
    pgettext_lazy("impact", "Serious"),
    pgettext_lazy("impact", "Very serious"),
)
_OPPORTUNITY_IMPACT = (
    pgettext_lazy("gain", "Insignificant"),
    pgettext_lazy("gain", "Small"),
    pgettext_lazy("gain", "Moderate"),
    pgettext_lazy("gain", "Large"),
    pgettext_lazy("gain", "Very large"),
)
_WORDS = {"probability": _PROBABILITY, "threat_impact": _THREAT_IMPACT}
_WORDS["opportunity_impact"] = _OPPORTUNITY_IMPACT
_THREATS = ("11122", "11223", "12234", "12344", "23344")
_OPPORTUNITIES = ("11122", "11223", "12234", "12344", "23344")
_THREAT_LEVELS = (
    ("green", pgettext_lazy("level of a threat", "Low")),
    ("yellow", pgettext_lazy("level of a threat", "Medium")),
    ("orange", pgettext_lazy("level of a threat", "High")),
    ("red", pgettext_lazy("level of a threat", "Critical")),
)
_OPPORTUNITY_LEVELS = (
    ("green_1", pgettext_lazy("level of an opportunity", "Small")),
    ("green_2", pgettext_lazy("level of an opportunity", "Medium")),
    ("green_3", pgettext_lazy("level of an opportunity", "Large")),
    ("green_4", pgettext_lazy("level of an opportunity", "Very large")),
)


@dataclass(frozen=True)
class Level:
    """What a cell says: its key (which is its colour), its word, and its rank from 1."""

    key: str
    word: str
    rank: int
    response: str = ""


@dataclass(frozen=True)
class Matrix:
    """One matrix: rows are probability, columns impact, both from the lowest."""

    kind: str
    cells: tuple[tuple[str, ...], ...]
    levels: tuple[Level, ...]
    probability: tuple[str, ...]
    impact: tuple[str, ...]

    def level(self, probability: int | None, impact: int | None) -> Level | None:
        """The level of a cell; None while one of the two is not assessed."""
        if not probability or not impact:
            return None
        key = self.cells[probability - 1][impact - 1]
        return next((level for level in self.levels if level.key == key), None)

    def rank(self, probability: int | None, impact: int | None) -> int:
        level = self.level(probability, impact)
        return level.rank if level else 0

    def pairs(self, key: str) -> list[tuple[int, int]]:
        """The cells (probability, impact) of a level."""
        return [
            (row, column)
            for row, line in enumerate(self.cells, 1)
            for column, cell in enumerate(line, 1)
            if cell == key
        ]


@dataclass(frozen=True)
class Scales:
    """Everything a project assesses its risks with."""

    threat: Matrix
    opportunity: Matrix
    proximity: tuple[tuple[str, str], ...]
    strategy: tuple[tuple[str, str], ...]

    @property
    def both(self) -> tuple[Matrix, Matrix]:
        return self.threat, self.opportunity

    def of(self, kind: str) -> Matrix:
        return self.opportunity if kind == RiskKind.OPPORTUNITY else self.threat


def of_project(project: Project) -> Scales:
    """The project's scales, in one query."""
    found = ChoiceList.objects.filter(project=project, key__in=_KEYS).values_list("key", "values")
    return _scales(dict(found))


def of_projects(projects: Iterable[UUID]) -> dict[UUID, Scales]:
    """The scales of each of the projects, in one query."""
    lists: dict[UUID, dict[str, Any]] = {pk: {} for pk in projects}
    found = ChoiceList.objects.filter(project__in=list(lists), key__in=_KEYS)
    for project, key, values in found.values_list("project_id", "key", "values"):
        lists[project][key] = values
    same = usual()
    return {pk: _scales(own) if own else same for pk, own in lists.items()}


def usual() -> Scales:
    """The scales of a project that has none of its own."""
    return _scales({})


def _scales(lists: Mapping[str, Any]) -> Scales:
    stored = (lists.get(KEY) or [{}])[0]
    return Scales(
        threat=_matrix(RiskKind.THREAT, stored, lists),
        opportunity=_matrix(RiskKind.OPPORTUNITY, stored, lists),
        proximity=_menu(lists.get("proximity"), Proximity.choices),
        strategy=_menu(lists.get("risk_strategy"), Strategy.choices),
    )


def stored(project: Project) -> dict[str, Any]:
    """What the project has stored of its own matrices, as it is."""
    found = ChoiceList.objects.filter(project=project, key=KEY).values_list("values", flat=True)
    values = found.first()
    return dict(values[0]) if values else {}


def as_data(of: Matrix) -> list[dict[str, str]]:
    """The levels of a matrix as a project stores them."""
    levels = of.levels
    return [{"key": one.key, "kind": of.kind, "name": one.word, "response": ""} for one in levels]


def _matrix(kind: RiskKind, stored: Mapping[str, Any], lists: Mapping[str, Any]) -> Matrix:
    is_threat = kind == RiskKind.THREAT
    levels = _levels(kind, stored.get("levels") or ())
    cells = stored.get("threats" if is_threat else "opportunities") or ()
    keys = {level.key for level in levels}
    if not _fits(cells, keys):
        levels = _levels(kind, ())
        usual = _THREATS if is_threat else _OPPORTUNITIES
        cells = [[levels[int(rank) - 1].key for rank in line] for line in usual]
    impact = "threat_impact" if is_threat else "opportunity_impact"
    return Matrix(
        kind=kind.value,
        cells=tuple(tuple(line) for line in cells),
        levels=levels,
        probability=_words(lists, stored.get("probability") or "probability", "probability"),
        impact=_words(lists, stored.get(impact) or impact, impact),
    )


def _fits(cells: Sequence[Any], keys: set[str]) -> bool:
    """Whether these are 5 × 5 cells of known levels."""
    if len(cells) != SIZE:
        return False
    return all(isinstance(line, list) and len(line) == SIZE and set(line) <= keys for line in cells)


def _levels(kind: RiskKind, stored: Sequence[Mapping[str, Any]]) -> tuple[Level, ...]:
    own = [level for level in stored if level.get("kind") == kind.value]
    if own:
        return tuple(
            Level(str(one["key"]), str(one.get("name", "")), rank, str(one.get("response", "")))
            for rank, one in enumerate(own, 1)
        )
    usual: Sequence[tuple[str, str | Promise]]
    usual = _THREAT_LEVELS if kind == RiskKind.THREAT else _OPPORTUNITY_LEVELS
    return tuple(Level(key, str(word), rank) for rank, (key, word) in enumerate(usual, 1))


def _words(lists: Mapping[str, Any], name: str, usual: str) -> tuple[str, ...]:
    own = [str(value.get("label", "")) for value in lists.get(name) or ()]
    return tuple(own) if len(own) == SIZE else tuple(map(str, _WORDS[usual]))


def _menu(own: Any, usual: Sequence[tuple[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The project's own values, else the usual ones."""
    if own:
        return tuple((str(value["key"]), str(value.get("label", ""))) for value in own)
    return tuple((key, str(label)) for key, label in usual)


def require_known(
    project: Project, *, proximity: str, strategy: str, risk: Risk | None = None
) -> None:
    """Refuse a word the project does not use (a risk may keep the one it has)."""
    given = {"proximity": proximity, "strategy": strategy}
    if not any(given.values()):
        return
    scales = of_project(project)
    for name, value in given.items():
        known = {key for key, _label in getattr(scales, name)}
        kept = getattr(risk, name, "") if risk else ""
        if value and value != kept and value not in known and value not in MENUS[name].values:
            raise Invalid(gettext("This is not one of the project's choices."), name)
