"""Starting, writing and discarding a draft."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, go
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import commands, queries
from tospann.reports.drafting import autosave
from tospann.reports.drafting.words import SECTIONS
from tospann.reports.models import StatusReport
from tospann.reports.views.reading import editor
from tospann.reports.views.signing import sign_now, submit_now
from tospann.ui.formats import clock
from tospann.ui.jinja import language
from tospann.ui.pages import page


def address(report: StatusReport) -> str:
    return reverse("report", args=[report.project.key, report.number])


@require_POST
@project_page
def start_report(request: ProjectRequest, project: Project) -> HttpResponse:
    """A new draft, or on to the one that is under way."""
    ruling = commands.start_report.ruling(request.actor, project)
    there = queries.under_way(project)
    if there is not None and ruling.may_decide:
        return go(request, address(there))
    outcome = submit(request.actor, commands.start_report.on(project), id=new_id())
    there = queries.under_way(project)
    to = address(there) if there else reverse("reports", args=[project.key])
    return answer(request, outcome, to, _("The draft is ready. Correct what needs it."))


@require_POST
@project_page
def save_report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Keep what was typed; then send or sign it if that button was pressed."""
    found, typed = queries.report(project, number), request.POST.dict()
    is_script = request.headers.get("Accept") == "application/json"
    try:
        kept = autosave.keep(request.actor, found, typed)
    except Invalid as error:
        return _not_kept(request, found, typed, error, is_script=is_script)
    if is_script:
        return _told(kept)
    if kept.clashes:
        shown = {"typed": kept.refused, "clashes": kept.clashes}
        return editor(request, kept.report, status=409, **shown)
    return _then(request, kept.report, typed)


def _then(request: ProjectRequest, report: StatusReport, typed: dict[str, str]) -> HttpResponse:
    wanted = typed.get("then", "")
    try:
        if wanted == "submit":
            return submit_now(request, report)
        if wanted == "sign":
            return sign_now(request, report)
    except Invalid as error:
        return editor(request, queries.report(request.project, report.number), status=422,
                      problem=error.message)  # fmt: skip
    if wanted.startswith("computed:"):
        autosave.use_computed(request.actor, report, wanted.removeprefix("computed:"))
    return go(request, address(report))


def _told(kept: autosave.Kept) -> JsonResponse:
    """What the script needs: when it was saved, the new fingerprints, and what clashed."""
    at = clock(kept.saved_at, language()) if kept.saved_at else ""
    said = _("Saved %(time)s") % {"time": at}
    if kept.clashes:
        said = _("Somebody else has written in the same place. Both texts are shown.")
    data: dict[str, Any] = {
        "said": said,
        "bases": {key: base for key, base in kept.bases.items() if key not in kept.clashes},
        "clashes": kept.clashes,
    }
    return JsonResponse(data)


def _not_kept(
    request: ProjectRequest,
    report: StatusReport,
    typed: dict[str, str],
    error: Invalid,
    *,
    is_script: bool,
) -> HttpResponse:
    """Nothing typed is lost: it stands on the page that says why it was not saved."""
    if is_script:
        return JsonResponse({"said": error.message}, status=error.status)
    if report.is_writable:
        return editor(request, report, status=422, typed=typed, problem=error.message)
    texts = [text for key, text in typed.items() if key in SECTIONS and text.strip()]
    shown = {"project": request.project, "report": report, "problem": error.message}
    return page(request, "reports/unsaved.html", status=409, texts=texts, **shown)


@require_POST
@project_page
def discard_report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.report(project, number)
    outcome = submit(request.actor, commands.discard_report.on(found))
    to = reverse("reports", args=[project.key])
    return answer(request, outcome, to, _("The draft was discarded."))
