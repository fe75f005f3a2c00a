"""The plan to take along: what to choose, the files, and the sheets as a page to print."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.foundation.errors import Invalid
from tospann.planning import queries
from tospann.planning.exports import files, paper
from tospann.planning.exports.forms import STANDARD, ExportForm
from tospann.planning.exports.taken import taken
from tospann.planning.models import Plan
from tospann.planning.revisions import past_views as past
from tospann.planning.revisions import points
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui import exports
from tospann.ui.jinja import language
from tospann.ui.pages import page, problem
from tospann.ui.pdf import Busy


def _form(request: ProjectRequest) -> ExportForm:
    """What was chosen; the standard when nothing was."""
    sent = request.GET
    return ExportForm(sent if sent.get("asked") else STANDARD, initial=STANDARD)


@project_page
def export(request: ProjectRequest, project: Project) -> HttpResponse:
    """Choose what; with ``format`` the file itself."""
    existing = queries.existing_plan(project)
    then = points.point(existing, request.GET["as_of"]) if past.is_asked(request) else None
    head = taken(existing, then)
    wanted = request.GET.get("format", "")
    if wanted == "xml" or wanted in exports.KINDS:
        return files.table(head, wanted, language())
    form = _form(request)
    if wanted not in files.MOST or not form.is_valid():
        return _page(request, existing, form, then)
    try:
        if wanted == "print":
            return _to_print(request, files.drawn(head, wanted, form.choice(), language()))
        return files.drawing(head, wanted, form.choice(), language())
    except Invalid as error:
        form.add_error(error.field or None, error.message)
        return _page(request, existing, form, then)
    except Busy:
        return problem(request, 503, _("Many files are being made. Try again in a moment."))


def _page(
    request: ProjectRequest, head: Plan, form: ExportForm, then: points.Point | None
) -> HttpResponse:
    said = {"project": head.project, "head": head, "form": form, "as_of": ""}
    if then is not None:
        said |= {"then": then, "as_of": then.asked}
    return page(request, "planning/export.html", status=422 if form.errors else 200, **said)


def _to_print(request: ProjectRequest, drawn: files.Drawn) -> HttpResponse:
    """The same sheets as on paper, on a page that prints as they stand."""
    divided, look = paper.fitted(drawn.chart.bars, drawn.look, paper.PAPERS[drawn.choice.paper])
    return page(
        request,
        "planning/print.html",
        project=drawn.head.project,
        head=drawn.head,
        today=drawn.today,
        paper=drawn.choice.paper,
        sheets=paper.drawings(divided, drawn.chart, look),
    )
