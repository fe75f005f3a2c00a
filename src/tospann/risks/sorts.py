"""The three sorts of rows, and what each is changed with: one set of pages serves them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.foundation.commands import Command
from tospann.risks import commands, forms
from tospann.risks.models import Deviation, Problem, Risk

Row = Risk | Problem | Deviation


@dataclass(frozen=True)
class Sort:
    """One sort of row: its model, its commands, its forms and its words."""

    name: str
    model: Any
    raise_: Command[Any, Any, Any]
    change: Command[Any, Any, Any]
    close: Command[Any, Any, Any]
    reopen: Command[Any, Any, Any]
    hand_over: Command[Any, Any, Any]
    act: Command[Any, Any, Any]
    as_case: Command[Any, Any, Any]
    raise_form: type[forms.OwnedForm]
    form_of: Callable[..., Any]
    close_form: type[Any]
    list_title: Promise
    new: Promise
    raised: Promise
    edit: Promise
    closing: Promise
    closed: Promise
    measures: Promise
    add: Promise

    @property
    def plural(self) -> str:
        return f"{self.name}s"

    @property
    def is_risk(self) -> bool:
        return self.name == "risk"


RISK = Sort(
    name="risk",
    model=Risk,
    raise_=commands.raise_risk,
    change=commands.change_risk,
    close=commands.close_risk,
    reopen=commands.reopen_risk,
    hand_over=commands.hand_over_risk,
    act=commands.add_measure,
    as_case=commands.raise_risk_as_case,
    raise_form=forms.RaiseRiskForm,
    form_of=forms.RiskForm.of,
    close_form=forms.CloseRiskForm,
    list_title=_("Risks and opportunities"),
    new=_("New risk"),
    raised=_("The risk was raised."),
    edit=_("Assess and change the risk"),
    closing=_("Close the risk"),
    closed=_("The risk is closed."),
    measures=_("Measures"),
    add=_("Add measure"),
)
PROBLEM = Sort(
    name="problem",
    model=Problem,
    raise_=commands.raise_problem,
    change=commands.change_problem,
    close=commands.solve_problem,
    reopen=commands.reopen_problem,
    hand_over=commands.hand_over_problem,
    act=commands.act_on_problem,
    as_case=commands.raise_problem_as_case,
    raise_form=forms.RaiseProblemForm,
    form_of=forms.ProblemForm.of,
    close_form=forms.SolveForm,
    list_title=_("Problems"),
    new=_("New problem"),
    raised=_("The problem was raised."),
    edit=_("Change the problem"),
    closing=_("Solve the problem"),
    closed=_("The problem is solved."),
    measures=_("Actions"),
    add=_("Make an action of it"),
)
DEVIATION = Sort(
    name="deviation",
    model=Deviation,
    raise_=commands.raise_deviation,
    change=commands.change_deviation,
    close=commands.correct_deviation,
    reopen=commands.reopen_deviation,
    hand_over=commands.hand_over_deviation,
    act=commands.act_on_deviation,
    as_case=commands.raise_deviation_as_case,
    raise_form=forms.RaiseDeviationForm,
    form_of=forms.DeviationForm.of,
    close_form=forms.CorrectForm,
    list_title=_("Deviations"),
    new=_("New deviation"),
    raised=_("The deviation was raised."),
    edit=_("Change the deviation"),
    closing=_("Correct the deviation"),
    closed=_("The deviation is corrected."),
    measures=_("Actions"),
    add=_("Make an action of it"),
)
