"""The forms of packs: starting a project, copying a pack, and editing its parts."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Role
from tospann.ui.forms import DateField, Form, Suggestion

LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]
LEADING = (Role.COORDINATOR, Role.MANAGER, Role.OWNER)


class StartForm(Form):
    """One screen: name, end date, people, pack. The rest comes later."""

    layout: ClassVar = (
        ("name", "key"),
        ("start", "finish"),
        ("coordinator", "coordinator_email"),
        ("manager", "manager_email"),
        ("owner", "owner_email"),
    )
    name = forms.CharField(label=_("What is the project called?"), max_length=200)
    key = forms.CharField(
        label=_("Key"),
        max_length=10,
        required=False,
        help_text=_("Two to ten letters before every number. Made from the name when left empty."),
        validators=[
            RegexValidator(
                r"^\s*[A-ZÆØÅa-zæøå][A-ZÆØÅa-zæøå0-9]{1,9}\s*$",
                _("Write two to ten letters or digits, a letter first, for example BIB."),
            )
        ],
    )
    start = DateField(label=_("Start date"), required=False, help_text=_("Today when left empty"))
    finish = DateField(label=_("End date"))
    coordinator = forms.ChoiceField(
        label=_("Project coordinator"), required=False, widget=Suggestion
    )
    coordinator_email = forms.EmailField(
        label=_("… or invite a coordinator by e-mail"), required=False
    )
    manager = forms.ChoiceField(label=_("Project manager"), required=False, widget=Suggestion)
    manager_email = forms.EmailField(
        label=_("… or invite a project manager by e-mail"), required=False
    )
    owner = forms.ChoiceField(label=_("Project owner"), required=False, widget=Suggestion)
    owner_email = forms.EmailField(label=_("… or invite a project owner by e-mail"), required=False)
    pack = forms.ChoiceField(label=_("Template pack"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("The project's language"), choices=LANGUAGES)

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], packs: list[tuple[str, str]], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        for role in LEADING:
            field = self.fields[str(role)]
            field.choices = [("", ""), *people]  # type: ignore[attr-defined]  # a ChoiceField
            field.required = role is not Role.COORDINATOR and not self.data.get(f"{role}_email")
            field.error_messages["required"] = gettext(
                "Choose somebody, or invite somebody by e-mail."
            )
        self.fields["pack"].choices = packs  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for role in LEADING:
            if typed.get(str(role)) and typed.get(f"{role}_email"):
                self.add_error(f"{role}_email", gettext("Choose somebody or invite, not both."))
        return typed

    def starters(self) -> list[dict[str, Any]]:
        """The people of the command, from what was typed."""
        typed = self.cleaned_data
        return [
            {"role": role, **who}
            for role in LEADING
            for who in (_who(typed.get(str(role)), typed.get(f"{role}_email")),)
            if who
        ]


def _who(person: str | None, email: str | None) -> dict[str, str]:
    if person:
        return {"person": person}
    return {"email": email} if email else {}


class CopyForm(Form):
    """What the organisation's own copy is called."""

    name = forms.CharField(label=_("Name"), max_length=200)
    key = forms.RegexField(
        label=_("Key"),
        regex=r"^[a-z][a-z0-9_]*$",
        max_length=60,
        help_text=_("Small letters, digits and underscores; it never changes"),
    )


class UploadForm(Form):
    """A pack from a file."""

    key = forms.RegexField(
        label=_("Key"), regex=r"^[a-z][a-z0-9_]*$", max_length=60, required=False
    )
    file = forms.FileField(label=_("File (JSON or TOML)"))


class ReplaceForm(Form):
    """A pack's whole definition from a file."""

    file = forms.FileField(label=_("File (JSON or TOML)"))
