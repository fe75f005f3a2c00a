"""The plan to take along: what to choose, the files, and the sheets as a page to print."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tospann.foundation.errors import Invalid
from tospann.planning import queries
from tospann.planning.exports import files, paper
from tospann.planning.exports.choosing import Choice
from tospann.planning.models import Plan
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui import exports
from tospann.ui.forms import DateField, Form
from tospann.ui.jinja import language
from tospann.ui.pages import page, problem
from tospann.ui.pdf import Busy


class ExportForm(Form):
    """What goes on paper. ``asked`` tells a form that was sent from an address without one."""

    asked = forms.CharField(required=False, initial="1", widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=lazy("Which rows"),
        choices=[
            ("all", lazy("Everything")),
            ("open", lazy("What is not done")),
            ("critical", lazy("The critical path")),
            ("phases", lazy("Phases and milestones")),
        ],
    )
    levels = forms.TypedChoiceField(
        label=lazy("Levels"),
        coerce=int,
        choices=[(0, lazy("All levels")), (1, "1"), (2, "2"), (3, "3"), (4, "4")],
    )
    first = DateField(label=lazy("From"), required=False)
    last = DateField(label=lazy("To"), required=False)
    paper = forms.ChoiceField(
        label=lazy("Paper"),
        choices=[("a3", lazy("A3, on its side")), ("a4", lazy("A4, on its side"))],
    )
    baseline = forms.BooleanField(label=lazy("The frozen plan as thin bars"), required=False)
    links = forms.BooleanField(label=lazy("Dependencies"), required=False)
    layout = (("what", "levels"), ("first", "last"), ("paper",), ("baseline", "links"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        return said

    def choice(self) -> Choice:
        return Choice(**{name: self.cleaned_data[name] for name in Choice.__dataclass_fields__})


STANDARD: dict[str, Any] = {
    "asked": "1", "what": "all", "levels": 0, "paper": "a3", "baseline": True, "links": True,
}  # fmt: skip


def _form(request: ProjectRequest) -> ExportForm:
    """What was chosen; the standard when nothing was."""
    sent = request.GET
    return ExportForm(sent if sent.get("asked") else STANDARD, initial=STANDARD)


@project_page
def export(request: ProjectRequest, project: Project) -> HttpResponse:
    """Choose what; with ``format`` the file itself."""
    head = queries.existing_plan(project)
    wanted = request.GET.get("format", "")
    if wanted == "xml" or wanted in exports.KINDS:
        return files.table(head, wanted, language())
    form = _form(request)
    if wanted not in files.MOST or not form.is_valid():
        return _page(request, head, form)
    try:
        if wanted == "print":
            return _to_print(request, files.drawn(head, wanted, form.choice(), language()))
        return files.drawing(head, wanted, form.choice(), language())
    except Invalid as error:
        form.add_error(error.field or None, error.message)
        return _page(request, head, form)
    except Busy:
        return problem(request, 503, _("Many files are being made. Try again in a moment."))


def _page(request: ProjectRequest, head: Plan, form: ExportForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(
        request, "planning/export.html", status=status, project=head.project, head=head, form=form
    )


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
