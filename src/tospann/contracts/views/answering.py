"""What the pages of contracts share."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from tospann.budget import queries as budget
from tospann.budget import sources
from tospann.contracts import queries
from tospann.contracts.forms.agreeing import Offered
from tospann.foundation.authority import Actor
from tospann.foundation.commands import Command
from tospann.people.pages import change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest
from tospann.ui.pages import is_fragment
from tospann.ui.register import Register

Choices = list[tuple[str, str]]


def listed(
    request: ProjectRequest,
    project: Project,
    register: Register,
    rows: Any,
    *,
    add: Command[Any, Any, Any],
    **shown: Any,
) -> HttpResponse:
    """A list with its tabs; the figures only above the contracts, where the whole page is shown."""
    whole = not is_fragment(request) and "format" not in request.GET
    has_figures = whole and register.key == "contracts"
    return register.respond(
        request,
        rows,
        template="contracts/list.html",
        project=project,
        tab="contracts",
        part=register.key,
        may_add=not add.ruling(request.actor, project).is_refused,
        standing=queries.standing(project) if has_figures else None,
        **shown,
    )


def to(project: Project, name: str = "contracts") -> str:
    return reverse(name, args=[project.key])


def lines(project: Project) -> Choices:
    rows = budget.lines(project).order_by("code", "number")
    return [(str(one.pk), str(one)) for one in rows]


def tasks(project: Project) -> Choices:
    return [(str(uid), words) for uid, words in sources.names(project.pk)]


def offered(project: Project) -> Offered:
    """What a contract may point at."""
    return Offered(
        queries.party_choices(project), lines(project), tasks(project), projects.team(project)
    )


def rulings(actor: Actor, subject: Any, **commands: Command[Any, Any, Any]) -> dict[str, Any]:
    return {name: what.ruling(actor, subject) for name, what in commands.items()}


def changed(
    request: ProjectRequest,
    record: Any,
    form: Any,
    what: Command[Any, Any, Any],
    title: str,
    submit: str,
    **more: Any,
) -> HttpResponse:
    """A form that changes one record, as it was shown, and leads back to its page."""
    if "version" not in form.fields:
        form.carry(record.version)
    return change_by_form(
        request,
        form,
        what,
        record,
        **{
            "to": more.pop("to", "") or record.get_absolute_url(),
            "title": title,
            "submit": submit,
            "lead": str(record),
            "project": request.project,
            **more,
        },
    )
