"""A promise tied to the plan: a warning while the plan would break it, told once for each break."""

from datetime import date

import pytest
from tests import making

import planengine as engine
from tospann.foundation import reactions
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import OwedReaction
from tospann.notifications.models import Notification
from tospann.planning import commands as planning
from tospann.planning.models import Activity
from tospann.planning.skeleton import PlannedRow, no_earlier, outline_edits
from tospann.stakeholders import commands, promises, queries
from tospann.stakeholders.models import Promise

pytestmark = pytest.mark.django_db
ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge behov", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Krav godkjent", 2, finish=date(2027, 2, 12), milestone=True),
]
MILESTONE = 3
SECONDS = 86_400


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return planning.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


def promise(made, due=date(2027, 2, 15), uid=MILESTONE, **values):
    return commands.record_promise(
        made.member, made.project, id=new_id(), text="Kravene er klare", to_name="Fylket",
        due_on=due, activity_uid=uid, **values,
    )  # fmt: skip


def move(made, plan, day, actor=None):
    """Plan the milestone on another day."""
    plan.refresh_from_db()
    at = (day - date(1970, 1, 1)).days * SECONDS + 16 * 3600
    edit = engine.edit_to_json(engine.SetConstraint(MILESTONE, no_earlier(at)))
    planning.apply_edits(actor or made.coordinator, plan, base_revision=plan.revision, edits=[edit])
    assert Activity.objects.get(project=made.project, uid=MILESTONE).finish == day
    reactions.carry_out_owed()


def told(made, role=Role.MEMBER):
    return Notification.objects.filter(person=made.people[role], kind="asked").count()


def test_the_plan_says_when_it_finishes_what_a_promise_depends_on(made, plan):
    found = promises.plan_dates(made.project.pk, {MILESTONE, 999})
    assert list(found) == [MILESTONE]
    assert (found[MILESTONE].name, found[MILESTONE].finish) == (
        "1.2 Krav godkjent",
        date(2027, 2, 12),
    )
    offered = promises.plan_dates(made.project.pk, None)
    assert list(offered) == [MILESTONE, 2], "milestones first, summaries never"
    other = making.project()
    assert promises.plan_dates(other.project.pk, {MILESTONE}) == {}


@pytest.mark.parametrize(("due", "breaks"), [(date(2027, 2, 12), 0), (date(2027, 2, 11), 1)])
def test_a_promise_breaks_the_day_after_it_was_promised(made, plan, due, breaks):
    promise(made, due=due)
    assert len(queries.warnings(made.project)) == breaks


def test_each_new_break_is_told_once(made, plan):
    one = promise(made)
    reactions.carry_out_owed()
    assert told(made) == 0
    move(made, plan, date(2027, 2, 18))
    assert told(made) == 1
    move(made, plan, date(2027, 2, 22))
    assert told(made) == 1, "it slips further: the same break"
    assert [row["number"] for row in queries.warnings(made.project)] == [one.number]
    move(made, plan, date(2027, 2, 10))
    assert queries.warnings(made.project) == []
    move(made, plan, date(2027, 2, 18))
    assert told(made) == 2, "it held again, and is broken anew"
    assert "18.02.2027" in str(Notification.objects.filter(kind="asked").latest("pk"))


def test_a_crash_between_the_work_and_the_tick_tells_nobody_twice(made, plan):
    promise(made)
    reactions.carry_out_owed()
    move(made, plan, date(2027, 2, 18))
    Promise.objects.update(plan_breaks_on=None)
    OwedReaction.objects.filter(name__contains="promise_the_plan").update(done_at=None)
    reactions.carry_out_owed()
    assert told(made) == 1


def test_whoever_breaks_her_own_promise_by_moving_the_plan_is_told_too(made, plan):
    commands.record_promise(
        made.manager, made.project, id=new_id(), text="Klart", to_name="Fylket",
        due_on=date(2027, 2, 15), activity_uid=MILESTONE,
    )  # fmt: skip
    move(made, plan, date(2027, 2, 18), made.manager)
    assert told(made, Role.MANAGER) == 1


def test_settled_and_untied_promises_are_left_alone(made, plan):
    kept, _untied = promise(made), promise(made, uid=None)
    undated = promise(made, due=None)
    commands.keep_promise(made.member, kept)
    move(made, plan, date(2027, 2, 18))
    assert told(made) == 0
    assert queries.warnings(made.project) == []
    assert undated.plan_breaks_on is None


def test_what_is_removed_from_the_plan_breaks_nothing(made, plan):
    promise(made, due=date(2027, 2, 1))
    assert len(queries.warnings(made.project)) == 1
    plan.refresh_from_db()
    gone = engine.edit_to_json(engine.RemoveActivity(MILESTONE))
    planning.apply_edits(made.coordinator, plan, base_revision=plan.revision, edits=[gone])
    assert queries.warnings(made.project) == []
