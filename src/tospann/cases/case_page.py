"""The page of a case, for reading and deciding; shown again when a decision was not carried out."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from tospann.cases import commands, comparing, queries, words
from tospann.cases.decide_form import DecideForm
from tospann.cases.forms import RemarkForm
from tospann.cases.models import Case
from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError, NotAllowed
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest
from tospann.ui.pages import page


def show(
    request: ProjectRequest,
    project: Project,
    found: Case,
    form: DecideForm | None = None,
    *,
    changed: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    alternatives = queries.alternatives(found)
    rows = [row["alternative"] for row in alternatives]
    may_decide = commands.decide.ruling(request.actor, found)
    return page(
        request,
        "cases/case.html",
        status=status,
        **words.SHOWN,
        **comparing.SHOWN,
        comparison=comparing.side_by_side(found, rows, request.actor),
        project=project,
        case=found,
        changed=changed,
        why=queries.why(found),
        who=queries.who_decides_case(found),
        alternatives=alternatives,
        remarks=queries.remarks(found),
        assents=queries.assents(found),
        decision=queries.decision_of(found),
        may_edit=commands.edit_case.ruling(request.actor, found),
        may_decide=may_decide,
        may_discuss=commands.remark.ruling(request.actor, found),
        decide_form=form or decide_form(request, found, None),
        remark_form=RemarkForm(),
    )


def decide_form(request: ProjectRequest, found: Case, data: Any) -> DecideForm:
    start = {"alternative": found.recommended}
    return DecideForm(data, case=found, actor=request.actor, initial=start, version=found.version)


def decide(request: ProjectRequest, project: Project, found: Case) -> Any:
    """Decide by the form that was sent: the outcome, or the page that says why not."""
    form = decide_form(request, found, request.POST)
    if not form.is_valid():
        return show(request, project, found, form, status=422)
    typed = form.cleaned_data
    try:
        return submit(
            request.actor,
            commands.decide.on(found, typed.get("version")),
            alternative=typed["alternative"],
            reason=typed["reason"],
            conditions=form.conditions(),  # type: ignore[arg-type]  # checked by the command
            part=form.parts(),
            seen=typed["seen"],
        )
    except commands.HasMoved as moved:
        return _moved(request, project, found, moved)
    except NotAllowed:
        raise
    except CommandError as error:
        form.add_error(None, error.message)
        fresh = queries.case(project, found.number)
        return show(request, project, fresh, form, status=error.status)


def _moved(
    request: ProjectRequest, project: Project, found: Case, moved: commands.HasMoved
) -> HttpResponse:
    """Bring the case up to date, and show what has changed with what was typed."""
    submit(request.actor, commands.refresh_case.on(found))
    fresh = queries.case(project, found.number)
    again = request.POST.copy()
    form = decide_form(request, fresh, None)
    again["seen"], again["version"] = form["seen"].value(), str(fresh.version)
    return show(
        request,
        project,
        fresh,
        decide_form(request, fresh, again),
        changed=moved.changed,
        status=409,
    )
