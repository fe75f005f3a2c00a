"""Reading quality: what is required, what proves it, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, When
from django.http import Http404
from django.utils import timezone

from tospann.foundation.records import reference
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.quality.models import (
    Deliverable,
    DeliverableState,
    Grade,
    Nonconformity,
    NonconformityState,
    Outcome,
    Proof,
    Requirement,
    RequirementState,
    Review,
    ReviewResult,
    ReviewState,
    RoundState,
    TestCase,
    TestResult,
    TestRound,
)
from tospann.sharing.models import Share, ShareRole, ShareState

Kept = TypeVar("Kept", Requirement, Deliverable, Review, TestRound, Nonconformity)
Numbered = (
    QuerySet[Requirement]
    | QuerySet[Deliverable]
    | QuerySet[Review]
    | QuerySet[TestRound]
    | QuerySet[Nonconformity]
)
UNSETTLED = (NonconformityState.OPEN, NonconformityState.CORRECTED)
DONE = (DeliverableState.ACCEPTED, DeliverableState.REMARKS)
OPEN: dict[type[Any], Q] = {
    Requirement: Q(state=RequirementState.ACTIVE),
    Deliverable: ~Q(state__in=DONE),
    Review: ~Q(state=ReviewState.APPROVED),
    TestRound: ~Q(state=RoundState.ENDED),
    Nonconformity: Q(state__in=UNSETTLED),
}
"""What makes a row of each sort still something to see to."""
_NEAREST: dict[type[Any], tuple[str, ...]] = {
    Requirement: ("project", "owner"),
    Deliverable: ("project", "owner", "phase", "accepter", "share", "share__person"),
    Review: ("project", "owner", "deliverable", "approved_by"),
    TestRound: ("project", "owner", "deliverable"),
    Nonconformity: (
        *("project", "owner", "raised_by", "requirement", "deliverable", "corrected_by"),
        *("closed_by", "test_case", "test_case__round", "review"),
    ),
}


@dataclass(frozen=True)
class Standing:
    """How quality stands in a project: the numbers others show."""

    requirements: int = 0
    """Those that apply."""
    proved: int = 0
    """Of those: with at least one proof, and every proof of them holding."""
    faults: dict[str, int] = field(default_factory=dict)
    """Nonconformities that are not settled, by grade A, B and C."""
    deliverables: int = 0
    accepted: int = 0
    waiting: int = 0
    """Deliverables that wait for somebody to accept them."""

    @property
    def open_faults(self) -> int:
        return sum(self.faults.values())

    @property
    def unproved(self) -> int:
        return self.requirements - self.proved


def holds() -> Q:
    """A proof that holds: a passed test, an approved review, an accepted deliverable."""
    review = Q(review__state=ReviewState.APPROVED)
    review &= Q(review__result__in=(ReviewResult.PASSED, ReviewResult.REMARKS))
    test = Q(test_case__outcome=Outcome.PASSED)
    return test | review | Q(deliverable__state__in=DONE)


def proved(project: Project) -> set[UUID]:
    """The requirements with at least one proof, and no proof that does not hold: 2 queries."""
    proofs = Proof.objects.filter(project=project).order_by()
    there = set(proofs.values_list("requirement_id", flat=True))
    holding = proofs.filter(holds()).values("pk")
    missing = proofs.exclude(pk__in=holding).values_list("requirement_id", flat=True)
    return there - set(missing)


def standing(project: Project) -> Standing:
    """How quality stands in the project: 5 queries, whatever its size."""
    rows = requirements(project).filter(state=RequirementState.ACTIVE)
    applying = set(rows.values_list("pk", flat=True))
    found = nonconformities(project).filter(state__in=UNSETTLED).order_by()
    faults = dict(found.values_list("grade").annotate(count=Count("pk")))
    handed = deliverables(project).aggregate(
        all=Count("pk"),
        accepted=Count("pk", filter=Q(state__in=DONE)),
        waiting=Count("pk", filter=Q(state=DeliverableState.READY)),
    )
    return Standing(
        requirements=len(applying),
        proved=len(applying & proved(project)),
        faults={str(grade): faults.get(grade, 0) for grade in Grade.values},
        deliverables=handed["all"],
        accepted=handed["accepted"],
        waiting=handed["waiting"],
    )


def requirements(project: Project) -> QuerySet[Requirement]:
    return Requirement.objects.filter(project=project)


def deliverables(project: Project) -> QuerySet[Deliverable]:
    return Deliverable.objects.filter(project=project)


def reviews(project: Project) -> QuerySet[Review]:
    return Review.objects.filter(project=project)


def rounds(project: Project) -> QuerySet[TestRound]:
    """With how many tests each has, and how many have passed and failed."""
    return TestRound.objects.filter(project=project).annotate(
        tests=Count("cases"),
        passed=Count("cases", filter=Q(cases__outcome=Outcome.PASSED)),
        failed=Count("cases", filter=Q(cases__outcome=Outcome.FAILED)),
    )


def nonconformities(project: Project) -> QuerySet[Nonconformity]:
    return Nonconformity.objects.filter(project=project)


def rows_of(model: type[Any], project: Project) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any]
    found = rounds(project) if model is TestRound else model.objects.filter(project=project)
    first = Case(When(OPEN[model], then=0), default=1, output_field=IntegerField())
    return found.annotate(open_first=first)


def order_of(model: type[Any]) -> tuple[Any, ...]:
    """The open ones first, by urgency."""
    if model is Requirement:
        return ("open_first", "number")
    by_due = (F("due_on").asc(nulls_last=True), F("number").asc())
    grade = ("grade",) if model is Nonconformity else ()
    return ("open_first", *grade, *by_due)


def one(model: type[Kept], project: Project, number: int) -> Kept:
    """One row of the project by its number, or 404."""
    found = model.objects.filter(project=project, number=number)
    row = found.select_related(*_NEAREST[model]).first()
    if row is None:
        raise Http404
    return row


def whole_round(project: Project, number: int) -> TestRound:
    """A round with its counts, its tests and their results: 3 queries."""
    cases = TestCase.objects.order_by("position").prefetch_related("results")
    found = rounds(project).filter(number=number).prefetch_related(Prefetch("cases", cases))
    row = found.first()
    if row is None:
        raise Http404
    return row


def case(project: Project, number: int, pk: UUID) -> TestCase:
    """One test of a round, or 404."""
    found = TestCase.objects.filter(project=project, round__number=number, pk=pk)
    row = found.select_related("round__project", "round__deliverable", "tester", "project").first()
    if row is None:
        raise Http404
    return row


def cases(of: TestRound) -> list[TestCase]:
    found = TestCase.objects.filter(round=of).select_related("tester")
    return list(found.order_by("position"))


def results(of: TestCase) -> list[TestResult]:
    """What came of it each time, the newest first."""
    found = TestResult.objects.filter(case=of).select_related("tester")
    return list(found.order_by("-at", "-id"))


def next_case(of: TestCase, person: UUID | None) -> TestCase | None:
    """The next test of the round that is not tried yet and is hers or nobody's."""
    waiting = TestCase.objects.filter(round=of.round_id, outcome=Outcome.NONE).exclude(pk=of.pk)
    mine = waiting.filter(Q(tester=person) | Q(tester=None)).order_by("position")
    return mine.filter(position__gt=of.position).first() or mine.first()


def proofs_of(**of: Any) -> list[Proof]:
    """What proves a requirement, or which requirements something is to prove."""
    found = Proof.objects.filter(**of)
    nearest = ("requirement", "test_case__round", "review", "deliverable")
    return list(found.select_related(*nearest).order_by("requirement__number", "id"))


def shares_of(deliverable: Deliverable) -> list[Share]:
    """The shares of the deliverable itself by which somebody may be asked to accept it."""
    found = Share.objects.filter(
        project=deliverable.project_id, subject=reference(deliverable), state=ShareState.ACTIVE
    )
    found = found.exclude(role=ShareRole.UPLOAD).select_related("person")
    return list(found.order_by("made_at", "id"))


def is_overdue(row: Any, today: date | None = None) -> bool:
    """Whether something that is not settled is past its date."""
    due = getattr(row, "due_on", None)
    return bool(row.is_open and due and due < (today or timezone.localdate()))


def open_of(person: Person) -> QuerySet[Nonconformity]:
    """The person's nonconformities that are not settled, project by project."""
    found = Nonconformity.objects.filter(owner=person, state__in=UNSETTLED)
    return found.select_related("project").order_by("project_id", "number")


def open_count(person: Person) -> int:
    return open_of(person).count()


@dataclass(frozen=True)
class Covered:
    """A requirement with everything that is to prove it."""

    requirement: Requirement
    proofs: tuple[Proof, ...]
    is_proved: bool

    def by(self, kind: str) -> list[Proof]:
        """test_case · review · deliverable"""
        return [one for one in self.proofs if getattr(one, f"{kind}_id") is not None]


def coverage(project: Project) -> list[Covered]:
    """Every requirement that applies, with what proves it: 4 queries."""
    rows = requirements(project).filter(state=RequirementState.ACTIVE).order_by("number")
    done = proved(project)
    by: dict[UUID, list[Proof]] = {}
    for proof in proofs_of(project=project):
        by.setdefault(proof.requirement_id, []).append(proof)
    return [Covered(row, tuple(by.get(row.pk, ())), row.pk in done) for row in rows]


def waiting(project: Project, most: int = 10) -> dict[str, Iterable[Any]]:
    """What the overview of quality shows: 4 queries."""
    faults = nonconformities(project).filter(state__in=UNSETTLED).select_related("owner")
    ready = deliverables(project).filter(state=DeliverableState.READY)
    running = rounds(project).filter(state=RoundState.RUNNING)
    checked = reviews(project).exclude(state=ReviewState.APPROVED)
    return {
        "faults": faults.order_by("grade", F("due_on").asc(nulls_last=True), "number")[:most],
        "ready": ready.select_related("accepter", "share__person").order_by("ready_on")[:most],
        "running": running.order_by(F("due_on").asc(nulls_last=True), "number")[:most],
        "reviews": checked.order_by(F("due_on").asc(nulls_last=True), "number")[:most],
    }
