"""Taking a budget in, and working out what money is worth today."""

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from planengine.risk import Reading
from tospann.control.columns import Table, Unreadable, read, read_named, read_pairs
from tospann.control.three_points import Estimated, Impossible, Together, alike, together
from tospann.control.worth import HIGHEST
from tospann.planning.simulate.estimates import READINGS
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


class ThreePointsForm(Form):
    """Costs and benefits of three numbers each, how they are read and how they vary together."""

    layout = (("reading", "correlation"),)

    costs = forms.CharField(
        label=_("Costs"),
        help_text=_(
            "One cost a line: its name, the lowest, the most likely and the highest amount, as "
            "copied from a spreadsheet or divided by semicolons."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        required=False,
    )
    benefits = forms.CharField(
        label=_("Benefits"),
        help_text=_("In the same way."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        required=False,
    )
    reading = forms.ChoiceField(
        label=_("What the three numbers mean"),
        choices=[(one.value, label) for one, label in READINGS.items()],
        initial=Reading.ERLANG.value,
    )
    correlation = NumberField(
        label=_("How strongly costs follow each other, and benefits each other"),
        help_text=_("From 0 (not at all) to 1 (entirely)."),
        initial=0,
        min_value=0,
        max_value=1,
        decimal_places=3,
        required=False,
    )
    pairs = forms.CharField(
        label=_("Pairs that differ from this"),
        help_text=_("One pair a line: two names and a number from −1 to 1, such as A;B;0,5."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )

    together: Together | None = None

    def clean_costs(self) -> list[Estimated]:
        return self._amounts("costs", is_benefit=False)

    def clean_benefits(self) -> list[Estimated]:
        return self._amounts("benefits", is_benefit=True)

    def clean_pairs(self) -> list[tuple[str, str, Decimal]]:
        pairs: list[tuple[str, str, Decimal]] = self._read(read_pairs, "pairs")
        return pairs

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors:
            try:
                self.together = self._add_up(typed)
            except Impossible as error:
                raise forms.ValidationError(str(error)) from None
        return typed

    def _add_up(self, typed: dict[str, Any]) -> Together:
        amounts = [*typed["costs"], *typed["benefits"]]
        if not amounts:
            raise Impossible(_("Give at least one cost or one benefit."))
        rows = alike(amounts, float(typed["correlation"] or 0))
        places = {one.name: place for place, one in enumerate(amounts)}
        for one, two, value in typed["pairs"]:
            if one not in places or two not in places or one == two:
                said = _("%(one)s and %(two)s are not two of the amounts.")
                self.add_error("pairs", said % {"one": one, "two": two})
                continue
            n, m = places[one], places[two]
            rows[n][m] = rows[m][n] = float(value)
        return together(amounts, Reading(typed["reading"]), rows)

    def _amounts(self, name: str, *, is_benefit: bool) -> list[Estimated]:
        return [
            Estimated(named, low, likely, high, is_benefit)
            for named, (low, likely, high) in self._read(read_named, name)
        ]

    def _read(self, reader: Any, name: str) -> Any:
        try:
            return reader(self.cleaned_data[name], get_language() or "nb")
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from None
