"""The forms of a project: goals, success criteria, roles, information, dates, tolerances."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import PROJECT_ROLES, ROLE_LABELS
from tospann.projects import chrome, features
from tospann.projects.models import CriterionResult, GoalLevel, Project
from tospann.ui.forms import DateField, Form, Suggestion

LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]


class GoalForm(Form):
    """A goal and its level."""

    level = forms.ChoiceField(label=_("Level"), choices=GoalLevel.choices)
    description = forms.CharField(
        label=_("Goal"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class SuccessCriterionForm(Form):
    """How it is seen that a goal is reached."""

    text = forms.CharField(
        label=_("Success criterion"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    target = forms.CharField(
        label=_("Target"),
        max_length=200,
        required=False,
        help_text=_("What to reach, and by when"),
    )


class ResultForm(Form):
    """Whether a success criterion is met."""

    result = forms.ChoiceField(label=_("Result"), choices=CriterionResult.choices)


class AppointForm(Form):
    """Who gets which role, and for how long."""

    layout: ClassVar = (("role", "until"),)
    person = forms.ChoiceField(label=_("Person"), widget=Suggestion)
    role = forms.ChoiceField(label=_("Role"))
    until = DateField(label=_("Last day"), required=False)

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], labels: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", ""), *people]  # type: ignore[attr-defined]  # a ChoiceField
        roles = [(str(role), labels.get(role) or ROLE_LABELS[role]) for role in PROJECT_ROLES]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a ChoiceField


class TermForm(Form):
    """How long somebody holds a role."""

    until = DateField(
        label=_("Last day"), required=False, help_text=_("Leave empty for as long as it lasts")
    )


class InformationForm(Form):
    """What a project is called and why it exists."""

    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("The project's language"), choices=LANGUAGES)


class DatesForm(Form):
    """When a project begins and ends."""

    layout: ClassVar = (("start", "finish"),)
    start = DateField(label=_("Start date"))
    finish = DateField(label=_("End date"))


class ToleranceForm(Form):
    """What may deviate in one area."""

    layout: ClassVar = (("days", "percent", "most"),)
    allowed = forms.CharField(label=_("What may deviate"), max_length=200)
    days = forms.IntegerField(
        label=_("Working days"), min_value=0, max_value=10_000, required=False
    )
    percent = forms.IntegerField(label=_("Per cent"), min_value=0, max_value=1000, required=False)
    most = forms.IntegerField(
        label=_("At most so many"),
        min_value=0,
        max_value=1000,
        required=False,
        help_text=_("Counted are open deviations and faults, critical risks, and deliverables."),
    )


class ModulesForm(Form):
    """What the project's menu shows."""

    modules = forms.MultipleChoiceField(
        label=_("The menu shows"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=chrome.choices,
    )

    features = forms.MultipleChoiceField(
        label=_("The project also uses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=features.choices,
    )

    def chosen(self, project: Project) -> list[str]:
        """The ticked modules and features, and what else the project uses besides the menu."""
        offered = {**dict(chrome.choices()), **features.FEATURES}
        ticked = [*self.cleaned_data["modules"], *self.cleaned_data.pop("features")]
        kept = [key for key in project.modules if key not in offered]
        return [*ticked, *(kept or ["overview"])]
