"""Forms of an action."""

from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tospann.actions.models import Action, Priority, Stage
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


OPEN_STAGES = [
    (stage.value, stage.label) for stage in (Stage.NOT_STARTED, Stage.UNDER_WAY, Stage.DONE)
]


class RowForm(Form):
    """An action in its row of the list. Whoever may not change it sets the state alone."""

    layout = (("owner", "due_on", "state", "priority"),)

    def __init__(self, data: Any = None, *, team: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="row_%s", **kwargs)
        if team is not None:
            self.fields["owner"] = _owner_field(team)
            self.fields["due_on"] = DateField(label=_("Due date"), required=False)
        self.fields["state"] = forms.ChoiceField(label=_("State"), choices=OPEN_STAGES)
        if team is not None:
            self.fields["priority"] = forms.ChoiceField(
                label=_("Priority"), choices=Priority.choices
            )

    @classmethod
    def of(cls, action: Action, data: Any, *, team: Choices | None) -> Self:
        initial = {
            "owner": action.owner_id,
            "due_on": action.due_on,
            "state": action.stage,
            "priority": action.priority,
        }
        return cls(data, team=team, initial=initial, version=action.version)


class CellForm(RowForm):
    """One field of an action, in its cell of the list."""

    CELLS = ("owner", "due_on", "state")

    def alone(self, what: str) -> Self:
        for name in [name for name in self.fields if name not in (what, "version")]:
            del self.fields[name]
        if what == "owner":  # a narrow cell has room for no more
            owner: Any = self.fields[what]
            owner.widget = forms.Select(choices=owner.choices)
        return self


NO_DATE = "-"


class BulkForm(Form):
    """What is to become of the ticked actions; what is left alone stays as it is."""

    layout = (("owner", "due_on"), ("state", "priority"))

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        as_it_is = ("", _("As it is"))
        self.fields["owner"] = forms.ChoiceField(
            label=_("Owner"),
            choices=[as_it_is, ("nobody", _("Nobody yet")), *team],
            required=False,
        )
        self.fields["due_on"] = BulkDateField(
            label=_("Due date"),
            required=False,
            help_text=_("Empty leaves it as it is; a hyphen (-) takes it away."),
        )
        self.fields["state"] = forms.ChoiceField(
            label=_("State"), choices=[as_it_is, *OPEN_STAGES], required=False
        )
        self.fields["priority"] = forms.ChoiceField(
            label=_("Priority"), choices=[as_it_is, *Priority.choices], required=False
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in self.fields):
            raise ValidationError(_("Choose something to change."))
        return data

    def wanted(self) -> dict[str, Any]:
        """The command's arguments: what to change, and to what."""
        typed = {name: value for name, value in self.cleaned_data.items() if value}
        typed.pop("version", None)
        change = list(typed)
        if typed.get("owner") == "nobody":
            typed["owner"] = None
        if typed.get("due_on") == NO_DATE:
            typed["due_on"] = None
        return {"change": change, **typed}


class BulkDateField(DateField):
    """A date, or a hyphen for none."""

    def to_python(self, value: Any) -> Any:
        is_none = isinstance(value, str) and value.strip() in {NO_DATE, "–"}
        return NO_DATE if is_none else super().to_python(value)

    def validate(self, value: Any) -> None:
        if value != NO_DATE:
            super().validate(value)


class CommentForm(Form):
    """What one has to say. @Name tells that person."""

    text = forms.CharField(
        label=_("Comment"),
        help_text=_("Write @ and a name to tell that person."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LinkForm(Form):
    """A title and an address."""

    layout = (("title", "address"),)

    title = forms.CharField(label=_("Title"), max_length=200)
    address = forms.CharField(
        label=_("Address"), max_length=500, help_text=_("Such as https://example.org/drawing")
    )


class LateForm(Form):
    """How late it will be."""

    days = forms.IntegerField(
        label=_("How many days late"),
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class StuckForm(Form):
    """What keeps it from going on, and who is asked for help by when."""

    layout = (("helper", "reply_by"),)

    text = forms.CharField(
        label=_("What is it waiting for?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["helper"] = forms.TypedChoiceField(
            label=_("Who can help?"),
            choices=[("", _("Nobody in particular")), *team],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )
        self.fields["reply_by"] = DateField(label=_("Answer needed by"), required=False)


class HelpForm(Form):
    """The answer to somebody who is stuck."""

    text = forms.CharField(
        label=_("Your answer"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


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
