"""Taking a budget in, and working out what money is worth today."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tospann.control.columns import Table, Unreadable, read
from tospann.control.worth import HIGHEST
from tospann.ui.forms import Form, NumberField

MOST_LETTERS = 2_000_000


class BudgetFileForm(Form):
    file = forms.FileField(
        label=_("The workbook with the budget"),
        help_text=_(
            "Download the budget from here, change codes, names, dates and amounts, and add rows "
            "without a number for new lines. Nothing is changed before you have seen what differs."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
    )


class DifferencesForm(Form):
    """The rows that were shown, sent back as they were."""

    lines = forms.CharField(widget=forms.HiddenInput, max_length=MOST_LETTERS)

    def clean_lines(self) -> list[dict[str, Any]]:
        try:
            found = json.loads(self.cleaned_data["lines"])
        except ValueError:
            found = None
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise forms.ValidationError(_("Read the file once more."))
        return found


class WorthForm(Form):
    """Yearly amounts, what they are discounted by, and when in the year they come."""

    flows = forms.CharField(
        label=_("What comes in or goes out each year"),
        help_text=_(
            "One year a line, costs with a minus. The first line is the first year. Several "
            "columns, as copied from a spreadsheet, are added up for each year; their headings "
            "may stand above."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
    )
    rate = NumberField(
        label=_("Discount rate"), suffix="%", initial=4, min_value=Decimal(-50), max_value=HIGHEST
    )
    end_of_year = forms.BooleanField(
        label=_("Amounts come at the end of each year, so the first is discounted too"),
        required=False,
    )

    def clean_flows(self) -> Table:
        try:
            return read(self.cleaned_data["flows"], get_language() or "nb")
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
