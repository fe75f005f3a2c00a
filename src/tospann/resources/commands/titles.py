"""What an hour of everybody with a title costs, from a day on."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Organisation
from tospann.resources.commands.terms import Amount, Currency
from tospann.resources.models import NOK, Rate
from tospann.resources.titles import plain


@command(needs=Power.OFFER_PEOPLE, undoable=False, guarded=["amount"])
def set_title_rate(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    title: Line,
    amount: Amount,
    currency: Currency = NOK,
    valid_from: date,
) -> Rate:
    """Set what an hour of everybody with a title costs"""
    same_day = Rate.objects.filter(person__isnull=True, valid_from=valid_from)
    same = next((one for one in same_day if plain(one.title) == plain(title)), None)
    rate = same or Rate(id=id, title=" ".join(title.split()), valid_from=valid_from)
    rate.amount, rate.currency = amount, currency
    rate.save()
    return rate


@command(needs=Power.OFFER_PEOPLE, undoable=False)
def remove_title_rate(actor: Actor, rate: Rate) -> None:
    """Remove what an hour of a title was to cost

    What has been booked stays as it is.
    """
    if rate.person_id is not None:
        raise Invalid(gettext("This is the rate of a person."))
    rate.delete()
