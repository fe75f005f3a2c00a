"""What is filled in about a row of the authority matrix."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tospann.cases.models import AuthorityRule, Mode
from tospann.cases.reading import KIND_LABELS
from tospann.cases.verdicts import LEFT
from tospann.foundation.authority import MEASURES, PROJECT_ROLES, ROLE_LABELS, Role
from tospann.projects.models import Phase, Project
from tospann.projects.queries import team
from tospann.ui.forms import DateField, Form, NumberField

ROLES = [(str(role), ROLE_LABELS[role]) for role in PROJECT_ROLES if role != Role.GUEST]
_WAY = ("people", "quorum", "in_order", "four_eyes", "within_days", "escalates_to")
_FURTHER = ("people", "in_order", "four_eyes", "within_days", "escalates_to")
_WHEN = ("valid_from", "valid_to", "phase")


class RuleForm(Form):
    """Who decides above which limit, and how; the rarer things are folded away."""

    limit = NumberField(label=_("Limit"), required=False, max_digits=14, decimal_places=2)
    deciders = forms.MultipleChoiceField(
        label=_("Who decides"), choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(
        label=_("How many must say yes"), choices=Mode.choices, initial="any",
        widget=forms.RadioSelect,
    )  # fmt: skip
    quorum = forms.IntegerField(
        label=_("How many"), required=False, min_value=1, max_value=50,
        help_text=_("When it is a certain number of them."),
    )  # fmt: skip
    people = forms.MultipleChoiceField(
        label=_("Named people"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They decide beside the roles above."),
    )  # fmt: skip
    in_order = forms.BooleanField(
        label=_("In this order"), required=False,
        help_text=_("When several must say yes: the roles as they stand above, then the people."),
    )  # fmt: skip
    four_eyes = forms.BooleanField(
        label=_("Four eyes"), required=False,
        help_text=_("Whoever prepared the case does not decide it, whatever the role."),
    )  # fmt: skip
    within_days = forms.IntegerField(
        label=_("Decide within"), required=False, min_value=1, max_value=250,
        help_text=_("Working days from when it was submitted."),
    )  # fmt: skip
    escalates_to = forms.MultipleChoiceField(
        label=_("After that, these may decide too"), choices=ROLES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    valid_from = DateField(label=_("Valid from"), required=False)
    valid_to = DateField(label=_("Valid until"), required=False)
    phase = forms.ChoiceField(label=_("Only in the phase"), required=False)
    layout = (("valid_from", "valid_to"),)

    def __init__(
        self, *args: Any, project: Project, rule: AuthorityRule | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["people"], team(project))
        phases = Phase.objects.filter(project=project).order_by("position")
        _choose(self.fields["phase"], [("", "–"), *((str(one.pk), one.name) for one in phases)])
        if rule is not None and not rule.measure:
            del self.fields["limit"]
        elif rule is not None and rule.measure in MEASURES:
            self.fields["limit"].label = str(MEASURES[rule.measure].label)

    def main_rows(self) -> Iterator[list[BoundField]]:
        """What every row has."""
        return (row for row in self.rows() if row[0].name not in {*_FURTHER, *_WHEN})

    def further_rows(self) -> Iterator[list[BoundField]]:
        """What few rows have."""
        return (row for row in self.rows() if row[0].name in {*_FURTHER, *_WHEN})

    @property
    def has_further(self) -> bool:
        """Whether something of what is folded away is filled in, or wrong."""
        names = [*_FURTHER, *_WHEN]
        wrong = self.is_bound and any(name in self.errors for name in names)
        return wrong or any(self[name].value() for name in names)

    def arguments(self) -> dict[str, Any]:
        """The arguments of the commands that keep the matrix."""
        typed = dict(self.cleaned_data)
        typed.pop("version", None)
        way = {name: typed.pop(name) for name in (*_WAY, *_WHEN)}
        way["quorum"] = way["quorum"] or 0
        way["phase"] = way["phase"] or None
        return {"way": way, **typed}


class NewRuleForm(RuleForm):
    """A row that is not there yet: also what it is about."""

    kind = forms.ChoiceField(label=_("Matter"))
    measure = forms.ChoiceField(label=_("When"), required=False)
    field_order = ("kind", "measure", "limit")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, project=project, **kwargs)
        _choose(self.fields["kind"], list(KIND_LABELS.items()))
        measures = [(one.key, one.label) for one in MEASURES.values()]
        _choose(self.fields["measure"], [("", _("always")), *measures])

    def arguments(self) -> dict[str, Any]:
        found = super().arguments()
        return found | {"operator": "<" if found["measure"] in LEFT else ">"}


class RemoveForm(Form):
    """Nothing but the version of the row that was shown."""


class SetForm(Form):
    """One of the matrices that come with the portal, in the place of the project's own."""

    chosen = forms.ChoiceField(label=_("Authority matrix"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sets: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["chosen"], list(sets.items()))


def shown(rule: AuthorityRule) -> dict[str, Any]:
    """A row as the form shows it."""
    names = ("limit", "deciders", "mode", "in_order", "four_eyes", "within_days", "escalates_to")
    return {
        **{name: getattr(rule, name) for name in names},
        "quorum": rule.quorum or None,
        "people": [one["id"] for one in rule.people],
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
        "phase": str(rule.phase_id) if rule.phase_id else "",
    }


def _choose(field: forms.Field, choices: list[Any]) -> None:
    field.choices = choices  # type: ignore[attr-defined]  # a choice field
