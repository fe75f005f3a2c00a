"""What one says of a webhook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.ui.forms import Form
from tospann.webhooks.kinds import AREAS


class WebhookForm(Form):
    """Where it goes, and what it is told of."""

    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(
        label=_("Web address"),
        max_length=500,
        help_text=_("An https address out on the internet, to which messages are posted."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What it is told of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(AREAS.items()),
        help_text=_("Tick none to have everything told."),
    )

    def arguments(self, before: list[str] | None = None) -> dict[str, object]:
        """With the single commands that were asked for through the API, which no box shows."""
        single = [kind for kind in before or [] if kind not in AREAS]
        return {**self.cleaned_data, "kinds": [*self.cleaned_data["kinds"], *single]}
