"""How one wants to be told: a choice per kind."""

from typing import Any

from django import forms

from tospann.notifications.models import How, Kind
from tospann.ui.forms import Form


class PreferencesForm(Form):
    """One choice for each kind of notification."""

    def __init__(self, data: Any = None, *, current: dict[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=How.choices, initial=current[kind.value]
            )
