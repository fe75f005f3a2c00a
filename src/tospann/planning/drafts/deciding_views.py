"""The end of a draft: applied by whoever may decide it, or submitted to whoever must."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.cases.models import Case
from tospann.people.pages import answer, go, require
from tospann.planning.drafts import applying
from tospann.planning.drafts.desk import Desk, desk_of
from tospann.planning.drafts.forms import SubmitForm
from tospann.planning.drafts.views import address
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page


@require_POST
@project_page
def apply(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Make the changes now: they are one's own to decide."""
    desk = _ready(request, project, pk)
    outcome = applying.apply(request.actor, desk.head, desk.draft)
    to = reverse("plan_chart", args=[project.key])
    return answer(request, outcome, to, _("The draft is applied to the plan."))


@project_page
def submit(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """The draft as a case, or as an alternative of one that is being prepared."""
    desk = _ready(request, project, pk)
    waiting = list(applying.waiting_cases(request.actor, desk.head))
    choices = [(str(one.pk), f"{project.key}-{one.number} {one.title}") for one in waiting]
    shown = {"title": desk.draft.name, "case": request.GET.get("case", "")}
    form = SubmitForm(request.POST or None, cases=choices, initial=shown)
    if form.is_valid():
        case = _submitted(desk, form.cleaned_data, waiting)
        return go(request, reverse("case", args=[project.key, case.number]))
    deciding = applying.ruling(request.actor, desk.head, desk.draft)
    return form_page(
        request,
        form,
        title=_("Submit the draft"),
        submit=_("Submit"),
        lead=str(deciding),
        cancel=address(desk.draft, project),
        project=project,
    )


def _submitted(desk: Desk, typed: dict[str, Any], waiting: list[Case]) -> Case:
    case = next((one for one in waiting if str(one.pk) == typed["case"]), None)
    if case is not None:
        applying.add_to_case(desk.actor, desk.head, desk.draft, case)
        return case
    return applying.open_case(
        desk.actor,
        desk.head,
        desk.draft,
        title=typed["title"],
        situation=typed["situation"],
        recommendation=typed["recommendation"],
        need_by=typed["need_by"],
        at_once=not typed["later"],
    )


def _ready(request: ProjectRequest, project: Project, pk: UUID) -> Desk:
    desk = desk_of(request, project, pk)
    require(desk.editing)
    desk.require_clear()
    return desk
