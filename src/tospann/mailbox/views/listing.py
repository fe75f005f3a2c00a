"""A project's mail: what is to be sorted, what was, what was not let in, and its address."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents.uploads import takes_at_most
from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.mailbox import bringing, commands, letters, queries
from tospann.mailbox.forms import FileForm, SorterForm
from tospann.people.pages import answer, change_by_form, go, require_decides
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


def _home(project: Project) -> str:
    return reverse("mail", args=[project.key])


@takes_at_most(letters.most_bytes)
@project_page
def mail(request: ProjectRequest, project: Project, shown: str = "unsorted") -> HttpResponse:
    """The list; a file that is dropped or chosen becomes a message at once."""
    require_decides(rule(request.actor, Power.KEEP_REGISTERS, project.pk))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = bringing.bring_in(request.actor, project, form.cleaned_data["file"])
            return go(request, made.get_absolute_url())
        except Invalid as error:
            form.add_error("file", error.message)
    status = 422 if form.errors else 200
    return page(request, "mailbox/list.html", status=status, form=form, **_listed(project, shown))


def _listed(project: Project, shown: str) -> dict[str, Any]:
    """The messages of one of the lists, and how the project is written to."""
    address = queries.address(project)
    return {
        "project": project,
        "shown": shown,
        "messages_shown": queries.listed(project, shown),
        "refused": list(queries.not_let_in(project)[:200]) if shown == "refused" else [],
        "counts": queries.counts(project),
        "address": address,
        "written_to": queries.shown_address(address, project),
        "is_configured": bool(settings.INCOMING_ADDRESS),
    }


@require_POST
@project_page
def open_mail_address(request: ProjectRequest, project: Project) -> HttpResponse:
    outcome = submit(request.actor, commands.open_address.on(project))
    return answer(request, outcome, _home(project), _("The project has a new mail address."))


@require_POST
@project_page
def close_mail_address(request: ProjectRequest, project: Project) -> HttpResponse:
    found = queries.address_or_404(project)
    outcome = submit(request.actor, commands.close_address.on(found))
    return answer(request, outcome, _home(project), _("The project takes no more mail."))


@project_page
def mail_sorter(request: ProjectRequest, project: Project) -> HttpResponse:
    found = queries.address_or_404(project)
    team, chosen = projects.team(project), {"owner": found.owner_id or ""}
    return change_by_form(
        request,
        SorterForm(request.POST or None, team=team, initial=chosen),
        commands.set_sorter,
        found,
        to=_home(project),
        title=_("Who sorts the mail"),
        submit=_("Save"),
        project=project,
    )


@require_POST
@project_page
def take_mail_in(request: ProjectRequest, project: Project, pk: int) -> HttpResponse:
    """What was held back as automatic, too many or too late, by hand."""
    require_decides(rule(request.actor, Power.KEEP_REGISTERS, project.pk))
    made = bringing.take_in(project, queries.one_not_let_in(project, pk))
    return HttpResponseRedirect(made.get_absolute_url())
