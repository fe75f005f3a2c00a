"""Forms of a gate's points: what is asked, what a rule wants to be told, why it is waived."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.cases.rules import Parameter, Rule
from tospann.projects.models import Project
from tospann.ui.forms import DateField, Form


class PointForm(Form):
    """A point that is ticked off by hand, or one a rule answers with what it wants to be told."""

    text = forms.CharField(label=_("What must hold"), max_length=500)

    def __init__(
        self,
        *args: Any,
        project: Project,
        rule: Rule | None = None,
        given: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        for one in rule.parameters if rule else ():
            start = (given or {}).get(one.name, one.default)
            self.fields[one.name] = _field(one, project, start)

    def point(self) -> dict[str, Any]:
        """The point as the command wants it: its parameters as texts, without what was left out."""
        asked = self.rule.parameters if self.rule else ()
        typed = {one.name: self.cleaned_data.get(one.name) for one in asked}
        told = {name: str(value) for name, value in typed.items() if value not in (None, "")}
        rule = self.rule.key if self.rule else ""
        return {"text": self.cleaned_data["text"], "rule": rule, "parameters": told}


def _field(one: Parameter, project: Project, start: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": one.label,
        "required": one.is_required,
        "initial": start,
        "help_text": one.help,
    }
    offered = list(one.offered(project))
    if offered or one.kind == "choice":
        choices = offered if one.is_required else [("", _("None")), *offered]
        if start and start not in {key for key, _label in offered}:
            choices = [*choices, (start, _("%(value)s (no longer there)") % {"value": start})]
        return forms.ChoiceField(choices=choices, **common)
    match one.kind:
        case "day":
            return DateField(**common)
        case "percent":
            return forms.DecimalField(min_value=0, max_value=100, **common)
        case "whole":
            return forms.IntegerField(min_value=0, max_value=2**31 - 1, **common)
        case "number" | "amount":
            return forms.DecimalField(max_digits=15, decimal_places=2, **common)
    return forms.CharField(max_length=200, **common)


class WaiveForm(Form):
    """Why the gate may be passed though a point does not hold."""

    reason = forms.CharField(
        label=_("Why the gate may be passed all the same"),
        help_text=_("The decision keeps the reason and your name."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
