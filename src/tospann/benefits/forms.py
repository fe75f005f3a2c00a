"""Forms of benefits, the changes that lead to them, and their measuring."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.benefits.models import (
    Benefit,
    BenefitKind,
    BenefitState,
    Change,
    ChangeState,
    Importance,
    Indicator,
    Measurement,
    Moment,
    Use,
)
from tospann.ui import formats
from tospann.ui.forms import DateField, Form, MoneyField, NumberField, Suggestion

Choices = list[tuple[str, str]]
ROWS = forms.Textarea(attrs={"rows": 3})


def _one_of(label: Any, choices: Choices, nobody: Any, help_text: Any = "") -> forms.Field:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", nobody), *choices],
        widget=Suggestion,
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=help_text,
    )


def _word_or_none(label: Any, of: type[Any], nothing: Any) -> forms.Field:
    return forms.TypedChoiceField(
        label=label, choices=[("", nothing), *of.choices], required=False, empty_value=None
    )


class BenefitForm(Form):
    """What the project is worth to somebody, and who sees to it that it comes."""

    layout = (("kind", "owner"), ("value_per_year", "full_from"), ("importance", "use"))

    title = forms.CharField(
        label=_("Benefit"),
        max_length=200,
        help_text=_("Who gets which effect, such as “Residents wait half as long for an answer”."),
    )
    kind = forms.ChoiceField(label=_("Kind of benefit"), choices=BenefitKind.choices)
    description = forms.CharField(
        label=_("Description"), max_length=20_000, required=False, widget=ROWS
    )
    value_per_year = MoneyField(label=_("Value a year at full effect"), required=False)
    full_from = DateField(label=_("Full effect from"), required=False)

    def __init__(self, data: Any = None, *, team: Choices, goals: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"] = _one_of(_("Benefit owner"), team, _("Nobody yet"))
        self.fields["goal"] = _one_of(_("Leads to this goal"), goals, _("No goal"))
        self.fields["importance"] = _word_or_none(_("Importance"), Importance, _("Not said"))
        self.fields["use"] = _word_or_none(_("What it is used for"), Use, _("Not said"))

    @classmethod
    def of(cls, one: Benefit, data: Any = None, **choices: Any) -> "BenefitForm":
        names = ("title", "kind", "description", "value_per_year", "full_from", "importance", "use")
        start = {name: getattr(one, name) for name in names}
        start |= {"owner": one.owner_id, "goal": one.goal_id}
        return cls(data, initial=start, version=one.version, **choices)


class StateForm(Form):
    """How a benefit stands, and why."""

    state = forms.ChoiceField(
        label=_("State"), choices=BenefitState.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why"), max_length=20_000, required=False, widget=ROWS)


class IndicatorForm(Form):
    """What is measured, how, and what it is to become."""

    layout = (("target", "unit"), ("start_on", "middle_on", "end_on"))

    name = forms.CharField(label=_("Indicator"), max_length=200)
    target = NumberField(label=_("Target"), max_digits=15, decimal_places=3)
    unit = forms.CharField(label=_("Unit"), max_length=60, required=False)
    method = forms.CharField(
        label=_("How it is measured"), max_length=20_000, required=False, widget=ROWS
    )

    def __init__(
        self, data: Any = None, *, team: Choices, days: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        whoever = _("Whoever owns the benefit")
        self.fields["responsible"] = _one_of(_("Who measures"), team, whoever)
        if days:
            self.fields["start_on"] = DateField(label=_("Measured at the start"), required=False)
            self.fields["middle_on"] = DateField(label=_("Midway"), required=False)
            self.fields["end_on"] = DateField(label=_("At the end"), required=False)

    @classmethod
    def of(cls, one: Indicator, data: Any = None, **choices: Any) -> "IndicatorForm":
        start = {name: getattr(one, name) for name in ("name", "target", "unit", "method")}
        start |= {"responsible": one.responsible_id}
        return cls(data, initial=start, version=one.version, days=False, **choices)


class PlanForm(Form):
    """One more measuring of an indicator."""

    layout = (("moment", "due_on"),)

    moment = forms.ChoiceField(label=_("When in the project"), choices=Moment.choices)
    due_on = DateField(label=_("Due date"))


class MoveForm(Form):
    due_on = DateField(label=_("Due date"))


class MeasureForm(Form):
    """What was found."""

    layout = (("value", "measured_on"),)

    measured_on = DateField(label=_("Measured"), required=False)
    comment = forms.CharField(label=_("Comment"), max_length=20_000, required=False, widget=ROWS)

    def __init__(self, data: Any = None, *, of: Measurement, **kwargs: Any) -> None:
        start = {"value": of.value, "measured_on": of.measured_on, "comment": of.comment}
        super().__init__(data, initial=start, **{"version": of.version, **kwargs})
        self.fields["value"] = NumberField(
            label=_("Result"), suffix=of.indicator.unit, max_digits=15, decimal_places=3
        )
        self.order_fields(("value", "measured_on", "comment"))


class ChangeForm(Form):
    """What has to become different in the line."""

    layout = (("responsible", "due_on"),)

    title = forms.CharField(
        label=_("Change"),
        max_length=200,
        help_text=_("What people do differently, such as “Case workers answer by video”."),
    )
    description = forms.CharField(
        label=_("Description"), max_length=20_000, required=False, widget=ROWS
    )
    product = forms.CharField(
        label=_("Made possible by"),
        max_length=200,
        required=False,
        help_text=_("What the project delivers that makes the change possible."),
    )
    due_on = DateField(label=_("By when"), required=False)

    def __init__(
        self, data: Any = None, *, team: Choices, benefits: Choices, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["responsible"] = _one_of(_("Responsible"), team, _("Nobody yet"))
        self.fields["benefits"] = forms.TypedMultipleChoiceField(
            label=_("Leads to these benefits"),
            choices=benefits,
            coerce=UUID,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @classmethod
    def of(
        cls, one: Change, leads_to: list[UUID], data: Any = None, **choices: Any
    ) -> "ChangeForm":
        start = {name: getattr(one, name) for name in ("title", "description", "product", "due_on")}
        start |= {"responsible": one.responsible_id, "benefits": [str(pk) for pk in leads_to]}
        return cls(data, initial=start, version=one.version, **choices)


class ChangeStateForm(Form):
    state = forms.ChoiceField(
        label=_("State"), choices=ChangeState.choices, widget=forms.RadioSelect
    )


class HandOverForm(Form):
    """Who sees to the benefit when the project is gone, and when it is measured then."""

    measure_on = forms.CharField(
        label=_("Measured on"),
        max_length=200,
        help_text=_("One date or several with commas between, such as 1.6.2027, 1.6.2028."),
    )
    note = forms.CharField(
        label=_("What was agreed"), max_length=20_000, required=False, widget=ROWS
    )

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"] = forms.TypedChoiceField(
            label=_("Benefit owner in the line"), choices=team, widget=Suggestion, coerce=UUID
        )
        self.order_fields(("owner", "measure_on", "note"))

    def clean_measure_on(self) -> list[date]:
        today = timezone.localdate()
        parts = [part.strip() for part in self.cleaned_data["measure_on"].split(",")]
        try:
            return [formats.parse_date(part, today) for part in parts if part]
        except ValueError:
            raise ValidationError(gettext("Write dates such as 1.6.2027, 1.6.2028.")) from None


class RemoveForm(Form):
    """Nothing to fill in: the button is the answer."""
