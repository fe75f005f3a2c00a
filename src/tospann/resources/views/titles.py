"""MINE FOLK, rates by title: what an hour costs of whoever has no rate of her own."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people import queries as people
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, change_by_form, signed_in
from tospann.resources import commands, titles
from tospann.resources.forms import TitleRateForm
from tospann.ui.pages import page


@signed_in
def title_rates(request: ActorRequest) -> HttpResponse:
    found = titles.titles(request.actor)
    return page(request, "resources/title_rates.html", titles=found)


@signed_in
def set_title_rate(request: ActorRequest) -> HttpResponse:
    start = {"valid_from": timezone.localdate(), "title": request.GET.get("title", "")[:200]}
    return change_by_form(
        request,
        TitleRateForm(request.POST or None, initial=start),
        commands.set_title_rate,
        people.organisation(),
        to=reverse("title_rates"),
        said=_("The rate is kept."),
        title=_("Rate an hour, by title"),
        submit=_("Save the rate"),
        lead=_("It is used for whoever has the title and no rate of her own."),
    )


@require_POST
@signed_in
def remove_title_rate(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = titles.rate(request.actor, pk)
    outcome = submit(request.actor, commands.remove_title_rate.on(found))
    return answer(request, outcome, reverse("title_rates"), _("The rate is removed."))
