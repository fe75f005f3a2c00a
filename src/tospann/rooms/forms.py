"""What is filled in in a room and about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import new_id
from tospann.rooms import registers
from tospann.rooms.models import Register, Room
from tospann.ui.forms import DateField, Form, Suggestion

Choices = Sequence[tuple[str, str]]


class WithId(Form):
    """Carries the id of what it makes, so that sending it twice makes it once."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)

    def clean_id(self) -> Any:
        return self.cleaned_data["id"] or new_id()


class PasswordForm(Form):
    password = forms.CharField(
        label=_("Password"), max_length=100, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class CodeForm(Form):
    code = forms.CharField(
        label=_("Code"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class AnswerForm(Form):
    name = forms.CharField(label=_("Your name"), max_length=200)
    answer = forms.CharField(
        label=_("Your remark"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you do not accept."),
    )  # fmt: skip


class DeliveredForm(AnswerForm):
    """The same about a deliverable; the button says what is answered."""

    verdict = forms.ChoiceField(choices=[(one, "") for one in ("accepted", "remarks", "refused")])


class QuestionForm(WithId):
    text = forms.CharField(
        label=_("Your question"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RoomForm(Form):
    welcome = forms.CharField(
        label=_("Welcome"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown at the top of the room. Markdown may be used."),
    )  # fmt: skip
    shows_status = forms.BooleanField(
        label=_("Show the overall state of the last signed report"), required=False
    )
    contact = forms.ChoiceField(
        label=_("Who to ask"), required=False, widget=Suggestion,
        help_text=_("Questions from the room are given to this person."),
    )  # fmt: skip

    def __init__(self, *args: Any, team: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [("", "–"), *team]  # type: ignore[attr-defined]  # a ChoiceField

    @classmethod
    def of(cls, room: Room, team: Choices, *args: Any) -> "RoomForm":
        initial = {"welcome": room.welcome, "shows_status": room.shows_status}
        return cls(*args, team=team, initial=initial | {"contact": room.contact_id or ""})

    def clean_contact(self) -> str | None:
        return self.cleaned_data["contact"] or None


class LogoForm(Form):
    file = forms.FileField(label=_("Picture"), help_text=_("JPEG, PNG or WebP."))


class PublishForm(WithId):
    what = forms.ChoiceField(label=_("What to publish"), widget=Suggestion)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = dict(choices)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """What the command takes, of the one choice."""
        typed = super().clean() or {}
        chosen = typed.pop("what", "")
        kind, _colon, item = chosen.partition(":")
        return {**typed, "kind": kind, "item": item, "title": self.titles.get(chosen, "")}


class AskForm(WithId):
    share = forms.ChoiceField(label=_("Ask"))
    title = forms.CharField(label=_("What is to be accepted"), max_length=200)
    text = forms.CharField(
        label=_("Message"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    due_on = DateField(label=_("Answer by"), required=False)

    def __init__(self, *args: Any, receivers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"].choices = receivers  # type: ignore[attr-defined]  # a ChoiceField


class AnswerQuestionForm(Form):
    answer = forms.CharField(
        label=_("Answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AssignForm(Form):
    owner = forms.ChoiceField(label=_("Who answers"), widget=Suggestion)
    due_on = DateField(label=_("Answer by"), required=False)

    def __init__(self, *args: Any, team: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "–"), *team]  # type: ignore[attr-defined]  # a ChoiceField


class RegisterViewForm(WithId):
    """What of a register is to be read outside."""

    title = forms.CharField(label=_("Title"), max_length=200)
    columns = forms.MultipleChoiceField(label=_("Columns"), widget=forms.CheckboxSelectMultiple)
    open_only = forms.BooleanField(label=_("Only what is open"), required=False, initial=True)
    numbers = forms.CharField(
        label=_("Only these rows"), required=False, max_length=2000,
        help_text=_("Their numbers, as 12, 15. Left empty: every row, also those that come later."),
    )  # fmt: skip

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        known = registers.columns(register)
        usual = [key for key in known if key in registers.USUAL]
        start = {"title": register.label, "columns": usual}
        super().__init__(*args, initial=start, **kwargs)
        self.fields["columns"].choices = [(key, one.label) for key, one in known.items()]  # type: ignore[attr-defined]  # a ChoiceField
        if not registers.REGISTERS[register].open_states:
            del self.fields["open_only"]

    def clean_numbers(self) -> list[int]:
        """Numbers, with or without the project's key before them."""
        parts = self.cleaned_data["numbers"].replace(",", " ").split()
        found = [part.rpartition("-")[2] for part in parts]
        if not all(part.isdecimal() and len(part) < 9 for part in found):
            raise forms.ValidationError(_("Write numbers with a comma between them, as 12, 15."))
        return sorted({int(part) for part in found})
