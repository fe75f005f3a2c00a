"""How one wants to be told: a choice per kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.notifications.models import How, Kind
from tospann.ui.forms import Form


class PreferencesForm(Form):
    """One choice for each kind of notification."""

    def __init__(self, data: Any = None, *, current: dict[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=_choices(kind), initial=current[kind.value]
            )


def _choices(kind: Kind) -> list[tuple[str, Any]]:
    """The Monday letter is a mail of its own: it comes, or it does not."""
    if kind == Kind.MONDAY:
        return [(How.IMMEDIATE.value, _("Every Monday")), (How.NONE.value, _("Not at all"))]
    return list(How.choices)
