"""What people type about budget lines and reserves."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.budget import sources
from tospann.budget.commands import PeriodAmount
from tospann.budget.forms.costs import currency_choices, offer, vat_choices
from tospann.budget.models import Budget, BudgetLine, CostType
from tospann.budget.money import NOK, in_nok
from tospann.foundation.errors import Invalid
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.ui import formats
from tospann.ui.forms import DateField, Form, MoneyField, Suggestion
from tospann.ui.jinja import language

Choices = list[tuple[str, str]]


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LineForm(Form):
    """A new line, or a change of one. When it is used follows its task or phase unless said."""

    layout = (
        ("code", "wbs", "cost_type"),
        ("amount", "currency", "rate_on"),
        ("phase", "activity_uid"),
        ("starts_on", "ends_on"),
        ("vat_code", "with_vat"),
    )
    FIELDS: ClassVar[tuple[str, ...]] = (
        *("name", "code", "starts_on", "ends_on", "activity_uid", "is_running"),
        *("cost_type", "wbs", "vat_code", "with_vat", "currency", "rate_on"),
    )

    name = forms.CharField(label=_("What it is for"), max_length=200)
    code = forms.CharField(
        label=_("Account or code"), max_length=20, required=False, help_text=_("Such as 2.1")
    )
    wbs = forms.CharField(label=_("WBS code"), max_length=40, required=False)
    cost_type = forms.ChoiceField(
        label=_("Cost type"), choices=CostType.choices, initial=CostType.OTHER, required=False
    )
    amount = MoneyField(label=_("Amount"), min_value=0)
    currency = forms.ChoiceField(label=_("Currency"), initial=NOK, required=False)
    rate_on = DateField(
        label=_("Exchange rate of"),
        required=False,
        help_text=_("Only for another currency. Empty: today."),
    )
    vat_code = forms.ChoiceField(label=_("VAT on its costs"), required=False)
    with_vat = forms.BooleanField(
        label=_("VAT counts as a cost (it cannot be deducted)"), required=False
    )
    phase = forms.TypedChoiceField(label=_("Phase"), required=False, coerce=UUID, empty_value=None)
    activity_uid = forms.TypedChoiceField(
        label=_("Task in the plan"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=Suggestion,
        help_text=_("The money then follows the task when it moves."),
    )
    starts_on = DateField(label=_("From"), required=False)
    ends_on = DateField(
        label=_("To"),
        required=False,
        help_text=_("Empty: spread over the task, or over the phase."),
    )

    is_running = forms.BooleanField(
        label=_("Grows with time: costs more for each week the project lasts"), required=False
    )

    def __init__(self, data: Any = None, *, project: Project, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        named = [(str(phase.pk), phase.name) for phase in projects.phases(project)]
        tasks = [(str(uid), words) for uid, words in sources.names(project.pk)]
        self._offer("phase", [("", _("No phase")), *named])
        kept = self.initial.get("activity_uid")
        if kept and str(kept) not in dict(tasks):
            tasks.append((str(kept), sources.name(project.pk, kept) or str(kept)))
        self._offer("activity_uid", [("", _("No task")), *tasks])

        offer(self, "currency", currency_choices())
        offer(self, "vat_code", vat_choices(nothing=_("No VAT")))

    def clean(self) -> dict[str, Any]:
        """In another currency the amount is that of the currency; kroner follow by the rate."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        typed |= {name: typed.get(name) or None for name in ("cost_type", "currency")}
        if "amount" not in typed or typed["currency"] in (None, NOK):
            return {**typed, "rate_on": None, "currency_amount": None}
        day = typed.get("rate_on") or timezone.localdate()
        try:
            kroner = in_nok(typed["amount"], typed["currency"], day)
        except Invalid as error:
            raise ValidationError({"currency": error.message}) from None
        return {**typed, "rate_on": day, "currency_amount": typed["amount"], "amount": kroner}

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    @classmethod
    def of(cls, line: BudgetLine, data: Any = None) -> "LineForm":
        initial = {name: getattr(line, name) for name in cls.FIELDS} | {"phase": line.phase_id}
        initial["amount"] = line.amount if line.currency == NOK else line.currency_amount
        return cls(data, project=line.project, initial=initial, version=line.version)


class CostForm(Form):
    """Facts: what has been used so far, and what it is expected to end at."""

    layout = (("spent", "forecast"),)

    spent = MoneyField(label=_("Incurred so far"), min_value=0)
    forecast = MoneyField(
        label=_("Expected to end at"),
        min_value=0,
        required=False,
        help_text=_("Empty: as budgeted."),
    )

    @classmethod
    def of(cls, line: BudgetLine, data: Any = None) -> "CostForm":
        initial = {"spent": line.spent, "forecast": line.forecast}
        return cls(data, initial=initial, version=line.version)


class MoveForm(Form):
    """So much to another line."""

    layout = (("to", "amount"),)

    to = forms.TypedChoiceField(label=_("To the line"), coerce=UUID, widget=Suggestion)
    amount = MoneyField(label=_("Amount"), min_value=0)
    reason = _reason()

    def __init__(self, data: Any = None, *, lines: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["to"]
        field.choices = lines

    def clean_amount(self) -> Any:
        return _positive(self.cleaned_data["amount"])


class ReleaseForm(Form):
    """So much of a reserve to this line."""

    amount = MoneyField(label=_("Amount"), min_value=0)
    reason = _reason()

    def clean_amount(self) -> Any:
        return _positive(self.cleaned_data["amount"])


def _positive(amount: Any) -> Any:
    if not amount:
        raise ValidationError(_("Write an amount above zero."))
    return amount


class ReservesForm(Form):
    """What is set aside, by whoever may release it."""

    layout = (("manager_reserve", "owner_reserve"),)

    manager_reserve = MoneyField(
        label=_("Manager's reserve"),
        min_value=0,
        help_text=_("For additions one must expect. The project manager releases it."),
    )
    owner_reserve = MoneyField(
        label=_("Owner's reserve"),
        min_value=0,
        help_text=_("For what is uncertain. Only the project owner releases it."),
    )

    @classmethod
    def of(cls, budget: Budget, data: Any = None) -> "ReservesForm":
        initial = {
            "manager_reserve": budget.manager_reserve,
            "owner_reserve": budget.owner_reserve,
        }
        return cls(data, initial=initial, version=budget.version)


class PeriodsForm(Form):
    """How much of a line is used in each month."""

    def __init__(self, data: Any = None, *, months: Mapping[date, Decimal], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.months = list(months)
        for first, amount in months.items():
            self.fields[f"m{first:%Y%m}"] = MoneyField(
                label=formats.month(first, language()), min_value=0, initial=amount, required=False
            )

    def periods(self) -> list[PeriodAmount]:
        typed = {first: self.cleaned_data.get(f"m{first:%Y%m}") for first in self.months}
        return [PeriodAmount(month=one, amount=amount) for one, amount in typed.items() if amount]
