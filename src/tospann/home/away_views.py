"""Going away with a deputy and memos, and reading afterwards what happened."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.home import away as absence
from tospann.home.forms import AwayForm
from tospann.people import queries as people
from tospann.people.actors import ActorRequest
from tospann.people.commands import appoint_deputy
from tospann.people.pages import answer, signed_in, try_submit
from tospann.projects.queries import visible_projects
from tospann.team.commands import write_memo
from tospann.team.queries import holdings
from tospann.ui.forms import DateField
from tospann.ui.pages import form_page, page


@signed_in
def away(request: ActorRequest) -> HttpResponse:
    assert request.actor.person_id is not None  # signed_in
    found = absence.absences(request.actor.person_id)
    since = absence.since_when(_day(request.GET.get("since", "")), found)
    shown = absence.meanwhile(request.actor, since)
    return page(request, "home/away.html", absences=found, meanwhile=shown)


def _day(asked: str) -> date | None:
    try:
        found: date | None = DateField(required=False).clean(asked)
    except ValidationError:
        return None
    return found


@signed_in
def go_away(request: ActorRequest) -> HttpResponse:
    assert request.actor.person_id is not None  # signed_in
    me = people.person(request.actor.person_id)
    form = AwayForm(request.POST or None, people=people.colleagues(me))
    if form.is_valid():
        typed = form.cleaned_data
        dates = {"starts_on": typed["starts_on"], "ends_on": typed["ends_on"]}
        bound = appoint_deputy.on(me)
        outcome = try_submit(request, form, bound, id=new_id(), deputy=typed["deputy"], **dates)
        if isinstance(outcome, Done):
            if typed["memo"]:
                _write_memos(request, me.pk, typed["deputy"])
            return answer(request, outcome, reverse("away"), _("Have a good time away."))
    return form_page(
        request,
        form,
        title=_("Going away"),
        lead=_("Nothing is asked about why. Your deputy is told and gets the memos."),
        submit=_("Appoint the deputy"),
        cancel=reverse("away"),
    )


def _write_memos(request: ActorRequest, me: UUID, deputy: UUID) -> None:
    """One in each project where something is open with me; the deputy holds my roles there."""
    for project in visible_projects(request.actor).filter(pk__in=list(request.actor.roles)):
        may = rule(request.actor, Power.OWN_ACTIONS, project.pk).may_decide
        if may and holdings.of(project, me):
            submit(request.actor, write_memo.on(project), id=new_id(), person=me, to=deputy)
