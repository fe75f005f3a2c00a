"""Rounds of tests: planned, tried, tried again, ended."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

from tospann.documents import commands as documents
from tospann.foundation.arguments import Hash, Line, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.projects.models import Project
from tospann.quality.commands import failing, keeping
from tospann.quality.commands.keeping import Requirements, is_own_or_kept
from tospann.quality.models import (
    Nonconformity,
    NonconformityState,
    Outcome,
    RoundState,
    TestCase,
    TestResult,
    TestRound,
)

MOST_CASES = 500
Titles = Annotated[list[Line], Field(min_length=1, max_length=MOST_CASES)]
Tried = Literal["passed", "failed", "blocked"]


class Evidence(BaseModel):
    """A photo or another file that was kept, and shows what happened."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line
    media_type: documents.MediaType
    size: Annotated[int, Field(ge=1)]
    sha256: Hash


@command(needs=Power.KEEP_QUALITY)
def plan_round(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    purpose: OptionalText = "",
    deliverable: UUID | None = None,
    owner: UUID | None = None,
    starts_on: date | None = None,
    due_on: date | None = None,
) -> TestRound:
    """Plan a test round"""
    _in_order(starts_on, due_on)
    made = TestRound(
        title=title,
        purpose=purpose,
        deliverable_id=keeping.deliverable_of(project.pk, deliverable),
        starts_on=starts_on,
        due_on=due_on,
        **keeping.start(project, id, owner),
    )
    made.save()
    return made


@command(needs=Power.TEST, only_if=is_own_or_kept)
def change_round(
    actor: Actor,
    round: TestRound,
    *,
    title: Line,
    purpose: OptionalText = "",
    deliverable: UUID | None = None,
    owner: UUID | None = None,
    starts_on: date | None = None,
    due_on: date | None = None,
) -> TestRound:
    """Change a test round"""
    _must_be_open(round)
    _in_order(starts_on, due_on)
    keeping.change(
        round,
        title=title,
        purpose=purpose,
        deliverable_id=keeping.deliverable_of(round.project_id, deliverable),
        owner_id=keeping.on_the_team(round.project_id, owner),
        starts_on=starts_on,
        due_on=due_on,
    )
    return round


@command(needs=Power.TEST, only_if=is_own_or_kept)
def end_round(actor: Actor, round: TestRound, *, conclusion: OptionalText = "") -> TestRound:
    """End a test round"""
    _must_be_open(round)
    keeping.change(round, state=RoundState.ENDED, conclusion=conclusion)
    return round


@command(needs=Power.TEST, only_if=is_own_or_kept)
def reopen_round(actor: Actor, round: TestRound) -> TestRound:
    """Go on with a test round"""
    if round.is_open:
        raise Invalid(gettext("This is already open."))
    keeping.change(round, state=RoundState.RUNNING)
    return round


@command(needs=Power.TEST, only_if=is_own_or_kept)
def add_cases(
    actor: Actor,
    round: TestRound,
    *,
    titles: Titles,
    tester: UUID | None = None,
    requirements: Requirements | None = None,
) -> TestRound:
    """Add tests to a round"""
    _must_be_open(round)
    keeping.on_the_team(round.project_id, tester, "tester")
    there = TestCase.objects.filter(round=round).order_by()
    last = there.aggregate(last=Max("position"))["last"] or 0
    if there.count() + len(titles) > MOST_CASES:
        said = gettext("A round has at most %(most)s tests.")
        raise Invalid(said % {"most": MOST_CASES}, "titles")
    for position, title in enumerate(titles, last + 1):
        made = TestCase(
            id=new_id(),
            project_id=round.project_id,
            round=round,
            position=position,
            title=title,
            tester_id=tester,
        )
        made.save()
        keeping.set_proofs(made, requirements or [])
    return round


@command(needs=Power.TEST)
def change_case(
    actor: Actor,
    case: TestCase,
    *,
    title: Line,
    steps: OptionalText = "",
    expected: OptionalText = "",
    tester: UUID | None = None,
    requirements: Requirements | None = None,
) -> TestCase:
    """Change a test"""
    _must_be_open(case.round)
    tester_id = keeping.on_the_team(case.project_id, tester, "tester")
    keeping.change(case, title=title, steps=steps, expected=expected, tester_id=tester_id)
    if requirements is not None:
        keeping.set_proofs(case, requirements)
    return case


@command(needs=Power.TEST)
def remove_case(actor: Actor, case: TestCase) -> None:
    """Remove a test that has not been tried"""
    _must_be_open(case.round)
    if case.tried:
        raise Invalid(gettext("This test has been tried, so it stays."))
    keeping.set_proofs(case, [])
    case.delete()


@command(needs=Power.TEST, undoable=False)
def record_result(
    actor: Actor,
    case: TestCase,
    *,
    id: UUID,
    outcome: Tried,
    grade: Literal["", "A", "B", "C"] = "",
    note: OptionalText = "",
    evidence: Annotated[list[Evidence], Field(max_length=10)] | None = None,
) -> TestResult:
    """Record the result of a test"""
    _must_be_open(case.round)
    if outcome == "failed" and not grade:
        raise Invalid(gettext("Say how serious the fault is."), "grade")
    grade = grade if outcome == "failed" else ""
    before = TestResult.objects.filter(case=case).order_by("-at", "-id").first()
    result = TestResult(
        id=id,
        project_id=case.project_id,
        case=case,
        tester_id=actor.person_id,
        at=timezone.now(),
        outcome=outcome,
        grade=grade,
        note=note,
        retest_of=before,
    )
    result.save()
    for one in evidence or []:
        born = reference(result)
        documents.attach(actor, case.project, id=new_id(), born_in=born, **one.model_dump())
    _follow(actor, case, result)
    return result


def _follow(actor: Actor, case: TestCase, result: TestResult) -> None:
    """The test, its round and its nonconformities say what the newest result says."""
    tried = {"outcome": result.outcome, "grade": result.grade, "tested_at": result.at}
    keeping.change(case, **tried, tried=case.tried + 1)
    if case.round.state == RoundState.PLANNED:
        keeping.change(case.round, state=RoundState.RUNNING)
    found = list(Nonconformity.objects.filter(test_case=case).order_by("number"))
    unsettled = [one for one in found if one.is_open]
    if result.outcome == Outcome.FAILED:
        _failed_again(unsettled, result) if unsettled else _raise(actor, case, result)
    elif result.outcome == Outcome.PASSED:
        _passed(actor, unsettled)


def _failed_again(found: list[Nonconformity], result: TestResult) -> None:
    for one in found:
        if one.state == NonconformityState.CORRECTED:
            failing.reopen(one, result.note or gettext("It failed the retest."))
        if result.grade < one.grade:
            keeping.change(one, grade=result.grade)


def _passed(actor: Actor, found: list[Nonconformity]) -> None:
    """A retest that passes verifies what somebody else has corrected."""
    for one in found:
        if one.state == NonconformityState.CORRECTED and one.corrected_by_id != actor.person_id:
            said = gettext("It passed the retest.")
            failing.close(actor, one, NonconformityState.VERIFIED, said)


def _raise(actor: Actor, case: TestCase, result: TestResult) -> None:
    of = case.round.deliverable
    owner = (of.owner_id if of else None) or case.round.owner_id
    proof = case.proofs.order_by("requirement__number").first()
    made = Nonconformity(
        **keeping.start(case.project, new_id(), None),
        title=case.title,
        grade=result.grade,
        description=result.note,
        test_case=case,
        requirement_id=proof.requirement_id if proof else None,
        deliverable_id=of.pk if of else None,
        raised_by_id=actor.person_id,
    )
    made.owner_id = owner
    made.save()


def _must_be_open(round: TestRound) -> None:
    if not round.is_open:
        raise Invalid(gettext("This round has ended. Go on with it first."))


def _in_order(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise Invalid(gettext("It cannot end before it starts."), "due_on")
