"""What people type about risks, problems and deviations."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tospann.risks import matrix
from tospann.risks.models import Deviation, Problem, Risk, RiskKind
from tospann.ui.forms import DateField, Form, Suggestion

Choices = list[tuple[str, str]]


def _text(label: Any, rows: int = 2, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20_000,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _title(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200)


def _level(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


def owner_field(team: Choices, label: Any = None) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label or _("Owner"),
        choices=[("", _("Nobody yet")), *team],
        widget=Suggestion,
        required=False,
        coerce=UUID,
        empty_value=None,
    )


class OwnedForm(Form):
    """A form that may ask who is to own it."""

    def __init__(self, data: Any = None, *, team: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if team is not None:
            self.fields["owner"] = owner_field(team)
            self.order_fields(self.order)

    order: ClassVar[tuple[str, ...]] = ("title", "kind", "owner")


class _Scaled(OwnedForm):
    """A form that assesses by the project's own scales."""

    def __init__(
        self, data: Any = None, *, scales: matrix.Scales, kind: str = "", **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        probability = _numbered(scales.threat.probability)
        both = scales.both if not kind else (scales.of(kind),)
        impact = _numbered(*(one.impact for one in both))
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and name.endswith("probability"):
                field.choices = probability
            elif isinstance(field, forms.ChoiceField) and name.endswith("impact"):
                field.choices = impact


def _numbered(*scales: tuple[str, ...]) -> Choices:
    """``4 Stor``; words of several scales side by side where they differ."""
    words = [" / ".join(dict.fromkeys(parts)) for parts in zip(*scales, strict=True)]
    return [("", str(_("Not assessed"))), *((str(n), f"{n} {w}") for n, w in enumerate(words, 1))]


class RaiseRiskForm(_Scaled):
    """The least one must say; the rest is added on the risk's own page."""

    layout = (("kind", "owner", "due_on"), ("probability", "impact"))

    title = _title(_("What may happen"))
    kind = forms.ChoiceField(label=_("Kind"), choices=RiskKind.choices, initial=RiskKind.THREAT)
    due_on = DateField(label=_("Next review"), required=False)
    probability = _level(_("Probability"))
    impact = _level(_("Impact"))


class RiskForm(_Scaled):
    """Everything about a risk but its owner."""

    layout = (
        ("kind", "due_on"),
        ("probability", "impact"),
        ("residual_probability", "residual_impact"),
        ("proximity", "strategy"),
    )
    FIELDS: ClassVar[tuple[str, ...]] = (
        *("title", "kind", "cause", "event", "effect", "probability", "impact"),
        *("residual_probability", "residual_impact", "proximity", "strategy", "due_on"),
    )

    title = _title(_("What may happen"))
    kind = forms.ChoiceField(label=_("Kind"), choices=RiskKind.choices)
    due_on = DateField(label=_("Next review"), required=False)
    cause = _text(_("Cause"), help_text=_("Because of …"))
    event = _text(_("Event"), help_text=_("… this may happen …"))
    effect = _text(_("Effect"), help_text=_("… which leads to …"))
    probability = _level(_("Probability now"))
    impact = _level(_("Impact now"))
    residual_probability = _level(_("Probability after measures"))
    residual_impact = _level(_("Impact after measures"))
    proximity = forms.ChoiceField(label=_("Proximity"), required=False)
    strategy = forms.ChoiceField(label=_("Strategy"), required=False)

    def __init__(self, data: Any = None, *, scales: matrix.Scales, **kwargs: Any) -> None:
        super().__init__(data, scales=scales, **kwargs)
        for name in ("proximity", "strategy"):
            field: Any = self.fields[name]
            known, kept = list(getattr(scales, name)), self.initial.get(name)
            if kept and kept not in dict(known):
                known.append((kept, str(dict(matrix.MENUS[name].choices).get(kept, kept))))
            field.choices = [("", "–"), *known]

    @classmethod
    def of(cls, risk: Risk, data: Any = None, **kwargs: Any) -> "RiskForm":
        initial = {name: getattr(risk, name) for name in cls.FIELDS}
        return cls(data, initial=initial, version=risk.version, kind=risk.kind, **kwargs)


class CloseRiskForm(Form):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[("closed", _("No longer relevant")), ("occurred", _("It has occurred"))],
        widget=forms.RadioSelect,
        initial="closed",
    )
    reason = forms.CharField(
        label=_("Why"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RaiseProblemForm(OwnedForm):
    layout = (("owner", "due_on"),)

    title = _title(_("What has happened"))
    due_on = DateField(label=_("Due date"), required=False)
    description = _text(_("Description"), 3)


class ProblemForm(Form):
    title = _title(_("What has happened"))
    due_on = DateField(label=_("Due date"), required=False)
    description = _text(_("Description"), 4)
    solution = _text(_("Solution"), 3)

    @classmethod
    def of(cls, problem: Problem, data: Any = None, **_unused: Any) -> "ProblemForm":
        initial = {name: getattr(problem, name) for name in cls.base_fields}
        return cls(data, initial=initial, version=problem.version)


class SolveForm(Form):
    solution = forms.CharField(
        label=_("How it was solved"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RaiseDeviationForm(OwnedForm):
    layout = (("owner", "due_on"),)

    title = _title(_("What cannot be kept"))
    due_on = DateField(label=_("Due date"), required=False)
    cause = _text(_("Cause"))
    consequence = _text(_("Consequence"))


class DeviationForm(Form):
    title = _title(_("What cannot be kept"))
    due_on = DateField(label=_("Due date"), required=False)
    cause = _text(_("Cause"), 3)
    consequence = _text(_("Consequence"), 3)
    corrective_action = _text(_("Corrective action"), 3)

    @classmethod
    def of(cls, deviation: Deviation, data: Any = None, **_unused: Any) -> "DeviationForm":
        initial = {name: getattr(deviation, name) for name in cls.base_fields}
        return cls(data, initial=initial, version=deviation.version)


class CorrectForm(Form):
    corrective_action = forms.CharField(
        label=_("What was done"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandOverForm(Form):
    """Who is to own it from now on."""

    def __init__(self, data: Any = None, *, team: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["owner"] = owner_field(team, _("New owner"))


class MeasureForm(OwnedForm):
    """An action born in the row, in one line."""

    layout = (("title", "owner", "due_on"),)

    title = _title(_("What is to be done"))
    due_on = DateField(label=_("Due date"), required=False)


class UploadForm(Form):
    file = forms.FileField(
        label=_("Excel file"),
        help_text=_("The first sheet is read; its first row must hold the headings."),
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        ),
    )


class CellsForm(Form):
    """The cells of both matrices: a menu of levels each, named ``threat_4_3``."""

    def __init__(self, data: Any = None, *, scales: matrix.Scales, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for of in scales.both:
            levels = [(level.key, level.word) for level in of.levels]
            for row in range(1, matrix.SIZE + 1):
                for column in range(1, matrix.SIZE + 1):
                    self.fields[f"{of.kind}_{row}_{column}"] = forms.ChoiceField(
                        label=f"{of.probability[row - 1]} × {of.impact[column - 1]}",
                        choices=levels,
                        initial=of.cells[row - 1][column - 1],
                    )

    def cells(self, kind: str) -> list[list[str]]:
        """What was chosen, probability from the lowest."""
        span = range(1, matrix.SIZE + 1)
        return [[self.cleaned_data[f"{kind}_{r}_{c}"] for c in span] for r in span]
