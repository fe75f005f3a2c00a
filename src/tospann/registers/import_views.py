"""A spreadsheet into a register: tried, shown with what is wrong or would come, then taken."""

import json
from datetime import date
from typing import IO, Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from pydantic import TypeAdapter, ValidationError

from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.jobs import confined
from tospann.people.pages import answer, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.uploads import upload_page
from tospann.registers import commands, queries, sheets
from tospann.ui.forms import Form
from tospann.ui.pages import page

SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS = TypeAdapter(list[commands.NewLine])


class UploadForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Excel file"),
        help_text=gettext_lazy("The first sheet is read; its first row must hold the headings."),
        widget=forms.ClearableFileInput(attrs={"accept": f".xlsx,{XLSX}"}),
    )


def _register(request: ProjectRequest, project: Project) -> queries.Kept:
    assert request.resolver_match is not None
    return queries.register(project, request.resolver_match.kwargs["own"])


def _may(request: ProjectRequest, project: Project) -> None:
    kept = _register(request, project).definition
    require(commands.bring_in_lines.ruling(request.actor, kept))


def _shown(
    request: ProjectRequest,
    project: Project,
    form: Form,
    *,
    status: int,
    sheet: sheets.Sheet | None = None,
) -> HttpResponse:
    kept = _register(request, project)
    more: dict[str, Any] = {"form": form, "sheet": sheet, "headings": sheets.headings(kept)}
    more["limit"] = sheets.MOST_BYTES // confined.MEGABYTE
    more["most"] = sheets.MOST_ROWS
    is_good = sheet is not None and not sheet.faults
    more["typed"] = json.dumps(sheet.rows, ensure_ascii=False) if sheet and is_good else ""
    more["preview"] = _preview(kept, sheet.rows) if sheet and is_good else []
    return page(request, "registers/excel.html", status=status, project=project, kept=kept, **more)


def _preview(kept: queries.Kept, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first rows as a reader knows them."""
    first = kept.states[0].key
    return [
        {
            "title": row["title"],
            "state": kept.state(row.get("state") or first).label,
            "due_on": date.fromisoformat(row["due_on"]) if row.get("due_on") else None,
        }
        for row in rows[:SHOWN]
    ]


def _received(
    request: ProjectRequest, project: Project, file: IO[bytes], _name: str
) -> HttpResponse:
    sheet = sheets.read(project, _register(request, project), file)
    return _shown(request, project, UploadForm(), status=422 if sheet.faults else 200, sheet=sheet)


excel = upload_page(
    UploadForm, may=_may, shown=_shown, received=_received, most=lambda: sheets.MOST_BYTES
)


@require_POST
@project_page
def take(request: ProjectRequest, project: Project, own: str) -> HttpResponse:
    """What was shown comes in as one act; the command checks every row again."""
    kept = queries.register(project, own).definition
    require(commands.bring_in_lines.ruling(request.actor, kept))
    try:
        rows = _ROWS.validate_json(request.POST.get("rows", ""))
    except ValidationError:
        raise Invalid(_("The file is not the one that was shown. Read it again.")) from None
    outcome = submit(request.actor, commands.bring_in_lines.on(kept), rows=rows)
    there = reverse("own_register", args=[project.key, own])
    return answer(request, outcome, there, _("The spreadsheet is in."))
