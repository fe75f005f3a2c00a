"""The end report: its template, and where it is written."""

from django.urls import reverse

from tospann.blanks import queries as blanks
from tospann.blanks.models import Blank, Filled
from tospann.closing.queries.readiness import END_REPORT
from tospann.projects.models import Project


def blank(project: Project) -> Blank:
    """The pack's end report, or 404."""
    return blanks.blank(project, END_REPORT)


def _latest(project: Project) -> Filled | None:
    found = Filled.objects.filter(project=project, blank__key=END_REPORT)
    return found.order_by("-number").first()


def is_begun(project: Project) -> bool:
    return _latest(project) is not None


def address(project: Project) -> str:
    """The report that is written, else the template it begins from."""
    found = _latest(project)
    if found is not None:
        return reverse("filled", args=[project.key, found.number])
    has = Blank.objects.filter(project=project, key=END_REPORT).exists()
    return reverse("template", args=[project.key, END_REPORT]) if has else _list(project)


def _list(project: Project) -> str:
    return reverse("templates", args=[project.key])
