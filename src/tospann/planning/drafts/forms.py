"""What people type about a draft."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.planning.drafts import money
from tospann.planning.drafts import queries as drafts
from tospann.planning.rebase import Clash
from tospann.projects.models import Project
from tospann.ui.forms import DateField, Form, MoneyField


class DraftForm(Form):
    name = forms.CharField(
        label=_("What is the change about?"),
        max_length=200,
        help_text=_("For example: “Hall two weeks later”."),
    )
    is_shared = forms.BooleanField(
        label=_("Share it with the project: others may see it and work on it"), required=False
    )


class DelayTaskForm(Form):
    """A change without the chart: a task so many working days later."""

    uid = forms.TypedChoiceField(label=_("Task"), coerce=int)
    days = forms.IntegerField(
        label=_("Working days later (or, with a minus, earlier)"),
        min_value=-500,
        max_value=500,
        initial=5,
    )
    layout = (("uid", "days"),)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["uid"]
        choices.choices = [("", "–"), *drafts.task_choices(project)]


def chosen(posted: Any, clashes: tuple[Clash, ...]) -> dict[str, str]:
    """What was chosen about each conflict; only answers that are possible count."""
    found = {}
    for place, clash in enumerate(clashes):
        answer = posted.get(f"choice-{place}")
        if posted.get(f"key-{place}") != clash.key:
            continue
        if answer == "theirs" or (answer == "mine" and clash.may_keep):
            found[clash.key] = answer
    return found


class AmountForm(Form):
    """What a line of the budget would come to: one that is there, or a new one."""

    line = forms.TypedChoiceField(
        label=_("Budget line"), required=False, coerce=UUID, empty_value=None
    )
    name = forms.CharField(
        label=_("What it is for"), max_length=200, required=False, help_text=_("For a new line.")
    )
    amount = MoneyField(label=_("New amount"), min_value=0)
    layout = (("line", "name"),)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["line"]
        lines.choices = [("", _("A new line")), *money.choices(project)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("line") and not said.get("name"):
            self.add_error("name", _("Say what the new line is for."))
        return said


class FreezingForm(Form):
    """Whether the plan, as the draft makes it, becomes the new baseline."""

    freezes = forms.BooleanField(
        label=_("Freeze the plan as it then is"),
        required=False,
        help_text=_("It becomes the new baseline, which later changes are measured from."),
    )
    frozen_as = forms.CharField(
        label=_("What the baseline is called"), required=False, max_length=80
    )


class SubmitForm(Form):
    """A case from a draft: a new one, or the next alternative of one that is being prepared."""

    case = forms.ChoiceField(label=_("Case"), required=False)
    title = forms.CharField(label=_("What is to be decided?"), max_length=200, required=False)
    situation = forms.CharField(
        label=_("Situation"),
        required=False,
        help_text=_(
            "What the one who decides must know. The consequences are added by themselves."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    recommendation = forms.CharField(
        label=_("Recommendation"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    need_by = DateField(label=_("Decision needed by"), required=False)
    later = forms.BooleanField(
        label=_("Do not submit it yet: I want to add alternatives first"), required=False
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["case"]
        choices.choices = [("", _("A new case")), *cases]
        if not cases:
            self.fields["case"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("case") and not said.get("title"):
            self.add_error("title", _("Say in a few words what is to be decided."))
        return said
