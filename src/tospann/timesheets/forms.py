"""What is typed about other people's hours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.ui.forms import Form


class ReturnForm(Form):
    """Why hours are returned."""

    reason = forms.CharField(
        label=_("What should be different?"),
        max_length=200,
        help_text=_("Whoever worked the hours reads this."),
    )


class FileForm(Form):
    """A file of hours."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV, separated by semicolon, comma or tab; or Excel")
    )


class ImportForm(Form):
    """Whether hours on public holidays are meant."""

    on_holidays = forms.BooleanField(label=_("The hours on public holidays are meant"))
