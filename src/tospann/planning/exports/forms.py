"""What somebody chooses about a plan on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.planning.exports.choosing import Choice
from tospann.ui.forms import DateField, Form


class ExportForm(Form):
    """What goes on paper. ``asked`` tells a form that was sent from an address without one."""

    asked = forms.CharField(required=False, initial="1", widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label=_("Which rows"),
        choices=[
            ("all", _("Everything")),
            ("open", _("What is not done")),
            ("critical", _("The critical path")),
            ("phases", _("Phases and milestones")),
        ],
    )
    levels = forms.TypedChoiceField(
        label=_("Levels"),
        coerce=int,
        choices=[(0, _("All levels")), (1, "1"), (2, "2"), (3, "3"), (4, "4")],
    )
    first = DateField(label=_("From"), required=False)
    last = DateField(label=_("To"), required=False)
    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[("a3", _("A3, on its side")), ("a4", _("A4, on its side"))],
    )
    baseline = forms.BooleanField(label=_("The frozen plan as thin bars"), required=False)
    links = forms.BooleanField(label=_("Dependencies"), required=False)
    layout = (("what", "levels"), ("first", "last"), ("paper",), ("baseline", "links"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it begins."))
        return said

    def choice(self) -> Choice:
        return Choice(**{name: self.cleaned_data[name] for name in Choice.__dataclass_fields__})


STANDARD: dict[str, Any] = {
    "asked": "1", "what": "all", "levels": 0, "paper": "a3", "baseline": True, "links": True,
}  # fmt: skip
