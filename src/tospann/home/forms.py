"""The short forms of my page."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.ui.forms import DateField, Form, Suggestion


class LateForm(Form):
    """When it will be done instead."""

    until = DateField(label=_("New date"))


class StuckForm(Form):
    """What stands in the way; where somebody can be asked by name, who and by when."""

    layout = (("helper", "reply_by"),)

    text = forms.CharField(
        label=_("What stands in the way, and who could help?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any = None, *, team: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if not team:
            return
        self.fields["helper"] = forms.TypedChoiceField(
            label=_("Who can help?"),
            choices=[("", _("Nobody in particular")), *team],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )
        self.fields["reply_by"] = DateField(label=_("Answer needed by"), required=False)


class AwayForm(Form):
    """From when to when, and who stands in."""

    layout = (("starts_on", "ends_on"),)
    starts_on = DateField(label=_("First day away"))
    ends_on = DateField(label=_("Last day away"))

    def __init__(self, data: Any = None, *, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["deputy"] = forms.TypedChoiceField(
            label=_("Who stands in for you?"),
            help_text=_("A deputy holds your roles in the projects; the log says on whose behalf."),
            choices=[("", ""), *people],
            widget=Suggestion,
            coerce=UUID,
        )
        self.fields["memo"] = forms.BooleanField(
            label=_("Write a hand-over memo in each project"), required=False, initial=True
        )


class DaysForm(Form):
    """How much later; three days unless said otherwise."""

    days = forms.TypedChoiceField(
        label=_("How many days later"),
        choices=[(str(days), str(days)) for days in (1, 2, 3, 5, 7, 10, 14, 21)],
        initial="3",
        coerce=int,
    )
