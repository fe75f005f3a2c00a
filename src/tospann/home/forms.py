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
