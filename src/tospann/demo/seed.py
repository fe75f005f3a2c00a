"""Making the demo in an empty database: twelve people, three projects, a past and a today."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone, translation

from tospann.budget.models import Budget, CostBatch
from tospann.demo import (
    agreed,
    arriving,
    between,
    budgets,
    calls,
    capacity,
    clock,
    doing,
    drafted,
    ending,
    filled,
    hall,
    hours,
    ideas,
    kept,
    minuted,
    money,
    offices,
    outward,
    papers,
    proving,
    served,
    shared,
    system,
    together,
    worries,
)
from tospann.demo.story import Cast
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry, OwedReaction
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import MailState, Notification, OutboxMail
from tospann.people import commands as people
from tospann.people.administration import found_organisation
from tospann.people.demo import MUNICIPALITY, PEOPLE
from tospann.people.models import Organisation
from tospann.planning.models import Plan, Revision

FOUNDED = -450
RECENT = 6
"""Days back that people are still told about; what is older they have long read."""
ADMINISTRATOR = "maria.johansen"
PORTFOLIO_LEADER = "liv.solberg"
AUDITOR = "ragnhild.strand"


def seed() -> None:
    """Fill the database. Everything goes through commands, on the day it would have happened."""
    clock.begin_again()
    with translation.override("nb"):
        with clock.at(FOUNDED, 8):
            cast = _people(found_organisation(MUNICIPALITY))
            capacity.begin(cast)
            between.begin(cast)
        for story in (hall, system, offices):
            clock.begin_again(_beside(cast, story.OPENING.key))
            story.tell(cast)
            clock.go_on()
        ideas.hand_in(cast)
    money.rates()
    _date_the_plans()
    _date_the_costs()
    _tell_the_latest()
    ideas.propose(cast)


def _beside(cast: Cast, key: str) -> Iterator[clock.Beside]:
    """The week of a project: what happens beside its plan and its gates."""
    yield from calls.beside(cast, key)
    yield doing.beside(cast, key)
    yield from worries.beside(cast, key)
    yield minuted.beside(cast, key)
    yield from budgets.beside(cast, key)
    yield capacity.beside(cast, key)
    yield from money.beside(cast, key)
    yield agreed.beside(cast, key)
    yield proving.beside(cast, key)
    yield between.beside(cast, key)
    yield drafted.beside(cast, key)
    yield kept.beside(cast, key)
    yield papers.beside(cast, key)
    yield from filled.beside(cast, key)
    yield shared.beside(cast, key)
    yield outward.beside(cast, key)
    yield served.beside(cast, key)
    yield arriving.beside(cast, key)
    yield together.beside(cast, key)
    yield ending.beside(cast, key)
    yield hours.beside(cast, key)


def _people(organisation: Organisation) -> Cast:
    cast = {
        one.key: people.invite_person(
            SYSTEM,
            organisation,
            id=new_id(),
            email=one.email,
            name=one.name,
            title=one.title,
            company=one.company,
            is_external=one.is_external,
            language="nb",
        )
        for one in PEOPLE
    }
    people.give_organisation_role(SYSTEM, cast[ADMINISTRATOR], role=Role.ADMINISTRATOR)
    people.give_organisation_role(SYSTEM, cast[PORTFOLIO_LEADER], role=Role.PORTFOLIO_LEADER)
    people.give_organisation_role(SYSTEM, cast[AUDITOR], role=Role.AUDITOR)
    return cast


def _date_the_plans() -> None:
    """Revisions are dated by the database's clock; give each the time of its act."""
    for plan in Plan.objects.all():
        acts = AuditEntry.objects.filter(scope_id=plan.project_id, sequence=OuterRef("sequence"))
        mine = Revision.objects.filter(plan=plan)
        mine.update(created_at=Subquery(acts.values("at")[:1]))


def _date_the_costs() -> None:
    """Costs are recorded when the last of them is known; what comes late, yesterday."""
    latest = timezone.now() - timedelta(days=1)
    for budget in Budget.objects.all():
        at = latest.replace(year=2000)
        for batch in CostBatch.objects.filter(project=budget.project_id).order_by("number"):
            known = datetime.combine(batch.last_on, time(12), tzinfo=latest.tzinfo)
            at = latest if batch.late_rows else max(at, known)
            QuerySet(CostBatch).filter(pk=batch.pk).update(created_at=at)


def _tell_the_latest() -> None:
    """Nobody is told of what is long past, and nobody in the demo reads mail."""
    since = timezone.now() - timedelta(days=RECENT)
    old = OwedReaction.objects.filter(entry__at__lt=since)
    old.update(done_at=since)
    while carry_out_owed():
        pass
    OutboxMail.objects.all().delete()
    told = AuditEntry.objects.filter(pk=OuterRef("entry_id")).values("at")[:1]
    Notification.objects.update(mail_state=MailState.NONE)
    caused = Notification.objects.filter(entry_id__isnull=False)
    caused.update(created_at=Subquery(told))
