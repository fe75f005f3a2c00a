"""One form, one command: what every small change of a project's page has in common."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.foundation.authority import Ruling
from tospann.foundation.commands import Bound, Command
from tospann.foundation.errors import NotAllowed
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest
from tospann.projects.verdicts import verdict
from tospann.ui.forms import Form
from tospann.ui.pages import form_page


def ask(
    request: ProjectRequest,
    project: Project,
    form: Form,
    command: Command[Any, Any, Any],
    subject: Any,
    *,
    title: str,
    to: str,
    known: dict[str, Any] | None = None,
    danger: bool = False,
) -> HttpResponse:
    """Show the form; when it is sent, carry the command out or make it a proposal."""
    ruling = verdict(command, request.actor, subject)
    if ruling.is_refused:
        raise NotAllowed(str(ruling))
    if form.is_valid():
        values: dict[str, Any] = {**form.cleaned_data, **(known or {})}
        bound: Bound[Any, Any] = command.on(subject, values.pop("version", None))
        outcome = try_submit(request, form, bound, **values)
        if outcome is not None:
            return answer(request, outcome, to)
    return form_page(
        request,
        form,
        title=title,
        submit=save_word(ruling),
        decides="" if ruling.may_decide else str(ruling),
        cancel=to,
        danger=danger,
        project=project,
    )


def save_word(ruling: Ruling) -> str:
    return _("Save") if ruling.may_decide else _("Propose change")
