"""Forms of an action."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.actions.models import Action, Priority
from tospann.ui.forms import DateField, Form, Suggestion

Choices = list[tuple[str, str]]


def _owner_field(team: Choices, label: Any = None) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label or _("Owner"),
        choices=[("", _("Nobody yet")), *team],
        widget=Suggestion,
        required=False,
        coerce=UUID,
        empty_value=None,
    )


class ActionForm(Form):
    """A new action, or a change of one. Only who may give it to others chooses its owner."""

    layout = (("owner", "due_on", "priority"),)

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = DateField(label=_("Due date"), required=False)
    priority = forms.ChoiceField(
        label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL
    )

    def __init__(self, data: Any = None, *, team: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if team is not None:
            self.fields["owner"] = _owner_field(team)

    @classmethod
    def of(cls, action: Action, data: Any = None) -> "ActionForm":
        fields = ("title", "description", "due_on", "priority")
        initial = {name: getattr(action, name) for name in fields}
        return cls(data, initial=initial, version=action.version)


class QuickForm(Form):
    """One line below the list."""

    layout = (("title", "owner", "due_on"),)

    title = forms.CharField(label=_("New action"), max_length=200)
    due_on = DateField(label=_("Due date"), required=False)

    def __init__(self, data: Any = None, *, team: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if team is not None:
            self.fields["owner"] = _owner_field(team)


class DropForm(Form):
    """Why an action is not to be done."""

    reason = forms.CharField(
        label=_("Why it is dropped"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandOverForm(Form):
    """Who is to own it from now on."""

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"] = _owner_field(team, _("New owner"))
