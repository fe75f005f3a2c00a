"""What is said about a section."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from tospann.blanks import commands, queries
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


@require_POST
@project_page
def comment_on_filled(
    request: ProjectRequest, project: Project, number: int, section: str
) -> HttpResponse:
    found = queries.filled(project, number)
    text = request.POST.get("text", "")
    what = commands.comment_on.on(found)
    outcome = submit(request.actor, what, id=new_id(), section=section, text=text)
    return answer(request, outcome, _place(project, number, section))


@require_POST
@project_page
def settle_filled_comment(
    request: ProjectRequest, project: Project, number: int, pk: UUID
) -> HttpResponse:
    """Settle it; or take it up again when it was settled."""
    comment = queries.comment(queries.filled(project, number), pk)
    settled = comment.settled_at is not None
    what = commands.take_comment_up_again if settled else commands.settle_comment
    outcome = submit(request.actor, what.on(comment))
    return answer(request, outcome, _place(project, number, comment.section))


def _place(project: Project, number: int, section: str) -> str:
    return f"{reverse('filled', args=[project.key, number])}#section-{section}"
