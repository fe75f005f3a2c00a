"""Data rules of gates that quality answers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tospann.cases.rules import Given, Parameter, Rule, RuleResult, rules_come_from
from tospann.foundation.authority import Sentence
from tospann.projects.models import Project
from tospann.quality import queries
from tospann.quality.models import Grade

_NONE_REQUIRED = gettext_noop("No requirements are written down, so nothing can be proved.")
_PROVED = gettext_noop("%(proved)s of %(all)s requirements are proved.")
_FAULTS = gettext_noop("%(count)s open faults of grade %(grades)s.")
_NO_FAULTS = gettext_noop("No open faults of grade %(grades)s.")
_NONE_PLANNED = gettext_noop("No deliverables are written down, so none can be accepted.")
_ACCEPTED = gettext_noop("%(accepted)s of %(all)s deliverables are accepted.")


def _every_requirement_proved(project: Project, given: Given) -> RuleResult:
    now = queries.standing(project)
    link = f"/p/{project.key}/quality/coverage"
    if not now.requirements:
        return RuleResult(None, Sentence(_NONE_REQUIRED), link)
    values = {"proved": now.proved, "all": now.requirements}
    return RuleResult(not now.unproved, Sentence(_PROVED, values), link)


def _no_open_faults(project: Project, given: Given) -> RuleResult:
    """``grade`` and everything more serious."""
    worst = [grade for grade in Grade.values if grade <= given["grade"]]
    count = sum(queries.standing(project).faults[grade] for grade in worst)
    values = {"count": count, "grades": ", ".join(worst)}
    said = Sentence(_FAULTS if count else _NO_FAULTS, values)
    return RuleResult(count == 0, said, f"/p/{project.key}/quality/nonconformities")


def _deliverables_accepted(project: Project, given: Given) -> RuleResult:
    now = queries.standing(project)
    link = f"/p/{project.key}/quality/deliverables"
    if not now.deliverables:
        return RuleResult(None, Sentence(_NONE_PLANNED), link)
    values = {"accepted": now.accepted, "all": now.deliverables}
    return RuleResult(now.accepted == now.deliverables, Sentence(_ACCEPTED, values), link)


_GRADES = (("A", _("A only")), ("B", _("A and B")), ("C", _("All faults")))
RULES = (
    Rule(
        "every_requirement_proved",
        _("Every requirement is proved"),
        _every_requirement_proved,
        help=_("A requirement is proved when every test, review and deliverable of it holds."),
        feature="quality",
    ),
    Rule(
        "no_open_faults",
        _("No open faults"),
        _no_open_faults,
        parameters=(Parameter("grade", _("Grade"), "choice", default="B", options=_GRADES),),
        feature="quality",
    ),
    Rule(
        "deliverables_accepted",
        _("All deliverables are accepted"),
        _deliverables_accepted,
        feature="quality",
    ),
)


def register() -> None:
    rules_come_from(RULES)
