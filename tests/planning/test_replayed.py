"""How the plan was is what it was: revisions done again one by one give the very same plan."""

import pytest
from tests import making
from tests.planning.test_apply_edits import ROWS, edit, stored

import planengine as engine
from tospann.planning import commands, history
from tospann.planning.models import Revision
from tospann.planning.skeleton import outline_edits

pytestmark = pytest.mark.django_db


def test_dates_that_a_later_edit_keeps_are_those_of_its_own_revision():
    made = making.project()
    plan = commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))
    edit(made, plan, engine.SetDuration(2, 20 * 8 * 3600))  # the tasks after it come later
    edit(made, plan, engine.SetMode(3, engine.Mode.MANUAL))  # and this one stays where it is now
    edit(made, plan, engine.SetDuration(2, 5 * 8 * 3600))
    plan.refresh_from_db()
    for number, content_hash in Revision.objects.filter(plan=plan).values_list(
        "number", "content_hash"
    ):
        assert engine.content_hash(history.plan_at(plan, number)) == content_hash
    assert history.plan_at(plan, plan.revision) == stored(made.project)
