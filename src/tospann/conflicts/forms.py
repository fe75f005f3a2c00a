"""How a conflict is decided."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.conflicts import saying
from tospann.conflicts.commands import LEAVE, seen_of
from tospann.conflicts.models import Conflict
from tospann.conflicts.queries import Way
from tospann.ui.forms import Form


class DecideConflictForm(Form):
    """One of the ways out, or none of them with a reason."""

    way = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("The projects read it. Needed when everything stays as it is."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conflict: Conflict, ways: Sequence[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["way"]
        choices.choices = [
            *((one.key, f"{one.key}: {one.title}") for one in ways),
            (LEAVE, saying.title(None, {})),
        ]
        self.fields["seen"].initial = seen_of(conflict)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("way") == LEAVE and not typed.get("reason"):
            self.add_error("reason", _("Say why everything stays as it is."))
        return typed
