"""The room from inside the portal: what it shows, what is asked, and how a guest sees it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents import access as documents
from tospann.documents.files import Kept
from tospann.documents.uploads import kept, takes_a_file
from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.people.pages import answer, change_by_form, require, require_decides, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.rooms import commands, queries
from tospann.rooms.forms import (
    AnswerForm,
    AnswerQuestionForm,
    AskForm,
    AssignForm,
    LogoForm,
    PublishForm,
    QuestionForm,
    RoomForm,
)
from tospann.rooms.models import AcceptanceRequest, Question, Register, RoomItem
from tospann.sharing import queries as sharing
from tospann.sharing import seeing
from tospann.ui.pages import form_page, page


@project_page
def room_settings(request: ProjectRequest, project: Project) -> HttpResponse:
    actor = request.actor
    require_decides(rule(actor, Power.SHARE, project.pk))
    return page(
        request,
        "rooms/settings.html",
        project=project,
        room=queries.room_of(project),
        items=queries.items(project),
        requests=queries.all_requests(project),
        questions=queries.all_questions(project),
        views=queries.register_views(project),
        new_views=_new_views(project),
        widths=sharing.widths(project),
        change=commands.set_room.ruling(actor, project),
        may_keep=rule(actor, Power.SHARE, project.pk).may_decide,
    )


def _new_views(project: Project) -> list[tuple[str, str, str, bool]]:
    """The registers a view may be made of, as entries of a menu."""
    at = reverse("new_register_view", args=[project.key])
    return [(str(one.label), f"{at}?register={one}", "list", True) for one in Register]


@project_page
def edit_room(request: ProjectRequest, project: Project) -> HttpResponse:
    room = queries.room_of(project)
    return change_by_form(
        request,
        RoomForm.of(room, projects.team(project), request.POST or None),
        commands.set_room,
        project,
        to=reverse("room_settings", args=[project.key]),
        title=_("Set up the external room"),
        submit=_("Save"),
        project=project,
    )


@takes_a_file
@project_page
def choose_logo(request: ProjectRequest, project: Project) -> HttpResponse:
    """The picture is redrawn before it is kept."""
    ruling = commands.set_room_logo.ruling(request.actor, project)
    require(ruling)
    form = LogoForm(request.POST or None, request.FILES or None)
    there = reverse("room_settings", args=[project.key])
    if form.is_valid() and (made := _kept(form)) is not None:
        bound = commands.set_room_logo.on(project)
        outcome = try_submit(request, form, bound, sha256=made.sha256, size=made.size)
        if outcome:
            return answer(request, outcome, there)
    return form_page(
        request,
        form,
        title=_("Logo of the room"),
        submit=_("Use the logo"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=there,
        project=project,
    )


def _kept(form: LogoForm) -> Kept | None:
    try:
        return kept(form.cleaned_data["file"], is_photo=True)
    except Invalid as error:
        form.add_error("file", error.message)
        return None


@project_page
def publish_in_room(request: ProjectRequest, project: Project) -> HttpResponse:
    choices = queries.publishable(project, timezone.localdate())
    return change_by_form(
        request,
        PublishForm(request.POST or None, choices=choices),
        commands.publish_item,
        project,
        to=reverse("room_settings", args=[project.key]),
        said=_("It is published in the room."),
        title=_("Publish in the external room"),
        submit=_("Publish"),
        project=project,
    )


@require_POST
@project_page
def withdraw_from_room(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    item = queries.of_project(project, RoomItem, pk)
    outcome = submit(request.actor, commands.withdraw_item.on(item))
    there = reverse("room_settings", args=[project.key])
    return answer(request, outcome, there, _("It is no longer in the room."))


@project_page
def ask_to_accept(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    one = documents.document(request.actor, project, pk)
    receivers = [(str(share.id), share.receiver) for share in queries.shares_of(project, one)]
    return change_by_form(
        request,
        AskForm(request.POST or None, receivers=receivers, initial={"title": one.name}),
        commands.ask_acceptance,
        project,
        to=reverse("room_settings", args=[project.key]),
        said=_("It waits for their answer in the room."),
        known={"document": one.pk},
        title=_("Ask somebody outside to accept %(name)s") % {"name": one.name},
        submit=_("Ask"),
        lead="" if receivers else _("Share the document with them first."),
        project=project,
    )


@require_POST
@project_page
def withdraw_request(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.of_project(project, AcceptanceRequest, pk)
    outcome = submit(request.actor, commands.withdraw_request.on(found))
    return answer(request, outcome, reverse("room_settings", args=[project.key]))


@project_page
def answer_room_question(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.of_project(project, Question, pk)
    return change_by_form(
        request,
        AnswerQuestionForm(request.POST or None, initial={"answer": found.answer}),
        commands.answer_question,
        found,
        to=queries.after_answering(request.actor, project),
        title=_("Answer %(name)s") % {"name": found.asked_name},
        lead=found.text,
        submit=_("Answer"),
        project=project,
    )


@project_page
def assign_room_question(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.of_project(project, Question, pk)
    initial = {"owner": found.owner_id, "due_on": found.due_on}
    return change_by_form(
        request,
        AssignForm(request.POST or None, team=projects.team(project), initial=initial),
        commands.assign_question,
        found,
        to=reverse("room_settings", args=[project.key]),
        title=_("Who answers %(name)s") % {"name": found.asked_name},
        lead=found.text,
        submit=_("Save"),
        project=project,
    )


@project_page
def see_as(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """The room as the receiver of a share sees it. Nothing can be answered or counted here."""
    require_decides(rule(request.actor, Power.SHARE, project.pk))
    shown = sharing.share(request.actor, project, pk)
    visitor = seeing.receiver(shown.share)
    inside = queries.inside(visitor, project)
    return page(
        request,
        "rooms/room.html",
        place=project,
        inside=inside,
        visitor=visitor,
        question=QuestionForm(),
        answer=AnswerForm(),
        preview=True,
        back=reverse("share", args=[project.key, pk]),
    )
