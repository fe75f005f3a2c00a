"""The organisation's rates: currencies and value added tax (administrators)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.budget import commands
from tospann.budget.forms import ExchangeRateForm, VatForm
from tospann.budget.queries import rates as rates_of
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.actors import ActorRequest
from tospann.people.pages import administrators_only, answer, change_by_form
from tospann.people.queries import organisation
from tospann.ui.pages import page


@administrators_only
def rates(request: ActorRequest) -> HttpResponse:
    exchange, vat = rates_of.exchange(), rates_of.vat()
    return page(request, "budget/rates.html", exchange=exchange, vat=vat)


@administrators_only
def set_exchange_rate(request: ActorRequest) -> HttpResponse:
    return change_by_form(
        request,
        ExchangeRateForm(request.POST or None),
        commands.set_exchange_rate,
        organisation(),
        known={"id": new_id()},
        to=reverse("money_rates"),
        title=_("Set an exchange rate"),
        submit=_("Save the rate"),
    )


@administrators_only
def set_vat_rate(request: ActorRequest) -> HttpResponse:
    return change_by_form(
        request,
        VatForm(request.POST or None),
        commands.set_vat_rate,
        organisation(),
        known={"id": new_id()},
        to=reverse("money_rates"),
        title=_("Set a VAT rate"),
        submit=_("Save the rate"),
    )


@require_POST
@administrators_only
def remove_exchange_rate(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = rates_of.one(pk)
    if found is None:
        raise Http404
    outcome = submit(request.actor, commands.remove_exchange_rate.on(found))
    return answer(request, outcome, reverse("money_rates"), _("The rate is removed."))
