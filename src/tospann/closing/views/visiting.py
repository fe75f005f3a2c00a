"""The customer's survey, answered in the external room."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tospann.closing import answering
from tospann.closing.forms import AnswerForm
from tospann.closing.models import Audience
from tospann.closing.queries import went
from tospann.closing.views.looking import kept
from tospann.projects.models import Project
from tospann.rooms.visitors import RoomRequest, room_page
from tospann.ui.pages import page


@room_page
def room_survey(request: RoomRequest, project: Project, number: int) -> HttpResponse:
    """Answering as a guest: whoever has nothing in the room gets 404."""
    found = went.survey(project, number, Audience.CUSTOMER)
    if not answering.may_answer(request.actor, found):
        raise Http404
    form = AnswerForm(request.POST or None, questions=found.questions)
    if form.is_valid() and kept(request, found, form):
        return HttpResponseRedirect(reverse("room", args=[project.key]))
    waits = not answering.has_answered(request.actor, found)
    shown = {"place": project, "survey": found, "form": form if waits else None}
    return page(request, "closing/room_survey.html", status=422 if form.errors else 200, **shown)
