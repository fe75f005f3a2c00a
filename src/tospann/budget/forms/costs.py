"""What people type about costs, commitments and accruals, and about files of costs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.budget import money
from tospann.budget.commands import CostRow
from tospann.budget.importing.headings import FIELDS, REQUIRED
from tospann.budget.models import Commitment, ExchangeRate, StagedCosts
from tospann.ui.forms import DateField, Form, MoneyField, Suggestion

Choices = Sequence[tuple[str, Any]]


def vat_choices(*, nothing: Any) -> list[tuple[str, Any]]:
    """The known rates, with their percent today."""
    names = {
        money.STANDARD: _("standard rate"),
        money.MEDIUM: _("food"),
        money.LOW: _("low rate"),
        money.EXEMPT: _("exempt"),
    }
    known, today = money.rates(), timezone.localdate()
    found = [("", nothing)]
    for code in dict.fromkeys([*names, *known.vat]):
        percent = known.percent(code, today)
        if percent is not None:
            found.append((code, f"{percent.normalize():f} % · {names.get(code, code)}"))
    return found


def currency_choices() -> list[tuple[str, str]]:
    """Kroner, and every currency that has a rate."""
    known = ExchangeRate.objects.order_by("currency").values_list("currency", flat=True).distinct()
    return [(code, code) for code in [money.NOK, *known]]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    field: Any = form.fields[name]
    field.choices = choices


def line_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Line"), coerce=UUID, widget=Suggestion)


class NewCostForm(Form):
    """One cost by hand."""

    layout = (("booked_on", "line"), ("amount", "currency", "vat_code"), ("supplier", "text"))

    booked_on = DateField(label=_("Date"))
    line = line_field()
    amount = MoneyField(label=_("Amount without VAT"), help_text=_("With minus: a credit."))
    currency = forms.ChoiceField(label=_("Currency"))
    vat_code = forms.ChoiceField(label=_("VAT"), required=False)
    supplier = forms.CharField(label=_("Supplier"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), max_length=200, required=False)
    external_id = forms.CharField(
        label=_("Voucher or invoice number"),
        max_length=80,
        required=False,
        help_text=_("The same number is never counted twice."),
    )

    def __init__(self, data: Any = None, *, lines: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("booked_on", timezone.localdate())
        super().__init__(data, **kwargs)
        offer(self, "line", lines)
        offer(self, "currency", currency_choices())
        offer(self, "vat_code", vat_choices(nothing=_("As the line")))

    def row(self) -> CostRow:
        """The cost as the command takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return CostRow(**{**typed, "vat_code": typed["vat_code"] or None})


class CommitmentForm(Form):
    """What is ordered."""

    layout = (("supplier", "amount"), ("due_on",))

    text = forms.CharField(label=_("What it is for"), max_length=200)
    supplier = forms.CharField(label=_("Supplier"), max_length=200, required=False)
    amount = MoneyField(label=_("Amount without VAT"), min_value=0)
    due_on = DateField(label=_("Expected on"), required=False)
    is_closed = forms.BooleanField(label=_("Closed: no more will come on it"), required=False)

    @classmethod
    def of(cls, found: Commitment, data: Any = None) -> "CommitmentForm":
        names = ("text", "supplier", "amount", "due_on", "is_closed")
        initial = {name: getattr(found, name) for name in names}
        return cls(data, initial=initial, version=found.version)

    @classmethod
    def new(cls, data: Any, lines: Choices) -> "CommitmentForm":
        form = cls(data)
        del form.fields["is_closed"]
        form.fields = {"line": line_field(), **form.fields}
        offer(form, "line", lines)
        return form


class AccrualForm(Form):
    """What is used before the invoice comes."""

    layout = (("line", "booked_on"), ("supplier", "amount"))

    line = line_field()
    booked_on = DateField(label=_("Counts from"))
    text = forms.CharField(label=_("What it is for"), max_length=200)
    supplier = forms.CharField(label=_("Supplier"), max_length=200, required=False)
    amount = MoneyField(label=_("Amount without VAT"), min_value=0)

    def __init__(self, data: Any = None, *, lines: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("booked_on", timezone.localdate())
        super().__init__(data, **kwargs)
        offer(self, "line", lines)

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError(_("Write an amount above zero."))
        return amount


class ReleaseAccrualForm(Form):
    released_on = DateField(
        label=_("Counts until"), help_text=_("From this day the invoice counts instead.")
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("released_on", timezone.localdate())
        super().__init__(data, **kwargs)


class ReversalForm(Form):
    booked_on = DateField(
        label=_("Date of the reversal"),
        required=False,
        help_text=_("Empty: on the same dates as the costs."),
    )


class UploadForm(Form):
    file = forms.FileField(
        label=_("A file of costs"),
        help_text=_(
            "A workbook (.xlsx) or text file (.csv) with one row for each cost, and a row of"
            " headings above them."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
    )


class MappingForm(Form):
    """Which column is what."""

    layout = (
        ("head", "line_for_all"),
        ("booked_on", "amount", "line"),
        ("text", "supplier", "external_id"),
        ("vat", "vat_code", "currency", "hours"),
    )

    head = forms.IntegerField(label=_("Row of the headings"), min_value=1, max_value=100_000)
    line_for_all = forms.ChoiceField(
        label=_("Budget line where the file says none"), required=False, widget=Suggestion
    )

    def __init__(self, staged: StagedCosts, data: Any = None, *, lines: Choices) -> None:
        mapping = staged.mapping
        initial = {"head": mapping["head"] + 1, "line_for_all": mapping.get("line") or ""}
        super().__init__(data, initial={**initial, **mapping["columns"]})
        offer(self, "line_for_all", [("", _("None")), *lines])
        columns = list(enumerate(staged.report["names"]))
        for name, label in FIELDS.items():
            nothing = ("", "–") if name in REQUIRED else ("", _("Not in the file"))
            self.fields[name] = forms.TypedChoiceField(
                label=str(label),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[nothing, *((str(place), words) for place, words in columns)],
            )

    def mapping(self) -> dict[str, Any]:
        typed = self.cleaned_data
        columns = {name: typed[name] for name in FIELDS if typed[name] is not None}
        return {
            "head": typed["head"] - 1,
            "columns": columns,
            "line": typed["line_for_all"],
        }
