"""The forms of the account and administration pages."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import ORGANISATION_ROLES, ROLE_LABELS
from tospann.people.models import Person
from tospann.ui.forms import DateField, Form, Suggestion

_LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]


class ProfileForm(Form):
    """What a person says about herself."""

    layout: ClassVar[tuple[tuple[str, ...], ...]] = (("title", "company"),)
    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    company = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class PersonForm(ProfileForm):
    """What an administrator keeps about a person."""

    is_external = forms.BooleanField(label=_("Works for another organisation"), required=False)


class InviteForm(PersonForm):
    """Whom to invite."""

    layout: ClassVar[tuple[tuple[str, ...], ...]] = (("email", "name"), ("title", "company"))
    field_order = ["email", "name", "title", "company", "phone", "is_external"]
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As the browser")), *_LANGUAGES],
    )


class EmailForm(Form):
    """The address a person signs in with."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


class RoleForm(Form):
    """A role in the organisation."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(str(role), ROLE_LABELS[role]) for role in ORGANISATION_ROLES],
    )


class DeputyForm(Form):
    """Who stands in, and when."""

    layout: ClassVar = (("starts_on", "ends_on"),)
    deputy = forms.ChoiceField(label=_("Deputy"), widget=Suggestion)
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = [("", ""), *choices]  # type: ignore[attr-defined]  # a ChoiceField


class TokenForm(Form):
    """What a token is for and may do."""

    name = forms.CharField(label=_("What is it for?"), max_length=200)
    may_write = forms.BooleanField(label=_("May also change things as me"), required=False)
    expires_on = DateField(label=_("Last day"), required=False)


class AppPasswordForm(Form):
    """Which device or program, and what it may do."""

    name = forms.CharField(
        label=_("Which device or program?"),
        max_length=200,
        help_text=_("Such as “Laptop, Windows Explorer”: you revoke it by this name."),
    )
    is_read_only = forms.BooleanField(label=_("May only read"), required=False)


class DeactivateForm(Form):
    """Who takes over."""

    hand_over_to = forms.ChoiceField(
        label=_("Hand open work over to"), required=False, widget=Suggestion
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", _("Whoever the projects have for it"))
        self.fields["hand_over_to"].choices = [nobody, *choices]  # type: ignore[attr-defined]  # a ChoiceField


class EraseForm(Form):
    """Why, and that it is the right person."""

    email = forms.CharField(label=_("Type the person's e-mail address to confirm"), max_length=254)
    reason = forms.CharField(label=_("Reason"), max_length=500, min_length=3)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if typed.strip().lower() != self._email.lower():
            raise forms.ValidationError(_("This is not the person's address."))
        return typed


class OrganisationForm(Form):
    """The organisation that runs the portal."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation_number = forms.CharField(
        label=_("Organisation number"), max_length=20, required=False
    )
    language = forms.ChoiceField(label=_("Language of new projects"), choices=_LANGUAGES)


def person_values(person: Person, *names: str) -> dict[str, Any]:
    """A form's initial values."""
    return {name: getattr(person, name) for name in names}
