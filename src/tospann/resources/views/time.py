"""Absence and skills of somebody: small forms, reached from every page that shows them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people import queries as people
from tospann.people.actors import ActorRequest
from tospann.people.models import Person
from tospann.people.pages import answer, came_from, change_by_form, signed_in
from tospann.resources import commands, keeping, queries
from tospann.resources.forms import AbsenceForm, SkillForm
from tospann.ui.pages import is_fragment


def _back(request: ActorRequest) -> str:
    """Where the dialog was opened, else the front page."""
    return came_from(request) if is_fragment(request) else reverse("home")


def _kept(request: ActorRequest, pk: UUID) -> Person:
    """Somebody whose time the actor keeps; of others there is nothing here."""
    if not keeping.may_keep(request.actor, pk):
        raise Http404
    return people.person(pk)


@signed_in
def new_absence(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = _kept(request, pk)
    return change_by_form(
        request,
        AbsenceForm(request.POST or None),
        commands.record_absence,
        found,
        to=_back(request),
        said=_("The absence is recorded."),
        title=_("Away: %(person)s") % {"person": found},
        submit=_("Record the absence"),
        lead=_("Days and kind are all that is kept. The reason is never stored."),
    )


@require_POST
@signed_in
def remove_absence(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.absence(pk)
    outcome = submit(request.actor, commands.remove_absence.on(found))
    return answer(request, outcome, came_from(request), _("The absence is removed."))


@signed_in
def add_skill(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = _kept(request, pk)
    return change_by_form(
        request,
        SkillForm(request.POST or None),
        commands.set_skill,
        found,
        to=_back(request),
        said=_("The skill is recorded."),
        title=_("Skill: %(person)s") % {"person": found},
        submit=_("Save the skill"),
    )


@require_POST
@signed_in
def forget_skill(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.person_skill(pk)
    outcome = submit(request.actor, commands.forget_skill.on(found))
    return answer(request, outcome, came_from(request), _("The skill is removed."))
