"""The lists of risks and opportunities, of problems and of deviations, declared."""

from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.projects.queries import team
from tospann.risks import matrix, queries
from tospann.risks.models import DeviationState, ProblemState, RiskKind, RiskState
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

STATES: dict[str, dict[str, tuple[Promise, str]]] = {
    "risk": {
        "open": (RiskState.OPEN.label, "info"),
        "occurred": (RiskState.OCCURRED.label, "danger"),
        "closed": (RiskState.CLOSED.label, "neutral"),
    },
    "problem": {
        "open": (ProblemState.OPEN.label, "warning"),
        "solved": (ProblemState.SOLVED.label, "success"),
    },
    "deviation": {
        "open": (DeviationState.OPEN.label, "warning"),
        "corrected": (DeviationState.CORRECTED.label, "success"),
    },
}
KINDS = {
    "threat": (RiskKind.THREAT.label, "neutral"),
    "opportunity": (RiskKind.OPPORTUNITY.label, "success"),
}
_BASE = Register(
    key="",
    title="",
    columns=(),
    empty=Empty(""),
    order=queries.BY_URGENCY,  # type: ignore[arg-type]  # expressions order as names do
    overdue=lambda row: queries.is_overdue(row["due_on"], row["state"]),
    live="risks",
)
RISKS = replace(
    _BASE,
    key="risks",
    title=_("Risks and opportunities"),
    lead=_("What may happen, and what we do about it"),
    empty=Empty(
        _("No risks yet."),
        _("Start with the five that matter most: a title and an owner are enough."),
        icon="risk",
    ),
    order=("-level", *queries.BY_URGENCY[1:]),  # type: ignore[arg-type]  # as above
    also=("number", "state", "due_on", "kind", *queries.STANDING),
)
PROBLEMS = replace(
    _BASE,
    key="problems",
    title=_("Problems"),
    lead=_("What has happened and must be dealt with"),
    empty=Empty(
        _("No problems."),
        _("When something has gone wrong, raise it here, so that somebody owns it."),
        icon="warning",
    ),
    also=("number", "state", "due_on"),
)
DEVIATIONS = replace(
    _BASE,
    key="deviations",
    title=_("Deviations"),
    lead=_("Where plan, budget or quality cannot be kept, and what is done about it"),
    empty=Empty(
        _("No deviations."),
        _("A deviation says why, what follows from it, and how it is corrected."),
        icon="deviation",
    ),
    also=("number", "state", "due_on"),
)


class Chip(str):
    """A level: colour, word and number on the page; word and number in an exported file."""

    __slots__ = ("html",)
    html: str

    def __html__(self) -> str:
        return self.html


def chip(of: matrix.Matrix, probability: int | None, impact: int | None) -> Chip | None:
    """The level of a cell; nothing while it is not assessed."""
    level = of.level(probability, impact)
    if level is None:
        return None
    shown = Chip(f"{level.word} {probability}×{impact}")
    shown.html = format_html(
        '<span class="level" data-kind="{}" data-rank="{}">{} <span class="level-cell">{}×{}'
        "</span></span>",
        *(of.kind, level.rank, level.word, probability, impact),
    )
    return shown


def _level(scales: matrix.Scales, row: Row, prefix: str = "") -> Chip | None:
    return chip(scales.of(row["kind"]), row[f"{prefix}probability"], row[f"{prefix}impact"])


def of_risks(project: Project, actor: Actor, scales: matrix.Scales) -> Register:
    """The register with this project's people, scales and short ids."""
    number, title, *rest = _columns(project, "risk", _("Next review"))
    columns = (
        number,
        title,
        Column(
            "level", _("Level"), value=lambda row: _level(scales, row), sort="level", field="kind"
        ),
        Column("after", _("After measures"), value=lambda row: _level(scales, row, "residual_")),
        Column("kind", _("Kind"), "state", states=KINDS),
        *rest,
        Column("probability", _("Probability"), "number", default=False),
        Column("impact", _("Impact"), "number", default=False),
        _menu("proximity", _("Proximity"), scales.proximity),
        _menu("strategy", _("Strategy"), scales.strategy),
        Column("cause", _("Cause"), default=False, sort=""),
        Column("event", _("Event"), default=False, sort=""),
        Column("effect", _("Effect"), default=False, sort=""),
    )
    also = (*RISKS.also, "proximity", "strategy")
    filters = (
        *_filters(project, actor, RiskState.choices, "title", "cause", "event", "effect"),
        *_cell_filters(scales),
    )
    return replace(
        RISKS, columns=columns, also=also, filters=filters, row_link=_link(project, "risks")
    )


def _menu(key: str, label: Promise, words: tuple[tuple[str, str], ...]) -> Column:
    """A column of one of the project's own lists."""
    known = dict(words)
    value = lambda row: known.get(row[key], row[key])  # noqa: E731  # bound to this key
    return Column(key, label, value=value, sort=key, default=False)


def of_problems(project: Project, actor: Actor) -> Register:
    columns = (
        *_columns(project, "problem", _("Due date")),
        Column("description", _("Description"), default=False, sort=""),
        Column("solution", _("Solution"), default=False, sort=""),
    )
    filters = _filters(project, actor, ProblemState.choices, "title", "description")
    link = _link(project, "problems")
    return replace(PROBLEMS, columns=columns, filters=filters, row_link=link)


def of_deviations(project: Project, actor: Actor) -> Register:
    columns = (
        *_columns(project, "deviation", _("Due date")),
        Column("cause", _("Cause"), default=False, sort=""),
        Column("consequence", _("Consequence"), default=False, sort=""),
        Column("corrective_action", _("Corrective action"), default=False, sort=""),
    )
    fields = ("title", "cause", "consequence")
    filters = _filters(project, actor, DeviationState.choices, *fields)
    link = _link(project, "deviations")
    return replace(DEVIATIONS, columns=columns, filters=filters, row_link=link)


def _link(project: Project, name: str) -> Any:
    return lambda row: f"/p/{project.key}/{name}/{row['number']}"


def _columns(project: Project, sort: str, due: Promise) -> tuple[Column, ...]:
    """What all three have."""
    key = project.key
    return (
        Column(
            "number",
            _("No."),
            "key",
            value=lambda row: f"{key}-{row['number']}",
            sort="number",
        ),
        Column("title", _("Title"), "link"),
        Column("owner", _("Owner"), "person", field="owner__name"),
        Column("due_on", due, "date"),
        Column("state", _("State"), "state", states=STATES[sort]),
        Column("created_at", _("Raised"), "date", default=False),
    )


def _filters(project: Project, actor: Actor, states: Any, *searched: str) -> tuple[Filter, ...]:
    def own(rows: Rows) -> Rows:
        return rows.filter(owner_id=actor.person_id)

    return (
        search(_("Search"), *searched),
        choice("state", _("State"), states, default="open"),
        choice("owner", _("Owner"), lambda: team(project), field="owner_id"),
        flag("mine", _("Mine"), own),
        flag("overdue", _("Overdue"), queries.overdue),
    )


def _cell_filters(scales: matrix.Scales) -> tuple[Filter, ...]:
    """Kind and level; and the four that a cell of a matrix links to."""
    levels = {f"{of.kind}-{one.key}": (of, one) for of in scales.both for one in of.levels}
    words = [(key, f"{RiskKind(of.kind).label}: {one.word}") for key, (of, one) in levels.items()]

    def at_level(rows: Rows, value: str) -> Rows:
        of, level = levels.get(value, (None, None))
        return queries.at_level(rows, of, level.key) if of and level else rows

    return (
        choice("kind", _("Kind"), RiskKind.choices),
        Filter("level", _("Level"), at_level, words),
        _cell("now", pgettext_lazy("assessment", "Probability × impact"), ""),
        _cell("after", _("After measures"), "residual_"),
    )


def _cell(key: str, label: Promise, prefix: str) -> Filter:
    """``?now=4x3``: one cell of a matrix."""
    cells = [(f"{row}x{column}", f"{row} × {column}") for row in range(5, 0, -1) for column in _ONE]
    known = dict(cells)

    def narrow(rows: Rows, value: str) -> Rows:
        if value not in known:
            return rows
        probability, impact = value.split("x")
        return rows.filter(**{f"{prefix}probability": probability, f"{prefix}impact": impact})

    return Filter(key, label, narrow, cells, kind="hidden")


_ONE = range(1, 6)
