"""Notices, change orders, invoices and procurements."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.contracts.forms.fields import (
    Choices,
    MomentField,
    area,
    chosen,
    line_of_text,
    task,
)
from tospann.contracts.models import (
    ChangeOrder,
    Channel,
    DeliveryEvent,
    Invoice,
    Notice,
    NoticeKind,
    Procurement,
    ProcurementStep,
    StepKind,
)
from tospann.ui.forms import DateField, Form, MoneyField


class _Delivered(Form):
    """How it was sent or came, and what proves it."""

    layout: ClassVar[Sequence[Sequence[str]]] = (("channel", "whom"),)

    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices)
    whom = line_of_text(_("To or from whom"), required=False)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        help_text=_("Where the message lies: a file, an archive number, a message id."),
    )


class _Claim(Form):
    kind = forms.ChoiceField(label=_("Kind of notice"), choices=NoticeKind.choices)
    title = line_of_text(_("What it is about"))
    text = area(_("Text"), 4)
    price_claim = MoneyField(label=_("Claim for adjustment of price"), min_value=0, required=False)
    time_claim = forms.IntegerField(
        label=_("Claim for extension of time, working days"),
        min_value=0,
        max_value=2000,
        required=False,
    )

    def offer(self, team: Choices, contracts: Choices | None) -> None:
        self.fields["owner"] = chosen(
            _("Who follows it up"), team, empty=_("Whoever is responsible for the contract")
        )
        if contracts is not None:
            self.fields["contract"] = chosen(_("Contract"), contracts)
            self.order_fields(["contract"])


class ReceivedNoticeForm(_Claim, _Delivered):
    layout = (
        ("contract", "kind"),
        ("received_at", "channel", "whom"),
        ("price_claim", "time_claim"),
    )

    received_at = MomentField(label=_("Received"))

    def __init__(
        self, data: Any = None, *, team: Choices, contracts: Choices, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.offer(team, contracts)
        self.order_fields(["contract", "kind", "title", "received_at", "text"])


class OwnNoticeForm(_Claim):
    layout = (("contract", "kind"), ("price_claim", "time_claim"), ("known_on", "owner"))

    known_on = DateField(
        label=_("Known since"),
        initial=timezone.localdate,
        help_text=_("Our own days are counted from here."),
    )

    def __init__(
        self, data: Any = None, *, team: Choices, contracts: Choices, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.offer(team, contracts)


class NoticeForm(_Claim):
    layout = (("kind", "due_on"), ("price_claim", "time_claim"))

    due_on = DateField(label=_("Internal deadline"), required=False)

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.offer(team, None)

    @classmethod
    def of(cls, notice: Notice, data: Any = None, *, team: Choices) -> "NoticeForm":
        names = ("kind", "title", "text", "price_claim", "time_claim", "due_on")
        initial = {name: getattr(notice, name) for name in names} | {"owner": notice.owner_id}
        return cls(data, team=team, initial=initial, version=notice.version)


class SendNoticeForm(_Delivered):
    sent_at = MomentField(label=pgettext_lazy("moment", "Sent"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.order_fields(["sent_at"])


class AnswerForm(_Delivered):
    answer = area(_("The answer"), 4, required=True)
    answered_at = MomentField(label=pgettext_lazy("moment", "Answered"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.order_fields(["answer", "answered_at"])


class LogForm(_Delivered):
    event = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (str(one), one.label)
            for one in (DeliveryEvent.CONFIRMED, DeliveryEvent.RETURNED, DeliveryEvent.REMINDED)
        ],
    )
    at = MomentField(label=_("Time"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.order_fields(["event", "at"])


class ChangeOrderForm(Form):
    layout = (("amount", "days"), ("line", "activity_uid"))

    title = line_of_text(_("What changes"))
    description = area(_("Description"), 3)
    amount = MoneyField(
        label=_("Price without VAT"), help_text=_("Below zero when something goes out.")
    )
    days = forms.IntegerField(
        label=_("Working days more"), min_value=-2000, max_value=2000, initial=0
    )

    def __init__(
        self,
        data: Any = None,
        *,
        lines: Choices,
        tasks: Choices,
        contracts: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["line"] = chosen(_("Budget line"), lines, empty=_("The contract's own line"))
        self.fields["activity_uid"] = task(_("Task in the plan that takes longer"), tasks)
        if contracts is not None:
            self.fields["contract"] = chosen(_("Contract"), contracts)
            self.order_fields(["contract"])

    @classmethod
    def of(cls, order: ChangeOrder, data: Any = None, **offered: Any) -> "ChangeOrderForm":
        names = ("title", "description", "amount", "days", "activity_uid")
        initial = {name: getattr(order, name) for name in names} | {"line": order.line_id}
        return cls(data, initial=initial, version=order.version, **offered)


class ForwardForm(Form):
    money = forms.ChoiceField(
        label=_("Where the money comes from"),
        choices=[
            ("line", _("The budget line becomes larger")),
            ("manager", _("The manager's reserve")),
            ("owner", _("The owner's reserve")),
            ("none", _("The budget is left as it is")),
        ],
        widget=forms.RadioSelect,
        initial="line",
    )


class RejectForm(Form):
    reason = area(_("Why"), 3)


class InvoiceForm(Form):
    layout = (
        ("reference", "kid"),
        ("invoiced_on", "received_on", "due_on"),
        ("amount", "vat", "retained"),
        ("term", "change_order", "line"),
    )

    reference = forms.CharField(label=_("Invoice number"), max_length=60)
    kid = forms.CharField(label=_("Payment reference (KID)"), max_length=40, required=False)
    text = line_of_text(_("What it is for"), required=False)
    invoiced_on = DateField(label=_("Invoice date"), initial=timezone.localdate)
    received_on = DateField(
        label=pgettext_lazy("day of an invoice", "Received"), initial=timezone.localdate
    )
    due_on = DateField(label=_("Due date"))
    amount = MoneyField(label=_("Amount without VAT"), min_value=0)
    vat = MoneyField(label=_("VAT"), min_value=0, initial=0)
    retained = MoneyField(
        label=_("Held back"),
        min_value=0,
        required=False,
        help_text=_("Empty: as the contract says."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        terms: Choices,
        orders: Choices,
        lines: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["term"] = chosen(_("Instalment"), terms, empty=_("None of them"))
        self.fields["change_order"] = chosen(_("Change order"), orders, empty=_("None of them"))
        self.fields["line"] = chosen(_("Budget line"), lines, empty=_("The contract's own line"))

    @classmethod
    def of(cls, invoice: Invoice, data: Any = None, **offered: Any) -> "InvoiceForm":
        names = ("reference", "kid", "text", "invoiced_on", "due_on", "amount", "vat", "retained")
        initial = {name: getattr(invoice, name) for name in names}
        initial |= {
            "term": invoice.term_id,
            "change_order": invoice.change_order_id,
            "line": invoice.line_id,
        }
        form = cls(data, initial=initial, version=invoice.version, **offered)
        form.fields["retained"].required = True
        del form.fields["received_on"]
        return form


class RemarksForm(Form):
    remarks = area(_("Remarks"), 3)

    def __init__(self, data: Any = None, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["remarks"].required = required


class SendInvoiceForm(Form):
    sent_on = DateField(label=_("Sent to payment"), initial=timezone.localdate)


class ProcurementForm(Form):
    layout: ClassVar[Sequence[Sequence[str]]] = (("estimate", "responsible"),)

    title = line_of_text(_("What is bought"))
    estimate = MoneyField(label=_("Estimated value"), min_value=0, required=False)
    notes = area(_("Notes"), 2)

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["responsible"] = chosen(_("Responsible"), team, empty=_("Nobody yet"))

    @classmethod
    def of(cls, row: Procurement, data: Any = None, *, team: Choices) -> "ProcurementForm":
        initial: dict[str, Any] = {"title": row.title, "estimate": row.estimate, "notes": row.notes}
        initial["responsible"] = row.responsible_id
        return cls(data, team=team, initial=initial, version=row.version)


class NewProcurementForm(ProcurementForm):
    """With the day or the task of each step, as far as they are known."""

    layout = (
        ("estimate", "responsible"),
        *((f"{kind}_day", f"{kind}_task") for kind in StepKind),
    )

    def __init__(self, data: Any = None, *, tasks: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for kind in StepKind:
            self.fields[f"{kind}_day"] = DateField(label=kind.label, required=False)
            self.fields[f"{kind}_task"] = task(_("Task in the plan"), tasks)

    def clean(self) -> dict[str, Any]:
        """The days and the tasks by step, as the command takes them."""
        said = super().clean() or self.cleaned_data
        days = {kind: said.pop(f"{kind}_day", None) for kind in StepKind}
        tasks = {kind: said.pop(f"{kind}_task", None) for kind in StepKind}
        said["days"] = {kind: day for kind, day in days.items() if day}
        said["activities"] = {kind: uid for kind, uid in tasks.items() if uid}
        return said


class StepForm(Form):
    layout = (("day", "activity_uid"),)

    day = DateField(label=_("Date"), required=False)
    done_on = DateField(label=_("Done"), required=False)

    def __init__(self, data: Any = None, *, tasks: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["activity_uid"] = task(
            _("Task in the plan"), tasks, help_text=_("The date then follows the task.")
        )

    @classmethod
    def of(cls, step: ProcurementStep, data: Any = None, *, tasks: Choices) -> "StepForm":
        initial = {name: getattr(step, name) for name in ("day", "activity_uid", "done_on")}
        return cls(data, tasks=tasks, initial=initial, version=step.version)


class EndProcurementForm(Form):
    def __init__(self, data: Any = None, *, contracts: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["contract"] = chosen(
            _("The contract it led to"), contracts, empty=_("No contract")
        )
