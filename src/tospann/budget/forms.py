"""What people type about money."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tospann.budget import sources
from tospann.budget.models import Budget, BudgetLine
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.ui.forms import DateField, Form, MoneyField, Suggestion

Choices = list[tuple[str, str]]


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LineForm(Form):
    """A new line, or a change of one. When it is used follows its task or phase unless said."""

    layout = (("code", "amount"), ("phase", "activity_uid"), ("starts_on", "ends_on"))
    FIELDS: ClassVar[tuple[str, ...]] = (
        *("name", "code", "amount", "starts_on", "ends_on", "activity_uid", "is_running"),
    )

    name = forms.CharField(label=_("What it is for"), max_length=200)
    code = forms.CharField(
        label=_("Account or code"), max_length=20, required=False, help_text=_("Such as 2.1")
    )
    amount = MoneyField(label=_("Amount"), min_value=0)
    phase = forms.TypedChoiceField(label=_("Phase"), required=False, coerce=UUID, empty_value=None)
    activity_uid = forms.TypedChoiceField(
        label=_("Task in the plan"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=Suggestion,
        help_text=_("The money then follows the task when it moves."),
    )
    starts_on = DateField(label=_("From"), required=False)
    ends_on = DateField(
        label=_("To"),
        required=False,
        help_text=_("Empty: spread over the task, or over the phase."),
    )

    is_running = forms.BooleanField(
        label=_("Grows with time: costs more for each week the project lasts"), required=False
    )

    def __init__(self, data: Any = None, *, project: Project, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        named = [(str(phase.pk), phase.name) for phase in projects.phases(project)]
        tasks = [(str(uid), words) for uid, words in sources.names(project.pk)]
        self._offer("phase", [("", _("No phase")), *named])
        kept = self.initial.get("activity_uid")
        if kept and str(kept) not in dict(tasks):
            tasks.append((str(kept), sources.name(project.pk, kept) or str(kept)))
        self._offer("activity_uid", [("", _("No task")), *tasks])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    @classmethod
    def of(cls, line: BudgetLine, data: Any = None) -> "LineForm":
        initial = {name: getattr(line, name) for name in cls.FIELDS} | {"phase": line.phase_id}
        return cls(data, project=line.project, initial=initial, version=line.version)


class CostForm(Form):
    """Facts: what has been used so far, and what it is expected to end at."""

    layout = (("spent", "forecast"),)

    spent = MoneyField(label=_("Incurred so far"), min_value=0)
    forecast = MoneyField(
        label=_("Expected to end at"),
        min_value=0,
        required=False,
        help_text=_("Empty: as budgeted."),
    )

    @classmethod
    def of(cls, line: BudgetLine, data: Any = None) -> "CostForm":
        initial = {"spent": line.spent, "forecast": line.forecast}
        return cls(data, initial=initial, version=line.version)


class MoveForm(Form):
    """So much to another line."""

    layout = (("to", "amount"),)

    to = forms.TypedChoiceField(label=_("To the line"), coerce=UUID, widget=Suggestion)
    amount = MoneyField(label=_("Amount"), min_value=0)
    reason = _reason()

    def __init__(self, data: Any = None, *, lines: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["to"]
        field.choices = lines

    def clean_amount(self) -> Any:
        return _positive(self.cleaned_data["amount"])


class ReleaseForm(Form):
    """So much of a reserve to this line."""

    amount = MoneyField(label=_("Amount"), min_value=0)
    reason = _reason()

    def clean_amount(self) -> Any:
        return _positive(self.cleaned_data["amount"])


def _positive(amount: Any) -> Any:
    if not amount:
        raise ValidationError(_("Write an amount above zero."))
    return amount


class ReservesForm(Form):
    """What is set aside, by whoever may release it."""

    layout = (("manager_reserve", "owner_reserve"),)

    manager_reserve = MoneyField(
        label=_("Manager's reserve"),
        min_value=0,
        help_text=_("For additions one must expect. The project manager releases it."),
    )
    owner_reserve = MoneyField(
        label=_("Owner's reserve"),
        min_value=0,
        help_text=_("For what is uncertain. Only the project owner releases it."),
    )

    @classmethod
    def of(cls, budget: Budget, data: Any = None) -> "ReservesForm":
        initial = {
            "manager_reserve": budget.manager_reserve,
            "owner_reserve": budget.owner_reserve,
        }
        return cls(data, initial=initial, version=budget.version)
