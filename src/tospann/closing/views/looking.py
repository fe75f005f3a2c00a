"""How it went: success criteria with reasons, and what team and customer answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.closing import answering, commands, queries
from tospann.closing.forms import AnswerForm, EvaluationForm, SurveyForm, in_days
from tospann.closing.models import Audience, Survey
from tospann.closing.queries import readiness, went
from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form, go
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@require_safe
@project_page
def evaluation(request: ProjectRequest, project: Project) -> HttpResponse:
    """Every goal with its criteria: met or not, and why."""
    return page(
        request,
        "closing/evaluation.html",
        project=project,
        goals=went.evaluated(project),
        closing=readiness.closing_of(project),
        **queries.rulings(request.actor, project, None),
    )


@project_page
def evaluate(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = went.criterion(project, pk)
    start = {"result": found.result, "reason": went.reason_of(found)}
    return change_by_form(
        request,
        EvaluationForm(request.POST or None, initial=start, version=found.version),
        commands.evaluate_criterion,
        found,
        to=reverse("closing_evaluation", args=[project.key]),
        said=_("The evaluation is kept."),
        known={"id": new_id()},
        title=found.text[:200],
        lead=found.target,
        submit=_("Save"),
        project=project,
    )


def _surveys(project: Project) -> str:
    return reverse("closing_surveys", args=[project.key])


@require_safe
@project_page
def surveys(request: ProjectRequest, project: Project) -> HttpResponse:
    """What was asked, and what is answered; hers to answer first."""
    found = [(one, answering.result(one)) for one in went.surveys(project)]
    return page(
        request,
        "closing/surveys.html",
        project=project,
        surveys=found,
        mine=[one.number for one, _r in found if answering.waits_for(request.actor, one)],
        fewest=answering.FEWEST,
        **queries.rulings(request.actor, project, None),
    )


@project_page
def new_survey(request: ProjectRequest, project: Project) -> HttpResponse:
    start = {"questions": "\n".join(usual_questions()), "closes_on": in_days(14)}
    form = SurveyForm(request.POST or None, initial=start)
    return change_by_form(
        request,
        form,
        commands.open_survey,
        project,
        to=_surveys(project),
        said=_("They are asked now."),
        known={"id": new_id()},
        title=_("Ask how it went"),
        lead=_(
            "Nobody sees who answered what. The team is told; the customer finds it in the room."
        ),
        submit=_("Ask"),
        project=project,
    )


def usual_questions() -> list[str]:
    return [
        _("We reached what we set out to reach"),
        _("The cooperation was good"),
        _("We got the information we needed in time"),
        _("I would do a project like this again"),
    ]


@require_POST
@project_page
def end_survey(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    outcome = submit(request.actor, commands.close_survey.on(went.survey(project, number)))
    return answer(request, outcome, _surveys(project), _("The survey is closed."))


@project_page
def survey(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Answering as one of the team."""
    found = went.survey(project, number, Audience.TEAM)
    form = AnswerForm(request.POST or None, questions=found.questions)
    if form.is_valid() and kept(request, found, form):
        return go(request, _surveys(project))
    waits = answering.waits_for(request.actor, found)
    shown: dict[str, Any] = {"project": project, "survey": found, "form": form if waits else None}
    return page(request, "closing/survey.html", status=422 if form.errors else 200, **shown)


def kept(request: Any, survey: Survey, form: AnswerForm) -> bool:
    """Keep what was answered, or say in the form why not."""
    try:
        answering.answer(request.actor, survey, **form.given())
    except CommandError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, _("Thank you. Nobody can see that it was you."))
    return True
