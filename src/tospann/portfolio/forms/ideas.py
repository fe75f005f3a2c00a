"""The forms of ideas: handing in, scoring, answering, and what they are scored on."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tospann.portfolio.ideas import HIGHEST, LOWEST, Criterion
from tospann.portfolio.models import Idea
from tospann.ui.forms import DateField, Form, MoneyField

SPARE = 2
"""Empty rows offered below the criteria there are."""
MOST_WEIGHT = 10
FIELDS = ("title", "solves", "asked_by", "wished_end", "rough_cost")


class IdeaForm(Form):
    """What is asked for. Only what it is called and what it is to solve is needed."""

    layout: ClassVar = (("wished_end", "rough_cost"),)
    title = forms.CharField(label=_("What is the idea called?"), max_length=200)
    solves = forms.CharField(
        label=_("What is it to solve?"),
        max_length=20_000,
        help_text=_("What is hard today, for whom, and what becomes better."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    asked_by = forms.CharField(
        label=_("Who asks"),
        max_length=200,
        required=False,
        help_text=_("A unit or somebody else, when you do not ask for yourself."),
    )
    wished_end = DateField(label=_("Wished end"), required=False)
    rough_cost = MoneyField(label=_("Rough cost"), required=False)

    @classmethod
    def of(cls, idea: Idea, data: Any = None) -> "IdeaForm":
        initial = {name: getattr(idea, name) for name in FIELDS}
        return cls(data, initial=initial, version=idea.version)


class ScoreForm(Form):
    """From 1 to 5 on each criterion; what is not scored does not count."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], idea: Idea, **kw: Any) -> None:
        super().__init__(*args, version=idea.version, **kw)
        none = [("", pgettext_lazy("score of an idea", "Not scored"))]
        steps = [(str(step), str(step)) for step in range(LOWEST, HIGHEST + 1)]
        for one in criteria:
            self.fields[f"on_{one.key}"] = forms.ChoiceField(
                label=one.name,
                choices=[*none, *steps],
                required=False,
                initial=str(idea.scores.get(one.key, "")),
                help_text=gettext("Weighs %(weight)s.") % {"weight": one.weight},
            )

    def scores(self) -> dict[str, int]:
        """What was given, by criterion."""
        typed = self.cleaned_data.items()
        return {key[3:]: int(value) for key, value in typed if key.startswith("on_") and value}


class AnswerForm(Form):
    """Accepted, rejected with a reason, or under review again."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            ("accepted", _("Accept: it may become a project")),
            ("rejected", _("Reject")),
            ("review", _("Keep under review")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=20_000,
        required=False,
        help_text=_("Whoever asked reads it. Needed when the idea is rejected."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("answer") == "rejected" and not typed.get("reason"):
            self.add_error(
                "reason", gettext("Say why the idea is rejected: whoever asked reads it.")
            )
        return typed


class ScaleForm(Form):
    """The criteria with their weights, and some empty rows; a row without a name goes."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.known = criteria
        rows = [*criteria, *(Criterion("", "", 1) for _spare in range(SPARE))]
        self.pairs = [(f"name_{at}", f"weight_{at}") for at in range(len(rows))]
        for at, one in enumerate(rows):
            self.fields[f"name_{at}"] = forms.CharField(
                label=gettext("Criterion %(n)s") % {"n": at + 1},
                max_length=200,
                required=False,
                initial=one.name,
            )
            self.fields[f"weight_{at}"] = forms.IntegerField(
                label=gettext("Weight of criterion %(n)s") % {"n": at + 1},
                min_value=1,
                max_value=MOST_WEIGHT,
                required=False,
                initial=one.weight,
            )

    def arguments(self) -> dict[str, Any]:
        """The command's argument; a criterion that is only reworded keeps its key."""
        found: list[dict[str, Any]] = []
        for at, (name, weight) in enumerate(self.pairs):
            words = self.cleaned_data.get(name)
            if words:
                key = self.known[at].key if at < len(self.known) else _key(words, at)
                share = self.cleaned_data.get(weight) or 1
                found.append({"key": key, "name": words, "weight": share})
        return {"criteria": found}


def _key(words: str, at: int) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:40]
    return f"c_{plain or 'x'}_{at}"
