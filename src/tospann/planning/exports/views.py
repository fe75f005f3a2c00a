"""The plan to take along: what to choose, the files, and the sheets as a page to print."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

import planengine as engine
from tospann.planning import queries
from tospann.planning.drawing import Chart, Look, gantt
from tospann.planning.drawing.rows import columns
from tospann.planning.exports import msproject, paper, pictures, tables
from tospann.planning.exports.choosing import Choice, chosen, look_of
from tospann.planning.models import Plan
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui import exports
from tospann.ui.forms import DateField, Form
from tospann.ui.jinja import language
from tospann.ui.pages import page, problem
from tospann.ui.pdf import Busy

TYPES = {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}
MOST = {"pdf": paper.MOST_ROWS, "print": 400, **pictures.MOST_ROWS}


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


@dataclass(frozen=True)
class _Drawn:
    """What a file is made from."""

    head: Plan
    chart: Chart
    look: Look
    choice: Choice
    today: date


def _form(request: ProjectRequest) -> ExportForm:
    """What was chosen; the standard when nothing was."""
    sent = request.GET
    return ExportForm(sent if sent.get("asked") else STANDARD, initial=STANDARD)


@project_page
def export(request: ProjectRequest, project: Project) -> HttpResponse:
    """Choose what; with ``format`` the file itself."""
    head = queries.existing_plan(project)
    wanted = request.GET.get("format", "")
    if wanted in exports.KINDS:
        return exports.respond(
            wanted, _name(head, ""), tables.headings(), tables.rows(head, language())
        )
    if wanted == "xml":
        return _file(msproject.xml(head).data, "application/xml", _name(head, "xml"))
    form = _form(request)
    if wanted not in MOST or not form.is_valid():
        return _page(request, head, form)
    drawn = _drawn(head, form.choice())
    if len(drawn.chart.bars) > MOST[wanted]:
        form.add_error("what", _too_many(len(drawn.chart.bars), MOST[wanted]))
        return _page(request, head, form)
    return _answer(request, wanted, drawn)


def _page(request: ProjectRequest, head: Plan, form: ExportForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(
        request, "planning/export.html", status=status, project=head.project, head=head, form=form
    )


def _too_many(count: int, most: int) -> str:
    said = _("That is %(count)s rows; at most %(most)s fit here. Choose fewer levels or a period.")
    return said % {"count": count, "most": most}


def _drawn(head: Plan, choice: Choice) -> _Drawn:
    now, speech = timezone.localtime(), language()
    chart = chosen(head, choice, speech)
    look = look_of(chart, choice, speech, engine.instant(now.replace(tzinfo=None, microsecond=0)))
    return _Drawn(head, chart, look, choice, now.date())


def _answer(request: ProjectRequest, wanted: str, drawn: _Drawn) -> HttpResponse:
    if wanted == "print":
        return _to_print(request, drawn)
    make: dict[str, Callable[[], str | bytes]] = {
        "pdf": lambda: paper.pdf(
            drawn.head, drawn.chart, drawn.look, paper.PAPERS[drawn.choice.paper], drawn.today
        ),
        "svg": lambda: pictures.svg(drawn.head, drawn.chart, drawn.look),
        "png": lambda: pictures.png(drawn.head, drawn.chart, drawn.look),
    }
    try:
        made = make[wanted]()
    except Busy:
        return problem(request, 503, _("Many files are being made. Try again in a moment."))
    return _file(made, TYPES[wanted], _name(drawn.head, wanted))


def _to_print(request: ProjectRequest, drawn: _Drawn) -> HttpResponse:
    """The same sheets as on paper, on a page that prints as they stand."""
    divided, look = paper.fitted(drawn.chart.bars, drawn.look, paper.PAPERS[drawn.choice.paper])
    return page(
        request,
        "planning/print.html",
        project=drawn.head.project,
        head=drawn.head,
        today=drawn.today,
        paper=drawn.choice.paper,
        sheets=[
            gantt(
                rows, baseline=drawn.chart.baseline, links=drawn.chart.links, columns=columns(),
                look=paper.numbered(look, place), like=drawn.chart.bars,
            )
            for place, rows in enumerate(divided)
        ],
    )  # fmt: skip


def _name(head: Plan, ending: str) -> str:
    name = f"{head.project.key} {_('Plan')}"
    return f"{name} {timezone.localdate()}.{ending}" if ending else name


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer
