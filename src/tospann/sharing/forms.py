"""What is filled in when something is shared, when a share is changed, and about the rules."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import new_id
from tospann.sharing.models import Rules, Share, ShareRole, With
from tospann.ui.forms import DateField, Form, Suggestion

Choices = Sequence[tuple[str, str]]
_ROLES = [(str(value), label) for value, label in ShareRole.choices]
_BETWEEN = re.compile(r"[\s,;]+")


class SharePart(Form):
    """What every share says: what the receiver may do, and for how long."""

    role = forms.ChoiceField(label=_("May"), choices=_ROLES, initial="view")
    expires_on = DateField(
        label=_("Until"), required=False, help_text=_("Without a day it lasts until you stop it.")
    )
    may_download = forms.BooleanField(
        label=_("May download"), required=False, initial=True,
        help_text=_("Otherwise only its pages are shown, as pictures."),
    )  # fmt: skip
    has_watermark = forms.BooleanField(
        label=_("Watermark with the receiver's name"), required=False,
        help_text=_("Outside the organisation only."),
    )  # fmt: skip
    download_limit = forms.IntegerField(
        label=_("Downloads at most"), required=False, min_value=1, max_value=100_000
    )

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is not over yet."))
        return day


class NewShareForm(SharePart):
    """With whom, and how."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id, required=False)
    kind = forms.ChoiceField(
        label=_("Share with"), choices=With.choices, widget=forms.RadioSelect, initial="person"
    )
    person = forms.ChoiceField(label=_("Person"), required=False, widget=Suggestion)
    email = forms.EmailField(label=_("The guest's e-mail address"), required=False)
    name = forms.CharField(
        label=_("Name of the guest, or what the link is for"), required=False, max_length=200
    )
    asks_code = forms.BooleanField(
        label=_("Ask the guest for a code by e-mail"), required=False, initial=True
    )
    asks_password = forms.BooleanField(
        label=_("Ask for a password on the link"), required=False,
        help_text=_("You choose it when you fetch the link."),
    )  # fmt: skip
    message = forms.CharField(
        label=_("Message"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    field_order = (
        *("id", "kind", "person", "email", "name", "role", "expires_on", "message"),
        *("may_download", "download_limit", "has_watermark", "asks_code", "asks_password"),
    )

    def __init__(self, *args: Any, people: Choices, holds: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.choices = [("", "–"), *people]  # type: ignore[attr-defined]  # a ChoiceField
        if not holds:
            kept = [one for one in _ROLES if one[0] != ShareRole.UPLOAD]
            self.fields["role"].choices = kept  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kind, field = typed.get("kind"), ""
        if kind == With.PERSON and not typed.get("person"):
            field = "person"
        elif kind == With.GUEST and not typed.get("email"):
            field = "email"
        if field and field not in self.errors:
            self.add_error(field, _("Say whom to share with."))
        typed["id"] = typed.get("id") or new_id()
        return typed


class ChangeShareForm(SharePart):
    """What may be changed of a share. Saving renews it."""

    @classmethod
    def of(cls, share: Share, *args: Any) -> "ChangeShareForm":
        names = ("role", "expires_on", "may_download", "has_watermark", "download_limit")
        form = cls(*args, initial={name: getattr(share, name) for name in names})
        if not share.is_outside:
            del form.fields["has_watermark"], form.fields["download_limit"]
        return form


class ReasonForm(Form):
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class StopAllForm(Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class LinkForm(Form):
    """Fetching a link, with the words it asks for if it does."""

    password = forms.CharField(
        label=_("Password of the link"), min_length=8, max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("At least eight characters. Give it to the receiver in another way."),
    )  # fmt: skip

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["password"]


class RulesForm(Form):
    """The rules for sharing outside, of the organisation or a project."""

    allows_guests = forms.BooleanField(label=_("Guests may be invited by e-mail"), required=False)
    allows_links = forms.BooleanField(label=_("Links may be made"), required=False)
    links_need_password = forms.BooleanField(label=_("Links need a password"), required=False)
    outside_only_views = forms.BooleanField(
        label=_("Outside, documents are only looked at, never downloaded"), required=False
    )
    needs_case = forms.BooleanField(
        label=_("Every share outside needs a decision"), required=False,
        help_text=_("What was shared without one stops working until it has one."),
    )  # fmt: skip
    domains = forms.CharField(
        label=_("Allowed e-mail domains"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, such as kommune.no. Empty: all."),
    )  # fmt: skip
    max_days = forms.IntegerField(
        label=_("Days at most"), required=False, min_value=1, max_value=3650,
        help_text=_("Counted from when it was shared or renewed."),
    )  # fmt: skip

    @classmethod
    def of(cls, rules: Rules, *args: Any) -> "RulesForm":
        names = [name for name in cls.base_fields if hasattr(rules, name)]
        initial = {name: getattr(rules, name) for name in names}
        return cls(*args, initial=initial | {"domains": "\n".join(rules.domains)})

    def clean_domains(self) -> list[str]:
        typed = _BETWEEN.split(self.cleaned_data["domains"].strip().lower())
        return [one.removeprefix("@") for one in typed if one]


class ProjectRulesForm(RulesForm):
    is_stopped = forms.BooleanField(
        label=_("All sharing outside is stopped"), required=False,
        help_text=_("What was stopped stays so: share it anew when this is off."),
    )  # fmt: skip
