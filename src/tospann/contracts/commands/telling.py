"""What stored changes of contracts would do, in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, ngettext

from tospann.contracts.commands import changing, signing
from tospann.contracts.models import ChangeOrder, Contract, Term
from tospann.ui import formats
from tospann.ui.jinja import language


def _money(amount: Decimal, contract: Contract) -> str:
    return formats.money(amount, language(), contract.currency)


@changing.accept_change_order.told
def _accepted(order: ChangeOrder, _given: Mapping[str, Any]) -> list[str]:
    contract = order.contract
    words = {
        "title": order.title,
        "contract": contract.title,
        "amount": _money(order.amount, contract),
        "before": _money(contract.sum_now, contract),
        "after": _money(contract.sum_now + order.amount, contract),
    }
    said = [
        gettext("The change order “%(title)s” of %(amount)s is accepted.") % words,
        gettext("The contract “%(contract)s” goes from %(before)s to %(after)s.") % words,
    ]
    if order.days:
        days = ngettext("%(n)s working day", "%(n)s working days", order.days) % {"n": order.days}
        said.append(gettext("Agreed extension of time: %(days)s.") % {"days": days})
    return said


@changing.reject_change_order.told
def _rejected(order: ChangeOrder, given: Mapping[str, Any]) -> list[str]:
    said = gettext("The change order “%(title)s” is rejected.") % {"title": order.title}
    return [said, *([given["reason"]] if given.get("reason") else [])]


@signing.sign_contract.told
def _signed(contract: Contract, _given: Mapping[str, Any]) -> list[str]:
    words = {
        "contract": contract.title,
        "party": contract.party.name,
        "amount": _money(contract.sum_now, contract),
    }
    return [gettext("“%(contract)s” with %(party)s is signed: %(amount)s.") % words]


@signing.take_option.told
def _taken(term: Term, _given: Mapping[str, Any]) -> list[str]:
    contract = term.contract
    words = {
        "title": term.title,
        "contract": contract.title,
        "amount": _money(term.amount or Decimal(0), contract),
    }
    return [gettext("The option “%(title)s” of “%(contract)s” is taken up: %(amount)s.") % words]
