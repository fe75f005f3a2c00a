"""What is filled in about a message, an address and a calendar."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.contracts.models import NoticeKind
from tospann.foundation.ids import new_id
from tospann.ui.forms import DateField, Form, Suggestion

Choices = Sequence[tuple[str, str]]


class WithId(Form):
    """Carries the id of what it makes, so that sending it twice makes it once."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)

    def clean_id(self) -> Any:
        return self.cleaned_data["id"] or new_id()

    def choose(self, field: str, choices: Choices, nobody: str = "–") -> None:
        """Fill a list of choices, with nothing chosen at the top unless it must be."""
        chooser: Any = self.fields[field]
        chooser.choices = [*([] if chooser.required else [("", nobody)]), *choices]


class FileForm(Form):
    file = forms.FileField(
        label=_("Mail from your own mail program"),
        help_text=_("A file ending in .eml or .msg. Drag it here from the mail program."),
        widget=forms.FileInput(attrs={"accept": ".eml,.msg,message/rfc822"}),
    )


class QuestionForm(WithId):
    text = forms.CharField(
        label=_("Question"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    owner = forms.ChoiceField(label=_("Who answers"), required=False, widget=Suggestion)
    due_on = DateField(label=_("Answer by"), required=False)
    layout = (("owner", "due_on"),)

    def __init__(self, *args: Any, team: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("owner", team)

    def clean_owner(self) -> str | None:
        return self.cleaned_data["owner"] or None


class NoticeForm(WithId):
    contract = forms.ChoiceField(label=_("Contract"), widget=Suggestion)
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=NoticeKind.choices)
    owner = forms.ChoiceField(label=_("Who answers"), required=False, widget=Suggestion)
    layout = (("kind", "owner"),)

    def __init__(self, *args: Any, contracts: Choices, team: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("contract", contracts)
        self.choose("owner", team)

    def clean_owner(self) -> str | None:
        return self.cleaned_data["owner"] or None


class DocumentsForm(Form):
    parts = forms.MultipleChoiceField(
        label=_("Attachments"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whole = forms.BooleanField(label=_("The whole mail as a file"), required=False)
    folder = forms.ChoiceField(label=_("Folder"), required=False, widget=Suggestion)

    def __init__(self, *args: Any, parts: Choices, folders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]  # it has choices
        self.fields["folder"].choices = [("", _("Top level")), *folders]  # type: ignore[attr-defined]  # as above
        if not parts:
            del self.fields["parts"]

    def clean_folder(self) -> str | None:
        return self.cleaned_data["folder"] or None


class NoteForm(WithId):
    contact = forms.ChoiceField(
        label=_("Contact"), required=False, widget=Suggestion,
        help_text=_("Leave it open to make a contact of the sender."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of a new contact"), max_length=200, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Note"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    layout = (("name", "organisation"),)

    def __init__(self, *args: Any, contacts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("contact", contacts)

    def clean_contact(self) -> str | None:
        return self.cleaned_data["contact"] or None


class AsideForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class SorterForm(Form):
    owner = forms.ChoiceField(
        label=_("Who sorts the mail"), required=False, widget=Suggestion,
        help_text=_("Otherwise the project coordinator."),
    )  # fmt: skip

    def __init__(self, *args: Any, team: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "–"), *team]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_owner(self) -> str | None:
        return self.cleaned_data["owner"] or None


class FeedForm(Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Which calendar program it is for.")
    )
    project = forms.ChoiceField(label=_("Project"), required=False, widget=Suggestion)
    with_dates = forms.BooleanField(
        label=_("Also deadlines and milestones"), required=False, initial=True
    )

    def __init__(self, *args: Any, projects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [("", _("All my projects")), *projects]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_project(self) -> str | None:
        return self.cleaned_data["project"] or None
