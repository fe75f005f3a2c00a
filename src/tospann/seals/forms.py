"""What the check page takes: a file, what a browser found in it, or a code."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.seals import marks
from tospann.ui.forms import Form

LARGEST = 100 * 2**20


class FileForm(Form):
    """A browser that can takes the fingerprint itself and keeps the file."""

    file = forms.FileField(
        label=_("PDF file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    mark = forms.CharField(required=False, max_length=9000, widget=forms.HiddenInput)
    fingerprint = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if not file and not said.get("fingerprint"):
            raise forms.ValidationError({"file": gettext("Choose the file to check.")})
        if file and file.size > LARGEST:
            largest = LARGEST // 2**20
            raise forms.ValidationError(
                {"file": gettext("The file is larger than %(size)s MB.") % {"size": largest}}
            )
        return said


class CodeForm(Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Twelve signs, at the foot of each page."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = marks.typed(self.cleaned_data["code"])
        if len(code) != marks.CODE_LENGTH or set(code) - set(marks.ALPHABET):
            raise forms.ValidationError(gettext("A code has twelve letters and digits."))
        return code
