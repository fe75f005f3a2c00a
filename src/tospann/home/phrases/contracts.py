"""Contracts, notices, change orders, invoices and procurements, in the past tense."""

from django.utils.translation import ngettext_lazy as _n

CONTRACTS = {
    "contracts.accept_change_order": _n(
        "accepted a change order", "accepted %(n)s change orders", "n"
    ),
    "contracts.add_contract": _n("added a contract", "added %(n)s contracts", "n"),
    "contracts.add_party": _n("added a party", "added %(n)s parties", "n"),
    "contracts.add_term": _n("added a term to a contract", "added %(n)s terms to contracts", "n"),
    "contracts.adjust_price": _n("adjusted a price", "adjusted %(n)s prices", "n"),
    "contracts.answer_notice": _n("answered a notice", "answered %(n)s notices", "n"),
    "contracts.change_change_order": _n(
        "changed a change order", "changed %(n)s change orders", "n"
    ),
    "contracts.change_contract": _n("changed a contract", "changed %(n)s contracts", "n"),
    "contracts.change_invoice": _n("changed an invoice", "changed %(n)s invoices", "n"),
    "contracts.change_notice": _n("changed a notice", "changed %(n)s notices", "n"),
    "contracts.change_party": _n("changed a party", "changed %(n)s parties", "n"),
    "contracts.change_procurement": _n("changed a procurement", "changed %(n)s procurements", "n"),
    "contracts.change_step": _n(
        "changed a step of a procurement", "changed %(n)s steps of procurements", "n"
    ),
    "contracts.change_term": _n(
        "changed a term of a contract", "changed %(n)s terms of contracts", "n"
    ),
    "contracts.check_invoice": _n("checked an invoice", "checked %(n)s invoices", "n"),
    "contracts.end_contract": _n("ended a contract", "ended %(n)s contracts", "n"),
    "contracts.end_procurement": _n("ended a procurement", "ended %(n)s procurements", "n"),
    "contracts.hand_over_contract": _n(
        "handed over a contract", "handed over %(n)s contracts", "n"
    ),
    "contracts.hand_over_notice": _n("handed over a notice", "handed over %(n)s notices", "n"),
    "contracts.hand_over_procurement": _n(
        "handed over a procurement", "handed over %(n)s procurements", "n"
    ),
    "contracts.log_delivery": _n(
        "added to a delivery log", "added %(n)s lines to delivery logs", "n"
    ),
    "contracts.prepare_notice": _n("prepared a notice", "prepared %(n)s notices", "n"),
    "contracts.put_change_order_forward": _n(
        "put a change order forward", "put %(n)s change orders forward", "n"
    ),
    "contracts.raise_change_order": _n("raised a change order", "raised %(n)s change orders", "n"),
    "contracts.receive_invoice": _n("recorded an invoice", "recorded %(n)s invoices", "n"),
    "contracts.receive_notice": _n(
        "recorded a notice that came", "recorded %(n)s notices that came", "n"
    ),
    "contracts.record_answer": _n(
        "recorded the answer to a notice", "recorded the answers to %(n)s notices", "n"
    ),
    "contracts.reject_change_order": _n(
        "rejected a change order", "rejected %(n)s change orders", "n"
    ),
    "contracts.remove_term": _n(
        "removed a term of a contract", "removed %(n)s terms of contracts", "n"
    ),
    "contracts.return_invoice": _n("returned an invoice", "returned %(n)s invoices", "n"),
    "contracts.send_invoice": _n(
        "sent an invoice to payment", "sent %(n)s invoices to payment", "n"
    ),
    "contracts.send_notice": _n("sent a notice", "sent %(n)s notices", "n"),
    "contracts.settle_term": _n(
        "settled a term of a contract", "settled %(n)s terms of contracts", "n"
    ),
    "contracts.sign_contract": _n("signed a contract", "signed %(n)s contracts", "n"),
    "contracts.start_procurement": _n("started a procurement", "started %(n)s procurements", "n"),
    "contracts.take_back_change_order": _n(
        "took a change order back to preparation",
        "took %(n)s change orders back to preparation",
        "n",
    ),
    "contracts.take_option": _n("took up an option", "took up %(n)s options", "n"),
    "contracts.verify_invoice": _n("verified an invoice", "verified %(n)s invoices", "n"),
}
