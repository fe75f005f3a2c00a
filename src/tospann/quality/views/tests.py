"""One test: what is tried, trying it (phone first), and what came of it each time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents import uploads
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form, go, require_decides, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.quality import commands, queries, reading, register
from tospann.quality.forms import CaseForm, ResultForm
from tospann.quality.models import TestCase
from tospann.quality.offering import Offered
from tospann.ui.pages import page


@uploads.takes_a_file
@project_page
def case(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    one = queries.case(project, number, pk)
    form = ResultForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require_decides(commands.record_result.ruling(request.actor, one))
        if form.is_valid() and (to := _recorded(request, one, form)):
            messages.success(request, _("The result is recorded."))
            return go(request, to)
    return _case(request, project, one, form)


def _case(
    request: ProjectRequest, project: Project, one: TestCase, form: ResultForm
) -> HttpResponse:
    results = queries.results(one)
    may_test = commands.record_result.ruling(request.actor, one)
    return page(
        request,
        "quality/case.html",
        status=422 if form.errors else 200,
        project=project,
        case=one,
        form=form if may_test.may_decide and one.round.is_open else None,
        results=results,
        evidence=reading.evidence(request.actor, results),
        faults=reading.faults_of(one),
        proofs=queries.proofs_of(test_case=one),
        change=commands.change_case.ruling(request.actor, one),
        outcomes=register.OUTCOMES,
        grades=register.GRADES,
        states=register.STATES,
    )


def _recorded(request: ProjectRequest, one: TestCase, form: ResultForm) -> str | None:
    """Where to go on: the next test to try, or the round when there is none."""
    try:
        evidence = _kept(form)
    except Invalid as error:
        form.add_error("photo", error.message)
        return None
    bound = commands.record_result.on(one)
    said: dict[str, Any] = {**form.said(), "evidence": evidence, "id": new_id()}
    if not try_submit(request, form, bound, **said):
        return None
    following = queries.next_case(one, request.actor.person_id)
    return (following or one.round).get_absolute_url()


def _kept(form: ResultForm) -> list[dict[str, Any]]:
    """The photo, redrawn and safe on disk before the result is recorded."""
    upload = form.cleaned_data["photo"]
    if not upload:
        return []
    is_photo = (upload.content_type or "").startswith("image/")
    made = uploads.kept(upload, is_photo=is_photo)
    names = ("name", "media_type", "size", "sha256")
    return [{name: getattr(made, name) for name in names}]


@project_page
def edit(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    one = queries.case(project, number, pk)
    form = CaseForm(
        request.POST or None,
        offered=Offered(project),
        initial=CaseForm.start(one),
        version=one.version,
    )
    words: dict[str, Any] = {"title": _("Change the test"), "submit": _("Save")}
    to = one.get_absolute_url()
    return change_by_form(request, form, commands.change_case, one, to=to, project=project, **words)


@require_POST
@project_page
def remove(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    one = queries.case(project, number, pk)
    outcome = submit(request.actor, commands.remove_case.on(one))
    return answer(request, outcome, one.round.get_absolute_url(), _("The test was removed."))
