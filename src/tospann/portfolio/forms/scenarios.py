"""The forms of scenarios: proposing one, and deciding it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.portfolio.models import Scenario
from tospann.ui.forms import Form


class ProposeForm(Form):
    """What it is called, and why."""

    title = forms.CharField(label=_("What is the proposal called?"), max_length=200)
    recommendation = forms.CharField(
        label=_("Why should it be so?"),
        max_length=20_000,
        help_text=_("What it does to each project is computed and goes with it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecideScenarioForm(Form):
    """Approved, or rejected with a reason."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("approved", _("Approve: all the projects are changed together")),
            ("rejected", _("Reject")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=20_000,
        required=False,
        help_text=_("The projects read it. Needed when it is rejected."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, scenario: Scenario, **kwargs: Any) -> None:
        super().__init__(*args, version=scenario.version, **kwargs)
        self.fields["seen"].initial = scenario.content_hash

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("answer") == "rejected" and not typed.get("reason"):
            words = gettext("Say why it is rejected: whoever proposed it reads it.")
            self.add_error("reason", words)
        return typed
