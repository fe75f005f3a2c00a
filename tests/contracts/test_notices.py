"""Notices: our own days, what was sent is not changed, and a log that nobody can change."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from tests.contracts import starting
from tests.contracts.starting import contract

from tospann.actions.sources import kinds
from tospann.contracts import commands, queries
from tospann.contracts.models import Delivery, Notice, NoticeState
from tospann.foundation.authority import Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid, WriteOutsideCommand
from tospann.foundation.ids import new_id

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 18, 9, tzinfo=UTC)


@pytest.fixture
def made():
    with time_machine.travel(NOW, tick=False):
        yield starting.project()


def came(made, of, at=NOW, **values):
    given = {"kind": "change", "title": "Fjell", "received_at": at, "whom": "Odd Lie"}
    return commands.receive_notice(
        made.coordinator, made.project, id=new_id(), contract=of.pk, **given | values
    )


def test_our_own_working_days_are_counted_over_the_holidays(made):
    notice = came(made, contract(made, notice_days=5))
    assert notice.due_on == date(2026, 12, 28)
    assert notice.owner_id == made.people[Role.COORDINATOR].pk
    assert (queries.days_left(notice.due_on), notice.state) == (5, NoticeState.TO_ANSWER)


def test_days_left_go_below_zero(made):
    assert queries.days_left(date(2026, 12, 18)) == 0
    assert queries.days_left(date(2026, 12, 17)) == -1
    assert queries.days_left(date(2026, 12, 11)) == -5
    assert queries.days_left(None) is None


def test_an_answer_is_the_managers_and_is_logged(made):
    notice = came(made, contract(made))
    said = {"answer": "Vi er enige.", "answered_at": NOW, "channel": "letter"}
    outcome = submit(made.coordinator, commands.answer_notice.on(notice), **said)
    assert isinstance(outcome, Proposed)
    commands.answer_notice(made.manager, notice, **said)
    log = queries.deliveries(notice)
    assert [(one.event, one.channel, one.whom) for one in log] == [
        ("received", "email", "Odd Lie"),
        ("answered", "letter", ""),
    ]
    assert not Notice.objects.get(pk=notice.pk).is_open
    with pytest.raises(Invalid):
        commands.answer_notice(made.manager, notice, **said)


def test_our_own_is_prepared_sent_confirmed_and_answered(made):
    notice = commands.prepare_notice(
        made.coordinator,
        made.project,
        id=new_id(),
        contract=contract(made).pk,
        kind="time",
        title="Dagmulkt",
        known_on=date(2026, 12, 16),
    )
    assert (notice.due_on, queries.deliveries(notice)) == (date(2026, 12, 23), [])
    with pytest.raises(Invalid):
        commands.log_delivery(made.coordinator, notice, event="confirmed", at=NOW)
    commands.send_notice(made.manager, notice, sent_at=NOW, evidence="Arkiv 7")
    notice = Notice.objects.get(pk=notice.pk)
    assert (notice.state, notice.due_on) == (NoticeState.WAITING, None)
    with pytest.raises(Invalid):
        commands.change_notice(made.coordinator, notice, title="Noe annet")
    commands.log_delivery(made.coordinator, notice, event="confirmed", at=NOW)
    commands.record_answer(made.coordinator, notice, answer="Bestrides", answered_at=NOW)
    events = [one.event for one in queries.deliveries(notice)]
    assert events == ["sent", "confirmed", "answered"]


@pytest.mark.parametrize(
    "change", ["UPDATE contracts_delivery SET whom='x'", "DELETE FROM contracts_delivery"]
)
def test_the_database_refuses_to_change_the_log(made, change):
    came(made, contract(made))
    line = Delivery.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(WriteOutsideCommand):
        line.delete()
    assert Delivery.objects.get().whom == "Odd Lie"


@pytest.mark.parametrize(
    ("at", "field"),
    [
        (datetime(2026, 12, 18, 10, tzinfo=UTC), "received_at"),
        (datetime(2026, 12, 1), "received_at"),
    ],
)
def test_a_moment_is_in_the_past_and_has_a_time_zone(made, at, field):
    with pytest.raises(Invalid) as refused:
        came(made, contract(made), at)
    assert refused.value.field == field


def test_what_one_follows_up_is_owed_and_handed_over(made):
    notice = came(made, contract(made))
    person, other = made.people[Role.COORDINATOR], made.people[Role.MANAGER]
    assert {"notice", "invoice"} <= {kind for kind, _label in kinds()}
    assert queries.open_count(person) == 2, "the contract and the notice"
    commands.hand_over_all(made.manager, person, other)
    notice.refresh_from_db()
    assert (notice.owner_id, queries.open_count(person)) == (other.pk, 0)
