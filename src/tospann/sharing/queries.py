"""Reading shares, rules and the access log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import Actor, Sentence
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Organisation, Person
from tospann.projects.models import Membership, Project
from tospann.sharing import access
from tospann.sharing.models import (
    AccessLog,
    OrganisationSharing,
    Share,
    ShareState,
    SharingPolicy,
    With,
)
from tospann.sharing.policy import FIELDS, Grant, Policy, together, why_not
from tospann.sharing.policy import last_day as _last_day
from tospann.sharing.things import Thing, thing, things

IS_OUTSIDE = ~Q(kind=With.PERSON) | Q(person__is_external=True)
REVIEW_EVERY = timedelta(days=91)
"""How often somebody says of each share outside that it is still needed."""
KEPT_FOR = timedelta(days=365)
"""How long the access log is kept."""


def outside(project_id: UUID) -> QuerySet[Share]:
    """What is shared outside the project and has not been stopped."""
    open_ones = Share.objects.filter(project=project_id).exclude(state=ShareState.REVOKED)
    return open_ones.filter(IS_OUTSIDE)


def policy(project_id: UUID) -> Policy:
    """The organisation's and the project's rules together."""
    ours = OrganisationSharing.objects.filter(pk=ORGANISATION_SCOPE).values(*FIELDS)
    own = SharingPolicy.objects.filter(project=project_id).values(*FIELDS, "is_stopped")
    state = Project.objects.filter(pk=project_id).values_list("state", flat=True).first()
    return together([*ours, *own], state or "")


def own_policy(project: Project) -> SharingPolicy:
    """The project's own rules, or as they are before anybody has set them."""
    found = SharingPolicy.objects.filter(project=project).first()
    return found or SharingPolicy(project=project)


def organisation_policy() -> OrganisationSharing:
    found = OrganisationSharing.objects.filter(pk=ORGANISATION_SCOPE).first()
    return found or OrganisationSharing(pk=ORGANISATION_SCOPE)


def organisation() -> Organisation:
    return Organisation.objects.get(pk=ORGANISATION_SCOPE)


def person(project: Project, pk: UUID) -> Person:
    """Somebody who has to do with the project, by a role or by something shared, or 404."""
    found = Person.objects.filter(pk=pk).first()
    if found is None or not _belongs(project, found):
        raise Http404
    return found


def is_external(pk: str) -> bool:
    return Person.objects.filter(pk=pk, is_external=True).exists()


def grant_of(share: Share, *, has_password: bool = False) -> Grant:
    """The share as the judgement sees it.

    ``has_password``: as it will be when the password it may ask for is chosen.
    """
    grant = access.as_grant({name: _value(share, at) for name, at in access.COLUMNS.items()})
    return replace(grant, has_password=True) if has_password else grant


def _value(share: Share, path: str) -> Any:
    found: Any = share
    for part in path.split("__"):
        found = getattr(found, part, None)
    return found


def last_day(share: Share, rules: Policy) -> date | None:
    return _last_day(share.counts_from, rules)


@dataclass(frozen=True)
class Shown:
    """A share with what it is of, and why it does not work, if so."""

    share: Share
    grant: Grant
    thing: Thing | None
    because: Sentence | None
    until: date | None

    @property
    def works(self) -> bool:
        return self.because is None and self.thing is not None and not self.thing.is_trashed


def of_project(actor: Actor, project: Project) -> list[Shown]:
    """Every share of things the actor sees, those that work first. Stopped ones come last."""
    found = Share.objects.filter(project=project).select_related("person", "made_by", "project")
    return _shown(actor, project, found.order_by("title", "made_at"))


def of_subjects(actor: Actor, project: Project, references: Iterable[str]) -> list[Shown]:
    """The shares of a thing and of what it lies in."""
    found = Share.objects.filter(project=project, subject__in=list(references))
    found = found.exclude(state=ShareState.REVOKED)
    return _shown(actor, project, found.select_related("person", "made_by", "project"))


def _shown(actor: Actor, project: Project, found: QuerySet[Share]) -> list[Shown]:
    rules, today = policy(project.pk), timezone.localdate()
    held = access.grants(actor, project)
    shares = list(found)
    whats = things({one.subject for one in shares})
    listed = []
    for one in shares:
        what = whats.get(one.subject)
        if what is not None and not access.access(actor, what, held).may_see:
            continue
        grant = grant_of(one)
        ends = [day for day in (one.expires_on, _end_by_rules(grant, rules)) if day]
        because = why_not(grant, rules, today)
        listed.append(Shown(one, grant, what, because, min(ends, default=None)))
    return sorted(listed, key=lambda shown: (shown.share.state == "revoked", not shown.works))


def _end_by_rules(grant: Grant, rules: Policy) -> date | None:
    return _last_day(grant.counts_from, rules) if grant.is_outside else None


def share(actor: Actor, project: Project, pk: UUID) -> Shown:
    """One share of a thing the actor sees, or 404."""
    found = Share.objects.filter(project=project, pk=pk)
    listed = _shown(actor, project, found.select_related("person", "made_by", "project"))
    if not listed:
        raise Http404
    return listed[0]


def thing_for(actor: Actor, project: Project, reference: str) -> Thing:
    """The thing of that reference, or 404 when it is not the actor's to see."""
    what = thing(reference)
    if what is None or what.project_id != project.pk:
        raise Http404
    if not access.access(actor, what, access.grants(actor, project)).may_see:
        raise Http404
    return what


def due_for_review(project: Project, today: date) -> QuerySet[Share]:
    """Active shares outside that nobody has answered for in a quarter."""
    since = today - REVIEW_EVERY
    quiet = Q(reviewed_on__isnull=True, counts_from__lte=since) | Q(reviewed_on__lte=since)
    return outside(project.pk).filter(quiet, state=ShareState.ACTIVE)


def today() -> date:
    return timezone.localdate()


def everybody() -> list[tuple[str, str]]:
    """Who has an account, to choose from; those from outside say so."""
    rows = Person.objects.filter(is_active=True).order_by("name")
    shown = rows.values_list("pk", "name", "is_external", "company", "email")
    return [
        (str(pk), f"{name} ({company or email})" if is_external else name)
        for pk, name, is_external, company, email in shown
    ]


def _belongs(project: Project, person: Person) -> bool:
    has_role = Membership.objects.filter(project=project, person=person).exists()
    return has_role or Share.objects.filter(project=project, person=person).exists()


def with_person(actor: Actor, project: Project, person: Person) -> list[Shown]:
    """What is shared with a person in the project."""
    found = Share.objects.filter(project=project, person=person)
    return _shown(actor, project, found.select_related("person", "made_by", "project"))


def log_by(share: Share) -> QuerySet[AccessLog]:
    """What has been done by a share, the latest first."""
    return AccessLog.objects.filter(share_id=share.pk).order_by("-at", "-id")


def log_of(reference: str) -> QuerySet[AccessLog]:
    """Who has looked at a thing, the latest first."""
    return AccessLog.objects.filter(subject=reference).order_by("-at", "-id")


class Chip:
    """How widely a thing is shared: only here, with people inside, or outside."""

    LOCK, PEOPLE, GLOBE = "lock", "people", "globe"


def widths(project: Project) -> dict[str, str]:
    """How widely each thing of the project that is shared is so: one query for a whole page.

    A share that lies still for the moment counts: it says what is meant to be shared.
    """
    open_ones = Share.objects.filter(project=project).exclude(state=ShareState.REVOKED)
    rows = open_ones.values("subject", "kind", is_external=F("person__is_external")).distinct()
    return widths_of(rows)


def widths_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The same, of rows with ``subject``, ``kind`` and ``is_external``."""
    out: dict[str, str] = {}
    for row in rows:
        subject, kind, is_external = row["subject"], row["kind"], row["is_external"]
        is_outside = kind != With.PERSON or is_external
        if is_outside or subject not in out:
            out[subject] = Chip.GLOBE if is_outside else Chip.PEOPLE
    return out


def chips(widths: dict[str, str], above: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """For each reference (with what it lies in) its chip."""
    return {
        reference: _widest(widths[one] for one in (reference, *places) if one in widths)
        for reference, places in above.items()
    }


def chip_of(project: Project, shared: access.Shared) -> str:
    """The chip of one thing."""
    return chips(widths(project), {shared.reference: shared.above})[shared.reference]


def _widest(found: Iterable[str]) -> str:
    listed = set(found)
    if Chip.GLOBE in listed:
        return Chip.GLOBE
    return Chip.PEOPLE if listed else Chip.LOCK
