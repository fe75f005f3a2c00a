"""The rules cases themselves answer: a case that is decided, documents that are in place."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tospann.cases.models import Case, CaseState, Decision, DecisionOutcome
from tospann.cases.rules import (
    CASE_DECIDED,
    Given,
    Missing,
    Parameter,
    Rule,
    RuleResult,
    rules_come_from,
)
from tospann.documents.models import NeededState
from tospann.documents.queries.needed import needed
from tospann.foundation.authority import SYSTEM, Sentence
from tospann.projects.models import Phase, Project

_NO_SUCH = gettext_noop("There is no case or decision %(number)s any more.")
_NOT_NAMED = gettext_noop("It is not said yet which case; change the rule to name it.")
_WAITS = gettext_noop("%(title)s is not decided.")
_REJECTED = gettext_noop("%(title)s was rejected %(day)s.")
_REVERSED = gettext_noop("%(title)s was decided %(day)s, and reversed since.")
_DECIDED = gettext_noop("%(title)s was decided %(day)s.")
_NO_PHASE = gettext_noop("The phase the rule is about is no longer there.")
_NONE_NEEDED = gettext_noop("No documents are needed.")
_IN_PLACE = gettext_noop("All %(total)s needed documents are in place.")
_LACKING = gettext_noop("%(left)s of %(total)s needed documents are not in place: %(names)s.")
_SETTLED = (NeededState.IN_PLACE, NeededState.NOT_RELEVANT)


def _case_decided(project: Project, given: Given) -> RuleResult:
    if given["number"] is None:
        raise Missing(Sentence(_NOT_NAMED))
    number = int(given["number"])
    decision = _decision(project, number)
    if decision is None:
        case = Case.objects.filter(project=project, number=number).first()
        if case is None or case.state == CaseState.WITHDRAWN:
            raise Missing(Sentence(_NO_SUCH, {"number": f"{project.key}-{number}"}))
        title = f"{project.key}-{number} {case.title}"
        return RuleResult(
            False,
            Sentence(_WAITS, {"title": title}),
            f"/p/{project.key}/decisions/cases/{number}",
        )
    said = {"title": f"{project.key}-{decision.number} {decision.title}"}
    said["day"] = f"day:{decision.decided_on}"
    link = f"/p/{project.key}/decisions/log/{decision.number}"
    if decision.outcome == DecisionOutcome.REJECTED:
        return RuleResult(False, Sentence(_REJECTED, said), link)
    if _is_reversed(decision):
        return RuleResult(False, Sentence(_REVERSED, said), link)
    return RuleResult(True, Sentence(_DECIDED, said), link)


def _decision(project: Project, number: int) -> Decision | None:
    """By its own number or its case's: people know either."""
    found = Decision.objects.filter(project=project)
    return found.filter(case__number=number).first() or found.filter(number=number).first()


def _is_reversed(decision: Decision) -> bool:
    back = Decision.objects.filter(case__reverses=decision)
    return back.exclude(outcome=DecisionOutcome.REJECTED).exists()


def _documents_in_place(project: Project, given: Given) -> RuleResult:
    phase = None
    if given["phase"]:
        phase = Phase.objects.filter(project=project, key=given["phase"]).first()
        if phase is None:
            raise Missing(Sentence(_NO_PHASE))
    rows = [one for one in needed(SYSTEM, project) if phase is None or one.phase_id == phase.pk]
    left = [one.title for one in rows if one.state not in _SETTLED]
    link = f"/p/{project.key}/documents/needed"
    if not left:
        said = Sentence(_IN_PLACE, {"total": len(rows)}) if rows else Sentence(_NONE_NEEDED)
        return RuleResult(True, said, link)
    names = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
    values = {"left": len(left), "total": len(rows), "names": names}
    return RuleResult(False, Sentence(_LACKING, values), link)


def _phases(project: Project) -> list[tuple[str, str]]:
    rows = Phase.objects.filter(project=project).order_by("position")
    return [(one.key, one.name) for one in rows]


rules_come_from(
    [
        Rule(
            CASE_DECIDED,
            _("A case is decided"),
            _case_decided,
            (Parameter("number", _("Number of the case or decision"), "whole", is_required=False),),
            _("Holds when the case is decided, is not rejected and is not reversed later."),
        ),
        Rule(
            "needed_documents_approved",
            _("The needed documents are approved"),
            _documents_in_place,
            (Parameter("phase", _("Phase"), "choice", is_required=False, choices=_phases),),
            _("All of the project, or those of one phase."),
        ),
    ]
)
