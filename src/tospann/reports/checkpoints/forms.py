"""What is filled in in a checkpoint report: one page, also on a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import new_id
from tospann.reports.models import Light
from tospann.ui.forms import DateField, Form, Suggestion


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=5_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CheckpointForm(Form):
    """How a work package goes."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)
    activity = forms.TypedChoiceField(label=_("Work package"), coerce=int, widget=Suggestion)
    state = forms.ChoiceField(
        label=_("How does it go?"),
        choices=[(str(one), one.label) for one in Light if one is not Light.NONE],
        widget=forms.RadioSelect,
    )
    done = _text(_("Done since last time"))
    next = _text(_("Next period"))
    problems = _text(_("Problems and risks"))
    needs = _text(_("What do you need from the project manager?"))
    expected_finish = DateField(
        label=_("When do you expect it to be finished?"),
        required=False,
        help_text=_("Only if it is another day than in the plan. The plan is not changed."),
    )

    def __init__(self, *args: Any, packages: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one["uid"]), f"{one['number']} {one['name']}") for one in packages]
        self.fields["activity"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_id(self) -> Any:
        return self.cleaned_data["id"] or new_id()


class AnswerForm(Form):
    """The manager's answer."""

    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Left empty, it is only noted that it is read."),
    )
