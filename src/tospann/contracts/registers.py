"""The lists of contracts, notices, change orders, invoices, procurements and parties, declared."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.contracts import queries
from tospann.contracts.models import (
    ChangeState,
    ContractState,
    InvoiceState,
    NoticeDirection,
    NoticeKind,
    NoticeState,
    Side,
    Standard,
)
from tospann.projects.models import Project
from tospann.ui.register import Column, Empty, Register, Row, choice, flag, is_past, search

States = dict[str, tuple[Promise | str, str]]


def _toned(labels: Any, **tones: str) -> States:
    return {str(one): (one.label, tones[str(one)]) for one in labels}


CONTRACT = _toned(
    ContractState, planned="neutral", signed="success", closed="neutral", terminated="danger"
)
NOTICE = _toned(
    NoticeState, to_send="warning", to_answer="warning", waiting="info", closed="success"
)
CHANGE = _toned(ChangeState, draft="neutral", case="warning", accepted="success", rejected="danger")
INVOICE = _toned(
    InvoiceState,
    received="warning",
    checked="info",
    verified="info",
    sent="success",
    returned="danger",
)
_WORDS = {
    "side": dict(Side.choices),
    "standard": dict(Standard.choices),
    "kind": dict(NoticeKind.choices),
    "direction": dict(NoticeDirection.choices),
}


def _word(key: str) -> Any:
    known = _WORDS[key]
    return lambda row: str(known.get(row[key], row[key]))


def _number(project: Project) -> Column:
    key = project.key
    return Column(
        "number", _("No."), "key", value=lambda row: f"{key}-{row['number']}", sort="number"
    )


def _link(project: Project, under: str) -> Any:
    return lambda row: f"/p/{project.key}/money/contracts{under}/{row['number']}"


def of_contracts(project: Project) -> Register:
    return Register(
        key="contracts",
        title=_("Contracts"),
        lead=_("Whom we have agreed with, on what, for how much"),
        columns=(
            _number(project),
            Column("title", _("Contract"), "link"),
            Column("party", _("Party"), field="party__name"),
            Column("side", _("They are"), value=_word("side"), sort="side", default=False),
            Column(
                "standard", _("Standard"), value=_word("standard"), sort="standard", default=False
            ),
            Column("sum_in_all", _("Sum now"), "money", currency="currency"),
            Column("value", _("Contract sum"), "money", currency="currency", default=False),
            Column("added", _("Added since"), "money", currency="currency"),
            Column("currency", _("Currency"), default=False),
            Column(
                "signed_on", pgettext_lazy("day of a contract", "Signed"), "date", default=False
            ),
            Column("ends_on", _("Agreed completion"), "date"),
            Column("responsible", _("Responsible"), "person", field="responsible__name"),
            Column("state", _("State"), "state", states=CONTRACT),
        ),
        empty=Empty(
            _("No contracts yet."),
            _("Add the party first, then the contract. It counts once it is signed."),
            icon="document",
        ),
        filters=(
            search(_("Search"), "title", "party__name"),
            choice("state", _("State"), ContractState.choices),
            choice("side", _("They are"), Side.choices),
        ),
        order=("number",),
        row_link=_link(project, ""),
        also=("number", "side", "standard"),
        live="contracts",
    )


def of_notices(project: Project) -> Register:
    return Register(
        key="notices",
        title=_("Notices"),
        lead=_("What the parties have given notice of. Deadlines here are our own, internal ones."),
        columns=(
            _number(project),
            Column("title", _("Notice"), "link"),
            Column("contract", _("Contract"), field="contract__title"),
            Column("direction", _("Direction"), value=_word("direction"), sort="direction"),
            Column("kind", _("Kind"), value=_word("kind"), sort="kind"),
            Column("price_claim", _("Price claim"), "money", currency="contract__currency"),
            Column("time_claim", _("Days claimed"), "number", default=False),
            Column("due_on", _("Internal deadline"), "date"),
            Column("owner", _("Follows it up"), "person", field="owner__name", default=False),
            Column("state", _("State"), "state", states=NOTICE),
        ),
        empty=Empty(
            _("No notices."),
            _("Record a notice the day it comes, so that our own days begin to count."),
            icon="bell",
        ),
        filters=(
            search(_("Search"), "title", "text", "contract__title"),
            choice("state", _("State"), NoticeState.choices),
            choice("direction", _("Direction"), NoticeDirection.choices),
            flag("late", _("Overdue"), _late_notices),
        ),
        order=("-number",),
        row_link=_link(project, "/notices"),
        overdue=lambda row: row["state"] in queries.OPEN_NOTICES and _gone_by(row),
        also=("number", "direction", "kind", "due_on", "state"),
        live="contracts",
    )


def _late_notices(rows: Any) -> Any:
    return rows.filter(state__in=queries.OPEN_NOTICES, due_on__lt=timezone.localdate())


def _gone_by(row: Row) -> bool:
    return is_past(row["due_on"], timezone.localdate())


def of_changes(project: Project) -> Register:
    return Register(
        key="change_orders",
        title=_("Change orders"),
        lead=_("Priced changes; deciding one changes contract, budget and plan together"),
        columns=(
            _number(project),
            Column("title", _("Change order"), "link"),
            Column("contract", _("Contract"), field="contract__title"),
            Column("party", _("Party"), field="contract__party__name", default=False),
            Column("amount", _("Price"), "money", currency="contract__currency"),
            Column("days", _("Working days more"), "number"),
            Column("decided_on", _("Decided"), "date", default=False),
            Column("created_at", _("Raised"), "date", default=False),
            Column("state", _("State"), "state", states=CHANGE),
        ),
        empty=Empty(
            _("No change orders."),
            _("Raise one from a contract, or from the notice that claims it."),
            icon="edit",
        ),
        filters=(
            search(_("Search"), "title", "contract__title"),
            choice("state", _("State"), ChangeState.choices),
        ),
        order=("-number",),
        row_link=_link(project, "/changes"),
        also=("number",),
        live="contracts",
    )


def of_invoices(project: Project) -> Register:
    return Register(
        key="invoices",
        title=_("Invoices"),
        lead=_(
            "Received, checked against the contract, verified by somebody else, sent to payment"
        ),
        columns=(
            _number(project),
            Column("reference", _("Invoice"), "link"),
            Column("party", _("Supplier"), field="contract__party__name"),
            Column("contract", _("Contract"), field="contract__title"),
            Column("text", _("What it is for"), default=False),
            Column("amount", _("Without VAT"), "money", currency="contract__currency"),
            Column("vat", _("VAT"), "money", currency="contract__currency", default=False),
            Column(
                "retained", _("Held back"), "money", currency="contract__currency", default=False
            ),
            Column("invoiced_on", _("Invoice date"), "date", default=False),
            Column("due_on", _("Due date"), "date"),
            Column("state", _("State"), "state", states=INVOICE),
        ),
        empty=Empty(
            _("No invoices."),
            _("Record an invoice from the contract it belongs to."),
            icon="money",
        ),
        filters=(
            search(_("Search"), "reference", "text", "kid", "contract__party__name"),
            choice("state", _("State"), InvoiceState.choices),
            flag("queue", _("In the queue"), _in_queue),
        ),
        order=("due_on", "number"),
        row_link=_link(project, "/invoices"),
        overdue=lambda row: row["state"] in queries.OPEN_INVOICES and _gone_by(row),
        also=("number", "due_on", "state"),
        live="contracts",
    )


def _in_queue(rows: Any) -> Any:
    return rows.filter(state__in=queries.OPEN_INVOICES)


def of_procurements(project: Project) -> Register:
    listed = Register(
        key="procurements",
        title=_("Procurement"),
        lead=_("What is being bought, and the next step of each; steps follow the plan"),
        columns=(
            _number(project),
            Column("title", _("What is bought"), "link"),
            Column("estimate", _("Estimated value"), "money"),
            Column("step", _("Next step"), field="pk", value=lambda row: row.get("step", "")),
            Column("when", _("Date"), "date", field="pk", value=lambda row: row.get("when")),
            Column("responsible", _("Responsible"), "person", field="responsible__name"),
            Column("is_open", _("State"), "state", states=_OPEN),
        ),
        empty=Empty(
            _("No procurements."),
            _("Notice, tender deadline, award, standstill and signing, each on its day."),
            icon="document",
        ),
        filters=(search(_("Search"), "title"),),
        order=("-is_open", "number"),
        row_link=_link(project, "/procurements"),
        also=("number",),
        live="contracts",
    )
    return replace(listed, complete=_with_steps)


_OPEN: Any = {
    True: (_("Under way"), "info"),
    False: (pgettext_lazy("state of a procurement", "Ended"), "neutral"),
}


def _with_steps(rows: list[Row]) -> None:
    found = queries.next_steps([row["pk"] for row in rows if row["is_open"]])
    for row in rows:
        step = found.get(row["pk"])
        row["step"] = str(step) if step else ""
        row["when"] = getattr(step, "when", None)


def of_parties(project: Project) -> Register:
    return Register(
        key="parties",
        title=_("Parties"),
        lead=_("Whom contracts are made with"),
        columns=(
            Column("name", _("Name"), "link"),
            Column("organisation_number", _("Organisation number")),
            Column("contact_name", _("Contact person")),
            Column("email", _("E-mail")),
        ),
        empty=Empty(
            _("No parties yet."),
            _("A name and an organisation number are enough."),
            icon="person",
        ),
        filters=(search(_("Search"), "name", "organisation_number", "contact_name"),),
        order=("name", "pk"),
        row_link=lambda row: f"/p/{project.key}/money/contracts/parties/{row['pk']}",
        live="contracts",
    )
