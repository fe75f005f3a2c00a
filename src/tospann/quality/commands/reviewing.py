"""Reviews: planned, carried out, approved."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.projects.models import Project
from tospann.quality.commands import keeping
from tospann.quality.commands.keeping import People, Requirements, is_own_or_kept
from tospann.quality.models import Review, Reviewer, ReviewResult, ReviewState

Result = Literal["passed", "remarks", "failed"]
_NOT_REVIEWING = gettext_noop("The reviewers, whoever is responsible, and the coordinator do this.")


@command(needs=Power.KEEP_QUALITY)
def plan_review(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    deliverable: UUID | None = None,
    method: OptionalLine = "",
    owner: UUID | None = None,
    due_on: date | None = None,
    reviewers: People | None = None,
    outside: OptionalLine = "",
    requirements: Requirements | None = None,
) -> Review:
    """Plan a quality review"""
    review = Review(
        title=title,
        deliverable_id=keeping.deliverable_of(project.pk, deliverable),
        method=method,
        due_on=due_on,
        outside=outside,
        **keeping.start(project, id, owner),
    )
    review.save()
    _set_reviewers(review, reviewers or [])
    keeping.set_proofs(review, requirements or [])
    return review


@command(needs=Power.KEEP_QUALITY)
def change_review(
    actor: Actor,
    review: Review,
    *,
    title: Line,
    deliverable: UUID | None = None,
    method: OptionalLine = "",
    owner: UUID | None = None,
    due_on: date | None = None,
    reviewers: People | None = None,
    outside: OptionalLine = "",
    requirements: Requirements | None = None,
) -> Review:
    """Change a quality review"""
    if review.state != ReviewState.PLANNED:
        raise Invalid(gettext("This review has been carried out. Open it again first."))
    keeping.change(
        review,
        title=title,
        deliverable_id=keeping.deliverable_of(review.project_id, deliverable),
        method=method,
        owner_id=keeping.on_the_team(review.project_id, owner),
        due_on=due_on,
        outside=outside,
    )
    if reviewers is not None:
        _set_reviewers(review, reviewers)
    if requirements is not None:
        keeping.set_proofs(review, requirements)
    return review


def _takes_part(actor: Actor, review: Review) -> Sentence | None:
    if is_own_or_kept(actor, review) is None:
        return None
    mine = Reviewer.objects.filter(review=review, person=actor.person_id)
    return None if mine.exists() else Sentence(_NOT_REVIEWING)


@command(needs=Power.TEST, only_if=_takes_part)
def perform_review(
    actor: Actor,
    review: Review,
    *,
    performed_on: date,
    result: Result,
    findings: OptionalText = "",
) -> Review:
    """Record the result of a quality review"""
    if review.state != ReviewState.PLANNED:
        raise Invalid(gettext("This review has been carried out. Open it again first."))
    if performed_on > timezone.localdate():
        raise Invalid(gettext("This day has not come yet."), "performed_on")
    if result != "passed" and not findings:
        raise Invalid(gettext("Say what was found."), "findings")
    done = {"state": ReviewState.PERFORMED, "result": ReviewResult(result)}
    keeping.change(review, **done, performed_on=performed_on, findings=findings)
    return review


@command(needs=Power.APPROVE_QUALITY, kind="quality")
def approve_review(actor: Actor, review: Review) -> Review:
    """Approve a quality review"""
    if review.state != ReviewState.PERFORMED:
        raise Invalid(gettext("Only a review that has been carried out can be approved."))
    who = {"approved_by_id": actor.person_id, "approved_at": timezone.now()}
    keeping.change(review, state=ReviewState.APPROVED, **who)
    return review


@command(needs=Power.KEEP_QUALITY)
def reopen_review(actor: Actor, review: Review) -> Review:
    """Open a quality review again"""
    if review.state == ReviewState.PLANNED:
        raise Invalid(gettext("This is already open."))
    blank = {"approved_by_id": None, "approved_at": None, "performed_on": None}
    keeping.change(review, state=ReviewState.PLANNED, result=ReviewResult.NONE, **blank)
    return review


@command(needs=Power.TEST, only_if=_takes_part)
def act_on_review(
    actor: Actor,
    review: Review,
    *,
    id: UUID,
    title: Line,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Action:
    """Make an action of a quality review"""
    return actions.born(
        actor,
        review.project,
        id=id,
        title=title,
        origin_kind="review",
        born_in=reference(review),
        owner=owner,
        due_on=due_on,
        born_label=f"{review.short_id} {review.title}"[:200],
        born_link=review.get_absolute_url(),
    )


def _set_reviewers(review: Review, people: People) -> None:
    wanted = set(people)
    there = {one.person_id: one for one in Reviewer.objects.filter(review=review)}
    for person, one in there.items():
        if person not in wanted:
            one.delete()
    for person in sorted(wanted - there.keys()):
        keeping.on_the_team(review.project_id, person, "reviewers")
        Reviewer(id=new_id(), project_id=review.project_id, review=review, person_id=person).save()
