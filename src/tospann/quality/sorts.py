"""The five sorts of things, and what each is changed with: one set of pages serves them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.foundation.commands import Command
from tospann.quality import commands, forms
from tospann.quality.models import Deliverable, Nonconformity, Requirement, Review, TestRound

AnyCommand = Command[Any, Any, Any]


@dataclass(frozen=True)
class Act:
    """Something done to a row: by a form or, without one, by a button alone."""

    name: str
    command: AnyCommand
    label: Promise
    done: Promise
    form: type[forms.QualityForm] | None = None
    chooses_id: bool = False
    lead: Promise | str = ""


@dataclass(frozen=True, eq=False)
class Sort:
    """One sort of thing: its model, its commands, its forms and its words."""

    name: str
    plural: str
    model: Any
    add: AnyCommand
    change: AnyCommand
    add_form: type[forms.QualityForm]
    form: type[forms.QualityForm]
    title: Promise
    new: Promise
    added: Promise
    edit: Promise
    acts: Mapping[str, Act] = field(default_factory=dict)


def _acts(*acts: Act) -> Mapping[str, Act]:
    return {act.name: act for act in acts}


REQUIREMENT = Sort(
    name="requirement",
    plural="requirements",
    model=Requirement,
    add=commands.add_requirement,
    change=commands.change_requirement,
    add_form=forms.RequirementForm,
    form=forms.RequirementForm,
    title=_("Requirements and standards"),
    new=_("New requirement"),
    added=_("The requirement was added."),
    edit=_("Change the requirement"),
    acts=_acts(
        Act(
            "waive",
            commands.waive_requirement,
            _("Waive the requirement"),
            _("The requirement is waived."),
            forms.ReasonForm,
        ),
        Act(
            "restore",
            commands.restore_requirement,
            _("Let it apply again"),
            _("The requirement applies again."),
        ),
    ),
)
DELIVERABLE = Sort(
    name="deliverable",
    plural="deliverables",
    model=Deliverable,
    add=commands.add_deliverable,
    change=commands.change_deliverable,
    add_form=forms.DeliverableForm,
    form=forms.DeliverableForm,
    title=_("Deliverables"),
    new=_("New deliverable"),
    added=_("The deliverable was added."),
    edit=_("Change the deliverable"),
    acts=_acts(
        Act(
            "forward",
            commands.put_deliverable_forward,
            _("Put it forward for acceptance"),
            _("It waits to be accepted."),
            forms.ForwardForm,
        ),
        Act(
            "take_back",
            commands.take_deliverable_back,
            _("Take it back"),
            _("It is taken back."),
        ),
        Act(
            "answer",
            commands.answer_deliverable,
            _("Accept it, or say why not"),
            _("Your answer is recorded."),
            forms.AnswerForm,
        ),
    ),
)
REVIEW = Sort(
    name="quality_review",
    plural="quality_reviews",
    model=Review,
    add=commands.plan_review,
    change=commands.change_review,
    add_form=forms.ReviewForm,
    form=forms.ReviewForm,
    title=_("Quality reviews"),
    new=_("New review"),
    added=_("The review was planned."),
    edit=_("Change the review"),
    acts=_acts(
        Act(
            "perform",
            commands.perform_review,
            _("Record the result"),
            _("The result is recorded."),
            forms.PerformForm,
        ),
        Act("approve", commands.approve_review, _("Approve it"), _("The review is approved.")),
        Act("reopen", commands.reopen_review, _("Open it again"), _("The review is open again.")),
        Act(
            "act_on",
            commands.act_on_review,
            _("Make an action of it"),
            _("The action was added."),
            forms.ActionForm,
            chooses_id=True,
        ),
    ),
)
ROUND = Sort(
    name="test_round",
    plural="test_rounds",
    model=TestRound,
    add=commands.plan_round,
    change=commands.change_round,
    add_form=forms.RoundForm,
    form=forms.RoundForm,
    title=_("Test rounds"),
    new=_("New test round"),
    added=_("The test round was planned. Add its tests."),
    edit=_("Change the test round"),
    acts=_acts(
        Act(
            "add_cases_to",
            commands.add_cases,
            _("Add tests"),
            _("The tests were added."),
            forms.CasesForm,
        ),
        Act(
            "end",
            commands.end_round,
            _("End the round"),
            _("The round has ended."),
            forms.ConclusionForm,
        ),
        Act("reopen", commands.reopen_round, _("Go on with it"), _("The round goes on.")),
    ),
)
NONCONFORMITY = Sort(
    name="nonconformity",
    plural="nonconformities",
    model=Nonconformity,
    add=commands.raise_nonconformity,
    change=commands.change_nonconformity,
    add_form=forms.RaiseForm,
    form=forms.NonconformityForm,
    title=_("Nonconformities"),
    new=_("New nonconformity"),
    added=_("The nonconformity was raised."),
    edit=_("Change the nonconformity"),
    acts=_acts(
        Act(
            "correct",
            commands.correct_nonconformity,
            _("It is corrected"),
            _("It is to be verified."),
            forms.CorrectForm,
        ),
        Act(
            "verify",
            commands.verify_nonconformity,
            _("Verify the correction"),
            _("The correction is verified."),
            forms.NoteForm,
        ),
        Act(
            "accept",
            commands.accept_nonconformity,
            _("Accept it as it is"),
            _("It is accepted as it is."),
            forms.ReasonForm,
        ),
        Act(
            "reopen",
            commands.reopen_nonconformity,
            _("Open it again"),
            _("It is open again."),
            forms.ReasonForm,
        ),
        Act(
            "hand_over",
            commands.hand_over_nonconformity,
            _("Hand over"),
            _("It has a new owner."),
            forms.OwnerForm,
        ),
        Act(
            "act_on",
            commands.act_on_nonconformity,
            _("Add corrective action"),
            _("The action was added."),
            forms.ActionForm,
            chooses_id=True,
        ),
    ),
)
SORTS = (REQUIREMENT, DELIVERABLE, REVIEW, ROUND, NONCONFORMITY)
