"""How it went: goals with their criteria and reasons, and what was answered."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from tospann.closing.models import Audience, Evaluation, Survey
from tospann.projects.models import CriterionResult, Goal, Project, SuccessCriterion
from tospann.projects.queries import goals


@dataclass(frozen=True)
class Judged:
    """A success criterion, and why it counts as met or not."""

    criterion: SuccessCriterion
    evaluation: Evaluation | None

    @property
    def tone(self) -> str:
        tones = {CriterionResult.MET: "success", CriterionResult.NOT_MET: "warning"}
        return tones.get(CriterionResult(self.criterion.result), "neutral")


def evaluated(project: Project) -> list[tuple[Goal, list[Judged]]]:
    """By goal: three queries."""
    rows = Evaluation.objects.filter(project=project).select_related("person")
    said = {one.criterion_id: one for one in rows}
    return [
        (goal, [Judged(one, said.get(one.pk)) for one in goal.success_criteria.all()])
        for goal in goals(project)
    ]


def criterion(project: Project, pk: UUID) -> SuccessCriterion:
    found = SuccessCriterion.objects.filter(project=project, pk=pk).first()
    if found is None:
        raise Http404
    return found


def reason_of(of: SuccessCriterion) -> str:
    found = Evaluation.objects.filter(criterion=of).first()
    return found.reason if found else ""


def surveys(project: Project) -> list[Survey]:
    return list(Survey.objects.filter(project=project).order_by("-number"))


def survey(project: Project, number: int, audience: Audience | None = None) -> Survey:
    found = Survey.objects.filter(project=project, number=number)
    if audience is not None:
        found = found.filter(audience=audience)
    one = found.select_related("project").first()
    if one is None:
        raise Http404
    return one
