"""Forms of a closing."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.closing.models import Audience
from tospann.ui.forms import DateField, Form

ROWS = {"rows": 3}
SCORES = ((5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1"))


def _words(label: Any, *, needed: bool = False, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=20_000, required=needed, widget=area, **more)


class WrittenForm(Form):
    """How the project went, in the manager's own words."""

    summary = _words(_("How did the project go?"), rows=6)
    handed_over_to = forms.CharField(
        label=_("Who takes over the result?"),
        max_length=200,
        required=False,
        help_text=_("The unit or the person in the line organisation."),
    )


class EvaluationForm(Form):
    """Whether a success criterion is met, and why one says so."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[("met", _("Met")), ("not_met", _("Not met"))],
        widget=forms.RadioSelect,
    )
    reason = _words(_("Why do you say so?"), needed=True)


class CarryForm(Form):
    """Who takes care of an open case when the project is no more."""

    to = forms.CharField(label=_("Who carries it on?"), max_length=200)
    why = _words(_("Why is it not decided before closing?"), needed=True)


class EndForm(Form):
    """What is decided on."""

    text = _words(_("What the decision rests on"), needed=True, rows=10)


class ReopenForm(Form):
    """Why a closed project is opened again."""

    text = _words(_("Why is it opened again?"), needed=True)


class SurveyForm(Form):
    """Whom to ask, what, and until when."""

    audience = forms.ChoiceField(label=_("Whom do you ask?"), choices=Audience.choices)
    questions = _words(
        _("Questions"),
        needed=True,
        rows=5,
        help_text=_("One on each line, at most six. Each is answered from 1 to 5."),
    )
    closes_on = DateField(label=_("Answers by"))

    def clean_questions(self) -> list[str]:
        lines = [" ".join(one.split()) for one in self.cleaned_data["questions"].splitlines()]
        return [one[:200] for one in lines if one]


class AnswerForm(Form):
    """A few numbers, what was good, and what should have been better."""

    def __init__(self, data: Any = None, *, questions: list[dict[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.asked = [one["key"] for one in questions]
        for one in questions:
            self.fields[one["key"]] = forms.TypedChoiceField(
                label=one["text"],
                choices=SCORES,
                widget=forms.RadioSelect,
                required=False,
                coerce=int,
                empty_value=None,
                help_text=_("5: fully. 1: not at all."),
            )
        self.fields["good"] = _short(_("What was good?"))
        self.fields["better"] = _short(_("What should have been better?"))

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        words = {name: said[name] for name in ("good", "better")}
        return {"scores": {key: said[key] for key in self.asked}, **words}


def _short(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs=ROWS)
    return forms.CharField(label=label, max_length=1000, required=False, widget=area)


class LastBookingForm(Form):
    """The last day for booking costs."""

    last_on = DateField(
        label=_("Last day for booking costs"),
        required=False,
        help_text=_("From the day after, no cost is recorded. Leave it empty to open again."),
    )


class ReleaseForm(Form):
    """From when people are free, and what they are told."""

    ends_on = DateField(
        label=_("Last day in the project"),
        help_text=_("Where notice is agreed on, it is kept: the day is then later."),
    )
    reason = _words(_("What do you tell them?"), needed=True)


class MeetingForm(Form):
    """When the lessons meeting is held."""

    layout = (("day", "at"),)
    day = DateField(label=_("Day"))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    customer = forms.BooleanField(label=_("Invite the customer's contacts too"), required=False)


class SearchForm(Form):
    """Looking in the organisation's lessons."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
