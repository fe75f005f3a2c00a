"""What somebody did with money."""

from django.utils.translation import ngettext_lazy as _n

MONEY = {
    "budget.accrue": _n("recorded an accrual", "recorded %(n)s accruals", "n"),
    "budget.add_cut": _n("added to the cut list", "added to the cut list %(n)s times", "n"),
    "budget.add_funding": _n("added a funding source", "added %(n)s funding sources", "n"),
    "budget.change_commitment": _n("changed a commitment", "changed %(n)s commitments", "n"),
    "budget.change_cut": _n("changed the cut list", "changed the cut list %(n)s times", "n"),
    "budget.change_funding": _n("changed a funding source", "changed %(n)s funding sources", "n"),
    "budget.close_month": _n("closed a month", "closed %(n)s months", "n"),
    "budget.commit": _n("recorded a commitment", "recorded %(n)s commitments", "n"),
    "budget.import_costs": _n("imported a file of costs", "imported %(n)s files of costs", "n"),
    "budget.record_costs": _n("recorded costs", "recorded costs %(n)s times", "n"),
    "budget.release_accrual": _n("released an accrual", "released %(n)s accruals", "n"),
    "budget.remove_exchange_rate": _n(
        "removed an exchange rate", "removed %(n)s exchange rates", "n"
    ),
    "budget.remove_funding": _n("removed a funding source", "removed %(n)s funding sources", "n"),
    "budget.remove_vat_rate": _n("removed a VAT rate", "removed %(n)s VAT rates", "n"),
    "budget.reopen_month": _n("reopened a month", "reopened %(n)s months", "n"),
    "budget.reverse_costs": _n("reversed costs", "reversed costs %(n)s times", "n"),
    "budget.set_exchange_rate": _n("set an exchange rate", "set %(n)s exchange rates", "n"),
    "budget.set_frames": _n("set the frames", "set the frames %(n)s times", "n"),
    "budget.set_periods": _n(
        "said when a budget line is to be used",
        "said when %(n)s budget lines are to be used",
        "n",
    ),
    "budget.set_vat_rate": _n("set a VAT rate", "set %(n)s VAT rates", "n"),
}
