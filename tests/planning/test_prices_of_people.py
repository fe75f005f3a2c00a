"""Everybody on the team reads the plan; what an hour of somebody costs is not in it."""

import pytest
from django.utils import translation
from tests import making
from tests.planning.test_imports import bring_in, stage

import planengine as engine
from planengine import Assignment, Rate, Resource, ResourceKind
from planengine.formats import mspdi
from planengine.instants import DAY, HOUR
from tospann.foundation.errors import Invalid
from tospann.planning import commands, queries
from tospann.planning.models import Plan, Revision

pytestmark = pytest.mark.django_db
START = engine.day(making.date(2027, 1, 4)) * DAY + 8 * HOUR
KARI = Resource(1, "Kari", standard_rate=Rate(86317), overtime_rate=Rate(129475), cost_per_use=4711)
SAND = Resource(2, "Sand", ResourceKind.MATERIAL, standard_rate=Rate(25055), material_label="m3")


def priced():
    """As Microsoft Project keeps it: a heading, and a task whose cost is 40 hours of Kari's."""
    cost = 40 * 86317
    agreed = engine.Baseline(0, START, START + 4 * DAY + 9 * HOUR, 40 * HOUR, 40 * HOUR, cost)
    rows = (
        engine.Activity(1, "Bygg", cost=cost),
        engine.Activity(
            *(2, "Grav"),
            parent=1,
            start=START,
            duration=40 * HOUR,
            cost=cost,
            progress=engine.Progress(percent=50, actual_start=START, actual_cost=cost // 2),
            baselines=(agreed,),
        ),
        engine.Activity(3, "Fyll", start=START, duration=8 * HOUR, fixed_cost=12345, cost=12345),
    )
    work = Assignment(1, 2, 1, work=40 * HOUR, cost=cost, actual_cost=cost // 2)
    return engine.Plan(
        start=START,
        activities=rows,
        resources=(KARI, SAND),
        assignments=(work, Assignment(2, 3, 2, cost=25055)),
    )


def test_rates_in_a_file_stay_outside_and_whoever_brings_it_in_is_told(client):
    made = making.project(key="NF")
    file = mspdi.write(priced()).data
    for told in (b"<StandardRate>863.17", b"<StandardRate>250.55", b"3452680"):
        assert told in file
    staged = stage(made, file)
    assert "koster: 1." in " ".join(staged.report["nb"]["lost"])
    assert "costs: 1." in " ".join(staged.report["en"]["lost"])
    bring_in(made, file)
    now = queries.plan_of(made.project)
    kari, sand = now.resources
    assert (kari.standard_rate, kari.overtime_rate, kari.cost_per_use) == (None, None, 0)
    assert sand.standard_rate.amount == 25055
    by_resource = {one.resource: one.cost for one in now.assignments}
    assert by_resource == {1: None, 2: 25055}
    rows = {one.uid: one for one in now.activities}
    assert [rows[uid].cost for uid in (1, 2)] == [None, None]
    assert rows[2].progress.actual_cost is None
    assert [one.cost for one in rows[2].baselines] == [None]
    assert rows[3].fixed_cost == 12345
    client.force_login(made.people[making.Role.MEMBER])
    sent = client.get("/p/NF/plan/export?format=xml")
    text = (b"".join(sent.streaming_content) if sent.streaming else sent.content).decode()
    assert "<Name>Kari</Name>" in text
    kept = str(list(Revision.objects.values()))
    for told in ("863.17", "863,17", f"{40 * 86317}"):
        assert told not in text
        assert told not in kept


@pytest.mark.parametrize(
    "edit",
    [
        engine.AddResource(KARI),
        engine.AddResource(Resource(9, "Ola", overtime_rate=Rate(1))),
        engine.AddAssignment(Assignment(9, 1, None, cost=100)),
    ],
)
def test_nobody_types_a_rate_into_the_plan(edit):
    made = making.project()
    row = engine.Activity(1, "Grav", start=START, duration=8 * HOUR)
    edits = [engine.edit_to_json(engine.AddActivity(row))]
    commands.start_plan(made.coordinator, made.project, edits=edits)
    head = Plan.objects.get(project=made.project)
    with translation.override("en"), pytest.raises(Invalid, match="rates"):
        commands.apply_edits(
            *(made.coordinator, head),
            base_revision=head.revision,
            edits=[engine.edit_to_json(edit)],
        )
