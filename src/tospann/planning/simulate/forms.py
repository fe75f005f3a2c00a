"""What people say about what is uncertain."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from planengine.risk import Reading
from tospann.planning.forms import PlanForm
from tospann.planning.models import Kind, State
from tospann.planning.simulate.estimates import READINGS
from tospann.planning.store import Loaded
from tospann.ui.forms import Form, MoneyField, NumberField, Suggestion

MOST_OFFERED = 400


def _days(label: Any, least: int = 0) -> NumberField:
    return NumberField(label=label, required=False, min_value=least, max_value=2000)


def check_points(form: Form, said: dict[str, Any], names: tuple[str, str, str]) -> None:
    """Three numbers in rising order, or none at all."""
    points = [said.get(name) for name in names]
    known = [point for point in points if point is not None]
    if known and len(known) < len(names):
        missing = next(name for name in names if said.get(name) is None)
        if missing not in form.errors:
            form.add_error(missing, ValidationError(_("Fill in all three, or none.")))
    elif known != sorted(known):
        form.add_error(
            names[1], ValidationError(_("The three must rise: lowest, most likely, highest."))
        )


class EstimateForm(PlanForm):
    """Three numbers of working days; all empty takes the estimate away."""

    low = _days(_("Lowest, working days"))
    likely = _days(_("Most likely"))
    high = _days(_("Highest"))
    reading = forms.TypedChoiceField(
        label=_("What the three numbers mean"),
        choices=[
            ("", _("The same as for the rest of the plan")),
            *((one.value, label) for one, label in READINGS.items()),
        ],
        coerce=Reading,
        empty_value=None,
        required=False,
    )
    layout = (("low", "likely", "high"),)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        check_points(self, said, ("low", "likely", "high"))
        return said


class EventForm(Form):
    """An event: how likely it is, which task it delays and by how much, and what it costs."""

    name = forms.CharField(label=_("What may happen"), max_length=200)
    probability = NumberField(
        label=_("Probability"), min_value=1, max_value=99, decimal_places=0, suffix="%"
    )
    activity_uid = forms.TypedChoiceField(
        label=_("Delays the task"), required=False, coerce=int, empty_value=None, widget=Suggestion
    )
    delay_low = _days(_("Delay in working days, at least"), -2000)
    delay_likely = _days(_("Most likely"), -2000)
    delay_high = _days(_("At most"), -2000)
    cost_low = MoneyField(label=_("Cost, at least"), required=False)
    cost_likely = MoneyField(label=_("Most likely"), required=False)
    cost_high = MoneyField(label=_("At most"), required=False)
    risk_number = forms.IntegerField(
        label=_("Number in the risk register"), required=False, min_value=1, max_value=2**31 - 1
    )
    layout = (
        ("probability", "activity_uid"),
        ("delay_low", "delay_likely", "delay_high"),
        ("cost_low", "cost_likely", "cost_high"),
    )

    def __init__(self, *args: Any, loaded: Loaded, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_rows = (
            row
            for row in loaded.rows.values()
            if row.kind != Kind.SUMMARY and row.state != State.DONE and row.is_active
        )
        offered = [(row.uid, f"{row.number} {row.name}"[:120]) for row in open_rows]
        tasks: Any = self.fields["activity_uid"]
        tasks.choices = [("", "–"), *offered[:MOST_OFFERED]]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in ("delay", "cost"):
            check_points(self, said, (f"{name}_low", f"{name}_likely", f"{name}_high"))
        if said.get("delay_likely") is not None and not said.get("activity_uid"):
            self.add_error("activity_uid", ValidationError(_("Which task is delayed?")))
        if said.get("delay_likely") is None and said.get("cost_likely") is None:
            self.add_error(
                None, ValidationError(_("Say what it costs, how it delays a task, or both."))
            )
        return said

    def arguments(self) -> dict[str, Any]:
        """What the commands want."""
        said = self.cleaned_data
        points = {
            name: [_plain(said[f"{name}_{part}"]) for part in ("low", "likely", "high")]
            if said[f"{name}_likely"] is not None
            else None
            for name in ("delay", "cost")
        }
        names = ("name", "activity_uid", "risk_number")
        return {
            **{name: said[name] for name in names},
            "probability": int(said["probability"]),
            **points,
        }


def _plain(value: Decimal) -> float:
    return float(value)


def shown_event(event: Any) -> dict[str, Any]:
    """What a form about an event begins with."""
    names = ("name", "probability", "activity_uid", "risk_number")
    shown: dict[str, Any] = {name: getattr(event, name) for name in names}
    for name in ("delay", "cost"):
        points = getattr(event, name) or [None] * 3
        shown |= {
            f"{name}_{part}": None if point is None else Decimal(str(point))
            for part, point in zip(("low", "likely", "high"), points, strict=True)
        }
    return shown


class AskForm(forms.Form):
    """How to simulate, from the address."""

    draft = forms.UUIDField(required=False)
    draws = forms.IntegerField(required=False, min_value=100, max_value=10_000)
    spread = forms.BooleanField(required=False)
    reading = forms.TypedChoiceField(
        required=False,
        choices=[(one.value, one.value) for one in Reading],
        coerce=Reading,
        empty_value=Reading.ERLANG,
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
