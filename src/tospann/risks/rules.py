"""What gates may ask of the risks: an owner for each high one, none above what is tolerated."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tospann.cases.rules import Given, Parameter, Rule, RuleResult, rules_come_from
from tospann.foundation.authority import Sentence
from tospann.projects.models import Project
from tospann.risks import matrix, queries
from tospann.risks.models import RiskKind, RiskState

_OWNED = gettext_noop("Every risk from level “%(level)s” up has an owner.")
_NOT_OWNED = gettext_noop("%(n)s risks from level “%(level)s” up have no owner: %(names)s.")
_WITHIN = gettext_noop("No open risk is above level “%(level)s”.")
_ABOVE = gettext_noop("%(n)s open risks are above level “%(level)s”: %(names)s.")
_UNASSESSED = gettext_noop("%(n)s open risks are not assessed: %(names)s.")


def _no_high_without_owner(project: Project, given: Given) -> RuleResult:
    scales, least = matrix.of_project(project), int(given["level"])
    found = _open(project, scales).filter(level__gte=least, owner=None)
    left, said = _named(project, found), {"level": _word(scales, least)}
    if left:
        return _no(project, _NOT_OWNED, left, said)
    return RuleResult(True, Sentence(_OWNED, said), _link(project))


def _none_above(project: Project, given: Given) -> RuleResult:
    scales, most = matrix.of_project(project), int(given["level"])
    rows = _open(project, scales)
    left, said = _named(project, rows.filter(level__gt=most)), {"level": _word(scales, most)}
    if left:
        return _no(project, _ABOVE, left, said)
    unassessed = _named(project, rows.filter(level=0))
    if unassessed:
        return _no(project, _UNASSESSED, unassessed, {})
    return RuleResult(True, Sentence(_WITHIN, said), _link(project))


def _open(project: Project, scales: matrix.Scales) -> Any:
    """The open threats with the rank of their cell (0: not assessed)."""
    rows = queries.risks(project).filter(state=RiskState.OPEN, kind=RiskKind.THREAT)
    return queries.ranked(rows, scales).order_by("-level", "number")


def _named(project: Project, rows: Any) -> list[str]:
    return [f"{project.key}-{number} {title}" for number, title in rows.values_list(
        "number", "title"
    )]  # fmt: skip


def _no(project: Project, msgid: str, left: list[str], said: dict[str, str]) -> RuleResult:
    names = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
    values = {**said, "n": len(left), "names": names}
    return RuleResult(False, Sentence(msgid, values), _link(project))


def _link(project: Project) -> str:
    return f"/p/{project.key}/risks"


def _word(scales: matrix.Scales, rank: int) -> str:
    return next((one.word for one in scales.threat.levels if one.rank == rank), str(rank))


def _levels(project: Project) -> list[tuple[str, str]]:
    return [(str(one.rank), one.word) for one in matrix.of_project(project).threat.levels]


rules_come_from(
    [
        Rule(
            "no_high_risk_without_owner",
            _("No high risk without an owner"),
            _no_high_without_owner,
            (Parameter("level", _("From this level up"), "whole", default="3", choices=_levels),),
        ),
        Rule(
            "no_risk_over_tolerance",
            _("No open risk above what is tolerated"),
            _none_above,
            (
                Parameter(
                    "level", _("Highest level tolerated"), "whole", default="3", choices=_levels
                ),
            ),
        ),
    ]
)
