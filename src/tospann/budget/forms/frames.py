"""What people type about frames, cuts, funding and the organisation's rates."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.budget.models import Budget, CutItem, CutState, Funding
from tospann.ui.forms import DateField, Form, MoneyField, NumberField


class FramesForm(Form):
    """The parts of the steering frame and the cost frame, as the uncertainty analysis gave them."""

    layout = (("base_estimate", "unspecified"), ("expected_addition", "contingency"))

    base_estimate = MoneyField(
        label=_("Base estimate"),
        min_value=0,
        help_text=_("The most likely cost of all that is specified."),
    )
    unspecified = MoneyField(label=_("Unspecified allowance"), min_value=0, initial=0)
    expected_addition = MoneyField(
        label=_("Expected addition"), min_value=0, initial=0, help_text=_("Up to P50.")
    )
    contingency = MoneyField(
        label=_("Contingency"), min_value=0, initial=0, help_text=_("From P50 to P85.")
    )
    frames_source = forms.CharField(
        label=_("Where it comes from"),
        max_length=200,
        required=False,
        help_text=_("Such as the uncertainty analysis and its date."),
    )

    @classmethod
    def of(cls, head: Budget, data: Any = None) -> "FramesForm":
        initial = {name: getattr(head, name) for name in cls.base_fields}
        return cls(data, initial=initial, version=head.version)


class CutForm(Form):
    """A prepared reduction."""

    layout = (("amount", "decide_by"), ("state",))

    name = forms.CharField(label=_("What can be cut"), max_length=200)
    amount = MoneyField(label=_("Saves"), min_value=1)
    decide_by = DateField(label=_("Must be decided by"), required=False)
    consequence = forms.CharField(label=_("What is lost"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("State"), choices=CutState.choices)

    @classmethod
    def of(cls, cut: CutItem, data: Any = None) -> "CutForm":
        initial = {name: getattr(cut, name) for name in cls.base_fields}
        return cls(data, initial=initial, version=cut.version)

    @classmethod
    def new(cls, data: Any = None) -> "CutForm":
        form = cls(data)
        del form.fields["state"]
        return form


class FundingForm(Form):
    """Somebody who pays."""

    layout = (("amount", "received"),)

    name = forms.CharField(label=_("Who pays"), max_length=200)
    amount = MoneyField(label=_("Amount"), min_value=0)
    received = MoneyField(label=_("Received so far"), min_value=0, required=False)
    is_agreed = forms.BooleanField(label=_("Agreed in writing"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    @classmethod
    def of(cls, funding: Funding, data: Any = None) -> "FundingForm":
        initial = {name: getattr(funding, name) for name in cls.base_fields}
        return cls(data, initial=initial, version=funding.version)


class ExchangeRateForm(Form):
    """What a currency is worth from a day on."""

    layout = (("currency", "valid_from", "rate"),)

    currency = forms.RegexField(
        "^[A-Za-z]{3}$", label=_("Currency"), max_length=3, help_text=_("Such as EUR")
    )
    valid_from = DateField(label=_("Valid from"))
    rate = NumberField(
        label=_("Kroner for one"), min_value=Decimal("0.000001"), max_digits=14, decimal_places=6
    )
    note = forms.CharField(label=_("Where it comes from"), max_length=200, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("valid_from", timezone.localdate())
        super().__init__(data, **kwargs)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class VatForm(Form):
    """A rate of value added tax from a day on."""

    layout = (("code", "percent", "valid_from"),)

    code = forms.RegexField(
        "^[a-z0-9]{1,10}$",
        label=_("VAT code"),
        max_length=10,
        help_text=_("standard, medium, low, exempt, or a code of your own"),
    )
    percent = NumberField(
        label=_("Percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    valid_from = DateField(label=_("Valid from"))
