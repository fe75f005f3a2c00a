"""The short forms of my page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.ui.forms import DateField, Form


class LateForm(Form):
    """When it will be done instead."""

    until = DateField(label=_("New date"))


class StuckForm(Form):
    """What stands in the way."""

    text = forms.CharField(
        label=_("What stands in the way, and who could help?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DaysForm(Form):
    """How much later; three days unless said otherwise."""

    days = forms.TypedChoiceField(
        label=_("How many days later"),
        choices=[(str(days), str(days)) for days in (1, 2, 3, 5, 7, 10, 14, 21)],
        initial="3",
        coerce=int,
    )
