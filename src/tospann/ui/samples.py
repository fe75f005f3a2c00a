"""Invented content for the style guide."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tospann.ui.forms import DateField, Form, MoneyField, NumberField, Suggestion

PERIODS = [("21", "Uke 21, 2027"), ("22", "Uke 22, 2027")]
PEOPLE = [("", ""), ("1", "Kari Nordmann"), ("2", "Ingrid Li"), ("3", "Amina Said")]


class SampleForm(Form):
    """One of every kind of field."""

    layout = (("period", "receiver"), ("progress", "cost"), ("milestone", "attachment"))

    period = forms.ChoiceField(label=gettext_lazy("Period"), choices=PERIODS)
    receiver = forms.ChoiceField(
        label=gettext_lazy("Receiver"), choices=PEOPLE, widget=Suggestion, required=False
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("Two or three sentences the steering group can read in a minute."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("green", gettext_lazy("On track")),
            ("amber", gettext_lazy("Watch")),
            ("red", gettext_lazy("Needs action")),
        ],
        widget=forms.RadioSelect,
    )
    progress = NumberField(label=gettext_lazy("Progress"), suffix="%", min_value=0, max_value=100)
    cost = MoneyField(label=gettext_lazy("Forecast"))
    milestone = DateField(label=gettext_lazy("Next milestone"), required=False)
    attachment = forms.FileField(label=gettext_lazy("Attachment"), required=False)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Contents"),
        choices=[
            ("plan", gettext_lazy("Plan")),
            ("money", gettext_lazy("Money")),
            ("risks", gettext_lazy("Risks")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    notify = forms.BooleanField(label=gettext_lazy("Tell the team"), required=False)


def phases() -> list[dict[str, object]]:
    """A project half way."""
    rows = [
        (_("Concept"), "done", 100, "BP2 ✓", ""),
        (_("Planning"), "done", 100, "BP3 ✓", ""),
        (_("Execution"), "now", 42, "BP4", "3/7"),
        (_("Closing"), "next", 0, "BP5", ""),
        (_("Benefits realisation"), "next", 0, "", ""),
    ]
    return [
        {"name": n, "state": s, "progress": p, "gate": g, "gate_ready": r, "href": "#"}
        for n, s, p, g, r in rows
    ]
