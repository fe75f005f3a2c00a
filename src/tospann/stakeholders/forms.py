"""Forms of contacts, telephone notes and promises. Quick ones: one line is enough."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import new_id
from tospann.stakeholders.models import Contact, Promise
from tospann.ui import formats
from tospann.ui.forms import DateField, Form, Suggestion

Choices = list[tuple[str, str]]
_BY_WHEN = re.compile(
    r"^(?P<what>.*\S)\s+(?:innen|by|before)\s+(?P<when>[^,;]{2,20})$", re.IGNORECASE
)
_WITH_ORGANISATION = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<organisation>[^()]+)\)$")


class Suggested(forms.TextInput):
    """Free text, with suggestions as one types (a plain datalist: it needs no script)."""

    template_name = "stakeholders/widgets/suggested.html"

    def __init__(self, suggestions: Sequence[str] = (), attrs: Any = None) -> None:
        super().__init__(attrs={"autocomplete": "off", "maxlength": 200} | (attrs or {}))
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = self.suggestions
        return context


class SentOnce(Form):
    """A form that carries the id of what it makes, so that sending it twice makes it once."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)

    def clean_id(self) -> UUID:
        given: UUID | None = self.cleaned_data["id"]
        return given or new_id()


def split_by_when(text: str) -> tuple[str, Any]:
    """“Send the drawings by friday” → the words, and Friday; None when no day is meant."""
    found = _BY_WHEN.match(text)
    if found is None:
        return text, None
    try:
        return found["what"], formats.parse_date(found["when"].rstrip("."), timezone.localdate())
    except ValueError:
        return text, None


def split_name(text: str) -> tuple[str, str]:
    """“Kari Nes (Elkraft AS)” → her name, and where she works."""
    found = _WITH_ORGANISATION.match(text)
    return (found["name"], found["organisation"]) if found else (text, "")


class NoteForm(SentOnce):
    """Who, what, and what was promised: by us unless said otherwise."""

    layout = (("due_on", "by"),)

    who = forms.CharField(label=_("Who did you talk to?"), max_length=200)
    text = forms.CharField(
        label=_("What was said"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    promised = forms.CharField(
        label=_("What was promised"),
        max_length=200,
        required=False,
        help_text=_("“Send the drawings by friday”: then Friday is the due date."),
    )
    due_on = DateField(label=_("By when"), required=False)
    by = forms.ChoiceField(
        label=_("Promised by"), choices=[("us", _("Me")), ("them", _("The other one"))]
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["who"].widget = Suggested(people, {"autofocus": True})

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("promised") and not typed.get("due_on"):
            typed["promised"], typed["due_on"] = split_by_when(typed["promised"])
        return typed

    def note(self) -> dict[str, Any]:
        """The arguments of ``note_call``, but for who it was."""
        typed = self.cleaned_data
        promised = {"text": typed["promised"], "by": typed["by"], "due_on": typed["due_on"]}
        promises = [promised] if typed["promised"] else []
        return {"id": typed["id"], "text": typed["text"], "promises": promises}


class NoteTextForm(Form):
    text = forms.CharField(
        label=_("What was said"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ContactForm(SentOnce):
    """Somebody the project deals with."""

    layout = (("organisation", "title"), ("email", "phone"))

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    email = forms.EmailField(label=_("Email"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )

    def __init__(self, data: Any = None, *, people: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Signs in here as"),
            choices=[("", _("Nobody")), *people],
            widget=Suggestion,
            required=False,
            coerce=UUID,
            empty_value=None,
        )

    @classmethod
    def of(cls, contact: Contact, people: Choices, data: Any = None) -> "ContactForm":
        fields = ("name", "organisation", "title", "email", "phone")
        initial = {name: getattr(contact, name) for name in fields} | {"person": contact.person_id}
        form = cls(data, people=people, initial=initial, version=contact.version)
        del form.fields["id"]
        return form


class PromiseForm(SentOnce):
    """A promise: what, by whom, to whom, by when, and what in the plan it depends on."""

    layout = (("by", "to"), ("due_on", "activity_uid"))

    text = forms.CharField(label=_("What was promised"), max_length=200)

    def __init__(
        self,
        data: Any = None,
        *,
        by: Choices | None = None,
        to: Sequence[str] = (),
        activities: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        if by is not None:
            self.fields["by"] = forms.ChoiceField(
                label=_("Promised by"), choices=by, widget=Suggestion
            )
            self.fields["to"] = forms.CharField(
                label=_("Promised to"), max_length=200, widget=Suggested(to)
            )
        self.fields["due_on"] = DateField(label=_("By when"), required=False)
        if activities:
            self.fields["activity_uid"] = forms.TypedChoiceField(
                label=_("Depends on this in the plan"),
                choices=[("", _("Nothing")), *activities],
                widget=Suggestion,
                required=False,
                coerce=int,
                empty_value=None,
                help_text=_("Then you are warned when the plan will break the promise."),
            )

    @classmethod
    def of(cls, promise: Promise, activities: Choices, data: Any = None) -> "PromiseForm":
        initial = {name: getattr(promise, name) for name in ("text", "due_on", "activity_uid")}
        uid = promise.activity_uid
        if uid and str(uid) not in dict(activities):
            activities = [(str(uid), str(uid)), *activities]
        form = cls(data, activities=activities, initial=initial, version=promise.version)
        del form.fields["id"]
        return form


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Why"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RemoveForm(Form):
    """Nothing to fill in: the button is the answer."""


class HandOverForm(Form):
    """Who is to see to it from now on."""

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Who takes over"), choices=team, widget=Suggestion, coerce=UUID
        )
