"""Many people save their weeks at the same moment, each on a connection of their own."""

import threading

import pytest
from django.db import connection, models, transaction
from tests.timesheets import working

from tospann.foundation import audit
from tospann.foundation.authority import Role
from tospann.foundation.errors import Stale
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.models import AuditHead
from tospann.people.actors import actor_for
from tospann.timesheets import commands
from tospann.timesheets.models import Sheet, Week

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER)


@pytest.fixture
def made():
    return working.project()


def save(made, role, hours, seen=None):
    person = made.people[role]
    return commands.save_week(
        actor_for(person),
        person,
        monday=working.this_monday(),
        lines=[working.line(made, hours, uid=None, kind="meetings")],
        seen=seen,
        on_holidays=True,
    )


def at_once(*calls):
    """What came of each, begun together: None or ``Stale``."""
    gate, came = threading.Barrier(len(calls)), {}

    def run(place, call):
        try:
            gate.wait()
            call()
            came[place] = None
        except Stale as error:
            came[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return [came[place] for place in range(len(calls))]


def test_everybody_saves_at_once_and_every_chain_is_whole(made):
    came = at_once(*(lambda role=role: save(made, role, 7) for role in PEOPLE))
    assert came == [None] * len(PEOPLE)
    assert Sheet.objects.count() == len(PEOPLE)
    people = {made.people[role].pk for role in PEOPLE}
    assert (
        set(AuditHead.objects.filter(pk__in=people, sequence=1).values_list("pk", flat=True))
        == people
    )
    assert list(audit.verify()) == []


def test_of_two_saves_of_one_week_the_second_sees_the_first(made):
    came = at_once(*(lambda n=n: save(made, Role.MEMBER, n, seen=0) for n in (3, 4)))
    assert sorted(type(one) for one in came if one) == [Stale]
    assert came.count(None) == 1
    assert Week.objects.get().hours in {3, 4}
    assert list(audit.verify()) == []


@pytest.mark.postgres_only
def test_nobody_waits_for_what_the_organisation_or_another_person_does(made):
    """Their heads are locked here all the while."""
    save(made, Role.OWNER, 2)
    done = threading.Event()

    def member():
        try:
            save(made, Role.MEMBER, 7)
            done.set()
        finally:
            connection.close()

    thread = threading.Thread(target=member)
    with transaction.atomic():
        audit.head_of(ORGANISATION_SCOPE)
        audit.head_of(made.people[Role.OWNER].pk)
        thread.start()
        thread.join(20)
        was_done = done.is_set()
    thread.join(20)
    assert was_done


@pytest.mark.postgres_only
def test_a_file_that_brings_the_week_first_is_not_written_over(made):
    """Somebody else's transaction begins the week; the save sees none and then meets it."""
    came = []
    person = made.people[Role.MEMBER]

    def member():
        try:
            save(made, Role.MEMBER, 7, seen=0)
        except Stale as error:
            came.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=member)
    with transaction.atomic():
        week = Week(person=person, monday=working.this_monday())
        week.version = 1
        models.Model.save(week, force_insert=True)  # as the other command would
        thread.start()
        thread.join(3)
    thread.join(20)
    assert len(came) == 1
    assert Week.objects.count() == 1
