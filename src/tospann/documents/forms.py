"""What people type about documents and folders."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.documents.models import (
    Classification,
    Document,
    DocumentType,
    Folder,
    NeededDocument,
)
from tospann.documents.names import LONGEST, checked
from tospann.documents.tree import Tree
from tospann.ui.forms import DateField, Form, Suggestion

Choices = list[tuple[str, str]]


def _name(label: Any = None) -> forms.CharField:
    return forms.CharField(label=label or _("Name"), max_length=LONGEST, strip=False)


def _comment(label: Any = None, **kwargs: Any) -> forms.CharField:
    words = label or _("What is new")
    return forms.CharField(label=words, max_length=500, required=False, **kwargs)


def _one_of(label: Any, choices: Choices, none: Any, **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", none), *choices],
        required=False,
        coerce=UUID,
        empty_value=None,
        **kwargs,
    )


def folder_choices(tree: Tree, but: Folder | None = None) -> Choices:
    """The folders, those within others set in; without one and what lies in it."""
    out = {but.pk, *(one.pk for one in tree.below(but.pk))} if but else set[UUID]()
    lead = "\u2003"
    return [(str(f.pk), lead * depth + f.label) for f, depth in tree.walk if f.pk not in out]


def _folder(tree: Tree, but: Folder | None = None, label: Any = None) -> forms.TypedChoiceField:
    return _one_of(label or _("Folder"), folder_choices(tree, but), _("Top level"))


class NameForm(Form):
    """A new name."""

    name = _name()

    def clean_name(self) -> str:
        try:
            return checked(self.cleaned_data["name"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class UploadForm(Form):
    """One file from the machine, for whoever does not drop it."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    comment = _comment()

    def __init__(self, *args: Any, tree: Tree | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tree is not None:
            self.fields["folder"] = _folder(tree)
            self.order_fields(("file", "folder", "comment"))


class LinkForm(NameForm):
    """A document that lies elsewhere."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    field_order = ("name", "url", "folder")

    def __init__(self, *args: Any, tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"] = _folder(tree)


class AddressForm(Form):
    """Where a link leads."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")


class NewFolderForm(NameForm):
    """A folder of one's own."""

    def __init__(self, *args: Any, tree: Tree, phases: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _folder(tree, label=_("Lies in"))
        self.fields["phase"] = _one_of(_("Phase"), phases, _("No phase"))
        self.fields["classification"] = forms.TypedChoiceField(
            label=_("Confidentiality"),
            choices=[("", _("As what it lies in")), *Classification.choices],
            required=False,
            empty_value=None,
        )


class FolderForm(NameForm):
    """A folder's name and class."""

    classification = forms.ChoiceField(
        label=_("Confidentiality"),
        choices=Classification.choices,
        help_text=_("What lies in the folder becomes as strict as the folder, never less strict."),
    )


class MoveForm(Form):
    """Where something is to lie."""

    def __init__(self, *args: Any, tree: Tree, but: Folder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"] = _folder(tree, but)


class MoveFolderForm(Form):
    """Where a folder is to lie."""

    def __init__(self, *args: Any, tree: Tree, but: Folder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _folder(tree, but, _("Lies in"))


class CopyForm(NameForm):
    """What the copy is called, and where it lies."""

    def __init__(self, *args: Any, tree: Tree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"] = _folder(tree)


class PropertiesForm(Form):
    """What is said of a document."""

    layout = (("classification", "document_type"), ("phase", "retain_until"))
    classification = forms.TypedChoiceField(
        label=_("Confidentiality"),
        choices=[("", _("As its folder")), *Classification.choices],
        required=False,
        empty_value=None,
    )
    document_type = forms.TypedChoiceField(
        label=_("Kind of document"),
        choices=[("", _("Not said")), *DocumentType.choices],
        required=False,
        empty_value=None,
    )
    retain_until = DateField(label=_("Retain until"), required=False)
    has_personal_data = forms.BooleanField(label=_("Holds personal data"), required=False)
    is_exempt = forms.BooleanField(label=_("Exempt from public access"), required=False)

    def __init__(self, *args: Any, phases: Choices, kept_type: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"] = _one_of(_("Phase"), phases, _("As its folder"))
        kind = self.fields["document_type"]
        if kept_type and kept_type not in DocumentType.values:
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [*DocumentType.choices, (kept_type, kept_type), ("", _("Not said"))]

    @classmethod
    def of(cls, one: Document, data: Any, phases: Choices) -> "PropertiesForm":
        names = ("classification", "document_type", "retain_until", "has_personal_data")
        initial = {name: getattr(one, name) for name in (*names, "is_exempt")}
        initial["phase"] = str(one.phase_id or "")
        return cls(
            data,
            initial=initial,
            version=one.version,
            phases=phases,
            kept_type=one.document_type,
        )


class CommentForm(Form):
    """Something to say about it, or nothing."""

    comment = _comment(_("Comment"))


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), min_length=3, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AskForm(CommentForm):
    """Who is asked to approve."""

    def __init__(self, *args: Any, approvers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"] = _one_of(_("Who is asked"), approvers, _("Everybody who may approve"))
        self.order_fields(("of", "comment"))


class NeededForm(Form):
    """A document somebody has to provide."""

    layout = (("owner", "approver"), ("due_on", "phase"))
    title = forms.CharField(label=_("What is needed"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = DateField(label=_("Due date"), required=False)
    template = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, tree: Tree, team: Choices, phases: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nobody = _("Nobody yet")
        self.fields["owner"] = _one_of(_("Owner"), team, nobody, widget=Suggestion)
        self.fields["approver"] = _one_of(
            _("Approved by"), team, _("Needs no approval"), widget=Suggestion
        )
        self.fields["phase"] = _one_of(_("Phase"), phases, _("No phase"))
        self.fields["folder"] = _folder(tree)

    @staticmethod
    def initial_of(one: NeededDocument) -> dict[str, Any]:
        names = ("title", "description", "due_on", "template")
        ids = ("owner_id", "approver_id", "phase_id", "folder_id")
        return {
            **{name: getattr(one, name) for name in names},
            **{name.removesuffix("_id"): str(getattr(one, name) or "") for name in ids},
        }


class AnswerForm(Form):
    """Which document it is."""

    def __init__(self, *args: Any, documents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"] = _one_of(
            _("Document"), documents, _("None yet"), widget=Suggestion
        )
