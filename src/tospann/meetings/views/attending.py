"""Who is called: more people, fewer people, and one's own answer."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.meetings import commands, queries
from tospann.meetings.forms import AttendeeForm
from tospann.meetings.models import Attendance
from tospann.meetings.views.planning import address
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page


@project_page
def new_attendee(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    ruling = commands.add_attendee.ruling(request.actor, found)
    team, contacts = queries.of_team(project), queries.contacts_to_call(project)
    form = AttendeeForm(request.POST or None, team=team, contacts=contacts)
    if form.is_valid():
        bound = commands.add_attendee.on(found)
        outcome = try_submit(request, form, bound, id=new_id(), **form.cleaned_data)
        if outcome:
            return answer(request, outcome, address(found))
    return form_page(
        request,
        form,
        title=_("Call somebody more"),
        submit=_("Add to the meeting"),
        lead=_("Choose somebody, or write a name."),
        decides="" if ruling.may_decide else str(ruling),
        cancel=address(found),
        project=project,
    )


def _found(project: Project, pk: UUID) -> Attendance:
    found = queries.attendance(pk)
    if found is None or found.project_id != project.pk:
        raise Http404
    return found


@require_POST
@project_page
def remove_attendee(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = _found(project, pk)
    outcome = submit(request.actor, commands.remove_attendee.on(found))
    return answer(request, outcome, address(found.meeting))


@require_POST
@project_page
def answer_invitation(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found, said = _found(project, pk), request.POST.get("answer", "")
    if said not in ("yes", "no", "maybe"):
        raise Invalid(_("Answer yes, no or maybe."))
    bound = commands.answer_invitation.on(found)
    outcome = submit(request.actor, bound, answer=said)  # type: ignore[arg-type]  # one of the three
    return answer(request, outcome, address(found.meeting), _("Your answer is noted."))
