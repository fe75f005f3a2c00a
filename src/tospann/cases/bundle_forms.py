"""Forms of a case's papers: which document is appended, when they are sent and with what words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.cases import bundles
from tospann.cases.models import Case
from tospann.documents import access
from tospann.foundation.authority import Actor
from tospann.ui.forms import DateField, Form

MOST_OFFERED = 1000


class PaperForm(Form):
    document = forms.ChoiceField(label=_("Document"))

    def __init__(self, *args: Any, case: Case, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {one.pk for one in bundles.appended(case)}
        rows = access.visible(actor, case.project).order_by("name_key")[:MOST_OFFERED]
        offered = [(str(one.pk), one.name) for one in rows if one.pk not in there]
        self.fields["document"].choices = offered  # type: ignore[attr-defined]  # a choice field


class BundleForm(Form):
    send_on = DateField(
        label=_("Send on"),
        required=False,
        help_text=_("Empty: only put together. Those who decide get the file and a link by mail."),
    )
    message = forms.CharField(
        label=_("Message in the mail"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
