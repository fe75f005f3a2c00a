"""The page where a document is written, and the pages of its versions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from tospann.blanks import commands, completeness, content, queries, showing
from tospann.blanks.models import EditionState, Filled
from tospann.foundation.authority import Ruling, rule
from tospann.foundation.commands import Command
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def filled(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.written(project, number)
    return shown(request, found)


def as_seen(request: ProjectRequest, found: Filled) -> content.Content:
    """The document as this reader may see it, in her language."""
    seen = queries.sees_restricted(request.actor, found.project_id)
    return content.now(found, get_language() or found.project.language, restricted=seen)


def shown(
    request: ProjectRequest,
    found: Filled,
    *,
    status: int = 200,
    ours: Mapping[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """The document as a form for whoever may write in it now, else as it reads."""
    written = as_seen(request, found)
    if ours:
        written = replace(written, values={**written.values, **ours})
    write = commands.rename_filled.ruling(request.actor, found)
    template = "blanks/filled.html" if write.may_decide else "blanks/reading.html"
    told = {**_about(found, written), **_rulings(request, found), "write": write, **more}
    return page(request, template, status=status, **told)


def _about(found: Filled, written: content.Content) -> dict[str, Any]:
    editions = list(queries.editions(found))
    last = editions[0].state if editions else ""
    return {
        "project": found.project,
        "filled": found,
        "content": written,
        "shown": showing.Shown(found, written),
        "told": showing.told(found, written),
        "progress": completeness.of_all(written),
        "editions": editions,
        "waiting": editions[0] if last == EditionState.SUBMITTED else None,
        "returned": editions[0] if last == EditionState.RETURNED else None,
    }


def _rulings(request: ProjectRequest, found: Filled) -> dict[str, Ruling]:
    return {
        "send": settling(request, found),
        "revise": commands.revise_filled.ruling(request.actor, found),
        "may_talk": commands.comment_on.ruling(request.actor, found),
    }


def settling(request: ProjectRequest, found: Filled) -> Ruling:
    """Whether sending it makes it count at once, or makes it a case."""
    what: Command[Any, [], Any] = commands.settles(found)
    return rule(request.actor, what.needs, found.scope_id, what.kind, {})


@project_page
def edition(request: ProjectRequest, project: Project, number: int, version: int) -> HttpResponse:
    found = queries.written(project, number)
    one = queries.edition(found, version)
    one.filled = found
    language = get_language() or project.language
    seen = queries.sees_restricted(request.actor, project.pk)
    written = content.of_edition(one, language, restricted=seen)
    return page(
        request,
        "blanks/edition.html",
        project=project,
        filled=found,
        edition=one,
        content=written,
        shown=showing.Shown(found, written),
    )
