"""What is filled in when a case is decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.cases import parts, seeing, verdicts
from tospann.cases.models import Alternative, Case
from tospann.foundation.authority import Actor, decides_as
from tospann.projects.queries import team
from tospann.ui.forms import DateField, Form


class DecideForm(Form):
    """The alternatives this reader may decide; perhaps only parts of one; a condition."""

    alternative = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    part = forms.MultipleChoiceField(
        label=_("Only these parts of it"),
        required=False,
        help_text=_("Tick nothing to decide the whole."),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed when you decide otherwise than recommended."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    condition = forms.CharField(
        label=_("Condition"),
        required=False,
        max_length=200,
        help_text=_("A condition becomes an action with an owner and a due date."),
    )
    condition_owner = forms.ChoiceField(label=_("Who fulfils the condition"), required=False)
    condition_due = DateField(label=_("Due"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    layout = (("condition_owner", "condition_due"),)

    def __init__(self, *args: Any, case: Case, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(Alternative.objects.filter(case=case).select_related("case"))
        # Without a reader, as in a meeting that may only recommend, each of them can be chosen.
        mine = [one for one in listed if actor is None or may_decide(actor, one)]
        self.others = [one for one in listed if one not in mine]
        self.fields["seen"].initial = seeing.seen(case)
        _choose(self.fields["alternative"], [(one.key, _named(one, case)) for one in mine])
        divided = _divided(mine) if case.gate_id is None and actor is not None else []
        if divided:
            _choose(self.fields["part"], divided)
        else:
            del self.fields["part"]
        _choose(self.fields["condition_owner"], [("", "–"), *team(case.project)])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        key = f"{typed.get('alternative', '')}|"
        if any(not one.startswith(key) for one in typed.get("part", [])):
            self.add_error("part", _("These parts belong to another alternative."))
        return typed

    def parts(self) -> list[str] | None:
        """The parts as the command wants them; None when it is the whole."""
        chosen = self.cleaned_data.get("part") or []
        return [one.partition("|")[2] for one in chosen] or None

    def conditions(self) -> list[dict[str, Any]]:
        """The condition as the command wants it, or none."""
        if not self.cleaned_data["condition"]:
            return []
        return [
            {
                "title": self.cleaned_data["condition"],
                "owner": self.cleaned_data["condition_owner"] or None,
                "due_on": self.cleaned_data["condition_due"],
            }
        ]


def _named(one: Alternative, case: Case) -> str:
    return one.title if case.gate_id else str(one)


def may_decide(actor: Actor, one: Alternative) -> bool:
    """Whether this alternative is the reader's to decide, alone or with others."""
    roles = actor.roles_in(one.project_id)
    who = verdicts.who_decides(one)
    late = set(verdicts.escalated(one))
    return decides_as(roles, actor.person_id, who) is not None or bool(late & roles)


def _divided(mine: list[Alternative]) -> list[tuple[str, str]]:
    """The parts of the alternatives that can be divided."""
    found: list[tuple[str, str]] = []
    for one in mine:
        listed = parts.parts_of(verdicts.operations_of(one))
        if len(listed) > 1:
            words = gettext("%(key)s: %(what)s")
            found += [
                (f"{one.key}|{part.key}", words % {"key": one.key, "what": _short(part)})
                for part in listed
            ]
    return found


def _short(part: parts.Part) -> str:
    said = " · ".join(part.sentences[:3])
    more = len(part.sentences) - 3
    return f"{said} · … (+{more})" if more > 0 else said


def _choose(field: forms.Field, choices: list[Any]) -> None:
    field.choices = choices  # type: ignore[attr-defined]  # a choice field
