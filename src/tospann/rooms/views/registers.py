"""From inside: views of registers to share, as they will be read."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.rooms import commands, queries, registers, shareable
from tospann.rooms.forms import RegisterViewForm
from tospann.rooms.models import Register, RegisterView
from tospann.sharing import queries as sharing
from tospann.ui.pages import page


@project_page
def register_view(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.of_project(project, RegisterView, pk)
    thing = sharing.thing_for(request.actor, project, shareable.as_thing(found).reference)
    return page(
        request,
        "rooms/register_view.html",
        project=project,
        view=found,
        shown=registers.shown(found),
        chip=sharing.chip_of(project, thing),
        remove=commands.remove_register_view.ruling(request.actor, found),
    )


@project_page
def new_register_view(request: ProjectRequest, project: Project) -> HttpResponse:
    """Which register is said by the address."""
    asked = request.GET.get("register", "")
    register = Register(asked if asked in Register.values else Register.ACTIONS)
    return change_by_form(
        request,
        RegisterViewForm(request.POST or None, register=register),
        commands.make_register_view,
        project,
        to=reverse("room_settings", args=[project.key]),
        said=_("The view is made. Read it, then share it."),
        known={"of": str(register)},
        title=_("View to share: %(register)s") % {"register": register.label},
        lead=_("Nobody outside sees it before you share it."),
        submit=_("Make the view"),
        project=project,
    )


@require_POST
@project_page
def remove_register_view(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.of_project(project, RegisterView, pk)
    outcome = submit(request.actor, commands.remove_register_view.on(found))
    there = reverse("room_settings", args=[project.key])
    return answer(request, outcome, there, _("The view is removed. Nobody sees it any more."))
