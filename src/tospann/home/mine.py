"""Work finished on my page: done, another date, stuck, an invitation answered, people reminded."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tospann.actions.commands import remind_overdue
from tospann.foundation.commands import COMMANDS, Done, submit
from tospann.foundation.errors import Invalid
from tospann.home import desk as desks
from tospann.home import owed as things
from tospann.home import waiting
from tospann.home.forms import LateForm, StuckForm
from tospann.home.queries import desk as queries
from tospann.meetings.commands import answer_invitation
from tospann.meetings.models import Answers, Attendance
from tospann.notifications.queries import unread_count
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, signed_in
from tospann.projects import queries as projects
from tospann.ui.pages import done as gone_on
from tospann.ui.pages import form_page, fragment, is_fragment, with_toast

ANSWERS: Mapping[str, Answers] = {"yes": "yes", "no": "no", "maybe": "maybe"}


def _owed(request: ActorRequest, what: str, key: str, number: int) -> things.Owed:
    return things.find(projects.project(request.actor, key), what, number)


@require_POST
@signed_in
def done(request: ActorRequest, what: str, key: str, number: int) -> HttpResponse:
    found = _owed(request, what, key, number)
    outcome = things.done(request.actor, found)
    return _after(request, outcome, _("“%(what)s” is done.") % {"what": found.title})


@signed_in
def late(request: ActorRequest, what: str, key: str, number: int) -> HttpResponse:
    found = _owed(request, what, key, number)
    things.require(request.actor, found, "late")
    form = LateForm(request.POST or None, initial={"until": found.later(3)})
    if form.is_valid():
        try:
            outcome = things.late(request.actor, found, form.cleaned_data["until"])
            return _after(request, outcome, _("The new date is noted."))
        except Invalid as error:
            form.add_error("until", error.message)
    return form_page(
        request,
        form,
        title=_("Another date for “%(what)s”") % {"what": found.title},
        lead=_("Where the date is not yours to move, whoever gave you this is asked."),
        submit=_("Save"),
        cancel=reverse("home"),
    )


@signed_in
def stuck(request: ActorRequest, what: str, key: str, number: int) -> HttpResponse:
    found = _owed(request, what, key, number)
    things.require(request.actor, found, "stuck")
    form = StuckForm(request.POST or None, team=_helpers(request, found))
    if request.method == "POST" and form.is_valid():
        outcome = things.stuck(request.actor, found, **form.cleaned_data)
        return _after(request, outcome, _("Those who can help are told."))
    return form_page(
        request,
        form,
        title=_("I am stuck: “%(what)s”") % {"what": found.title},
        submit=_("Say that I am stuck"),
        cancel=reverse("home"),
    )


def _helpers(request: ActorRequest, found: things.Owed) -> list[tuple[str, str]]:
    """Whom an action's owner may ask by name; a problem of the plan is everybody's to see."""
    if found.what != "action":
        return []
    me = str(request.actor.person_id)
    return [one for one in projects.team(found.project) if one[0] != me]


@require_POST
@signed_in
def invitation(request: ActorRequest, attendance: UUID) -> HttpResponse:
    mine = Attendance.objects.filter(pk=attendance, person=request.actor.person_id)
    found = mine.select_related("meeting").first()
    said = ANSWERS.get(request.POST.get("answer", ""))
    if found is None or said is None:
        raise Http404
    outcome = submit(request.actor, answer_invitation.on(found), answer=said)
    return _after(request, outcome, _("Your answer is noted."))


@require_POST
@signed_in
def remind(request: ActorRequest) -> HttpResponse:
    """Everyone who is overdue in the projects whose registers I keep: one mail to each."""
    reminded: set[UUID] = set()
    for row in waiting.chase(queries.lists(request.actor)):
        project = projects.project(request.actor, row["key"])
        outcome = submit(request.actor, remind_overdue.on(project))
        reminded |= set(outcome.result) if isinstance(outcome, Done) else set()
    n = len(reminded)
    said = ngettext("%(n)s person was reminded.", "%(n)s people were reminded.", n) % {"n": n}
    if not is_fragment(request):
        return gone_on(request, reverse("home"), toast=said)
    return with_toast(_desk(request), said)


def _after(request: ActorRequest, outcome: Any, said: str) -> HttpResponse:
    """My page again, as it has become, with what happened and a way back."""
    if not is_fragment(request):
        return answer(request, outcome, reverse("home"), said)
    if not isinstance(outcome, Done):
        said = _("Sent as a proposal. %(why)s") % {"why": outcome.ruling}
        return with_toast(_desk(request), said, tone="info")
    known = COMMANDS.get(outcome.entry.command)
    undo = reverse("undo", args=[outcome.entry.pk]) if known and known.undoable else ""
    return with_toast(_desk(request), said, undo=undo)


def _desk(request: ActorRequest) -> HttpResponse:
    shown = desks.desk(request.actor)
    unread = unread_count(request.actor)
    response = fragment(request, "home/_desk.html", desk=shown, inbox_count=unread)
    response["HX-Retarget"], response["HX-Reswap"] = "#desk", "outerHTML"
    return response
