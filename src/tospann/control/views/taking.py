"""Excel: the workbooks out, and the budget in again after one has seen what differs."""

import json
from typing import IO, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tospann.budget import commands
from tospann.budget import queries as budget
from tospann.budget.importing import cells
from tospann.budget.models import Budget
from tospann.control.forms import BudgetFileForm, DifferencesForm
from tospann.control.workbooks import taking
from tospann.foundation.authority import Power, Ruling, rule
from tospann.foundation.commands import submit
from tospann.foundation.errors import Gone
from tospann.jobs import incoming
from tospann.people.pages import answer, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.uploads import upload_page
from tospann.ui.pages import page

CHANGE = commands.change_lines


@project_page
def workbooks(request: ProjectRequest, project: Project) -> HttpResponse:
    """What there is to download, and where the budget comes in."""
    head = budget.budget(project)
    ruling = CHANGE.ruling(request.actor, head) if head else None
    form = BudgetFileForm() if ruling is not None and not ruling.is_refused else None
    return _page(request, project, form)


def _page(
    request: ProjectRequest, project: Project, form: BudgetFileForm | None, *, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "control/workbooks.html",
        status=status,
        project=project,
        tab="money_control",
        form=form,
        hours=rule(request.actor, Power.APPROVE_HOURS, project.pk).may_decide,
    )


def _may(request: ProjectRequest, project: Project) -> None:
    require(CHANGE.ruling(request.actor, _head(project)))


def _received(
    request: ProjectRequest, project: Project, file: IO[bytes], name: str
) -> HttpResponse:
    """What the file would change, line by line; or what is wrong with it, cell by cell."""
    content, _file_hash = cells.read(file, incoming.most_bytes())
    taken = taking.compare(project, content, timezone.localdate())
    return _differences(request, project, _head(project), taken)


read_budget = require_POST(upload_page(BudgetFileForm, may=_may, shown=_page, received=_received))


def _differences(
    request: ProjectRequest, project: Project, head: Budget, taken: taking.Taken
) -> HttpResponse:
    ruling = _assessed(request, head, taken)
    return page(
        request,
        "control/differences.html",
        status=422 if taken.problems else 200,
        project=project,
        tab="money_control",
        taken=taken,
        ruling=ruling,
        before=sum(one.line.amount for one in taken.differences if one.line),
        lines=json.dumps(taken.rows),
    )


def _assessed(request: ProjectRequest, head: Budget, taken: taking.Taken) -> Ruling | None:
    """Who decides about it; nothing while there is something wrong or nothing to change."""
    if taken.problems or not taken.rows:
        return None
    said: dict[str, Any] = {"lines": taken.rows}
    return CHANGE.assess(request.actor, head, said)


@require_POST
@project_page
def take_budget(request: ProjectRequest, project: Project) -> HttpResponse:
    """Change the lines as was shown, or propose it."""
    head = _head(project)
    require(CHANGE.ruling(request.actor, head))
    form = DifferencesForm(request.POST)
    if not form.is_valid():
        return _page(request, project, BudgetFileForm(), status=422)
    outcome = submit(request.actor, CHANGE.on(head), lines=form.cleaned_data["lines"])
    return answer(request, outcome, reverse("money", args=[project.key]))


def _head(project: Project) -> Budget:
    found = budget.budget(project)
    if found is None:
        raise Gone
    return found
