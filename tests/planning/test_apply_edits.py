"""The plan's one write: what it stores, what it refuses, and that what was done can be undone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import making

import planengine as engine
from tospann.foundation import audit
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import CommandError, Invalid, NotAllowed, Stale
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.planning import commands, history, queries, store
from tospann.planning.dating import dated
from tospann.planning.models import Activity, ActivityLink, Plan, PlanPart, Revision
from tospann.planning.reserve import reserve_uids
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge behov", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Lage kravspesifikasjon", 2, date(2027, 1, 25), date(2027, 2, 12), after=(2,)),
    PlannedRow("Krav godkjent", 2, finish=date(2027, 2, 12), milestone=True, after=(3,)),
    PlannedRow("Anskaffe", 1, date(2027, 2, 15), date(2027, 4, 30), after=(4,)),
]


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


def edit(made, plan, *edits, actor=None, base=None):
    plan.refresh_from_db()
    stored = [engine.edit_to_json(one) for one in edits]
    base = plan.revision if base is None else base
    return commands.apply_edits(actor or made.coordinator, plan, base_revision=base, edits=stored)


def stored(project):
    """What the database holds, read without anything kept in memory."""
    store._kept.clear()
    return queries.plan_of(project)


def rows(project):
    return list(
        Activity.objects.filter(project=project)
        .order_by("position")
        .values_list("number", "name", "kind")
    )


def test_a_plan_begins_with_its_skeleton(made, plan):
    assert rows(made.project) == [
        ("1", "Forberede", "summary"),
        ("1.1", "Kartlegge behov", "task"),
        ("1.2", "Lage kravspesifikasjon", "task"),
        ("1.3", "Krav godkjent", "milestone"),
        ("2", "Anskaffe", "task"),
    ]
    assert (plan.revision, plan.next_uid, plan.task_count, plan.milestone_count) == (1, 6, 3, 1)
    assert (plan.start, plan.finish) == (date(2027, 1, 11), date(2027, 4, 30))
    summary = Activity.objects.get(project=made.project, uid=1)
    assert (summary.start, summary.finish) == (date(2027, 1, 11), date(2027, 2, 12))
    assert ActivityLink.objects.filter(project=made.project).count() == 3
    assert engine.content_hash(stored(made.project)) == plan.content_hash


def test_a_second_plan_is_refused(made, plan):
    with pytest.raises(Invalid):
        commands.start_plan(made.coordinator, made.project)
    assert Plan.objects.count() == 1


def test_an_edit_makes_a_revision_with_the_sentence_of_what_was_done(made, plan):
    revision = edit(made, plan, engine.RenameActivity(2, "Kartlegge behovene"))
    plan.refresh_from_db()
    assert (revision.number, plan.revision) == (2, 2)
    assert plan.content_hash == revision.content_hash == engine.content_hash(stored(made.project))
    assert "«Kartlegge behovene»" in plan.latest_change
    entry = AuditEntry.objects.select_related("detail").latest("id")
    assert (entry.command, entry.sequence) == ("planning.apply_edits", revision.sequence)
    changed = entry.detail.changes[f"planning.plan:{plan.pk}"]["fields"]
    assert changed["revision"] == [1, 2]
    assert changed["content_hash"][1] == plan.content_hash
    assert list(audit.verify()) == []


EDITS = {
    "rename": [engine.RenameActivity(3, "Krav")],
    "first row": [engine.AddActivity(engine.Activity(6, "Først", duration=3600), 0)],
    "middle row": [engine.AddActivity(engine.Activity(6, "Midt", parent=1, duration=3600), 1)],
    "remove a summary": [engine.RemoveActivity(1)],
    "move to the top": [engine.MoveActivity(5, None, 0)],
    "move under": [engine.MoveActivity(5, 1, 0)],
    "out of the summary": [engine.MoveActivity(2, None, 1)],
    "link": [engine.AddLink(engine.Link(2, 5))],
    "unlink": [engine.RemoveLink(2, 3, engine.LinkKind.FS)],
    "resource": [
        engine.AddResource(engine.Resource(1, "Arkitekt")),
        engine.AddAssignment(engine.Assignment(1, 2, 1)),
    ],
    "holiday": [engine.SetException(1, engine.CalendarException(20000, 20001))],
    "plan": [engine.RenamePlan("Ny plan"), engine.SetStatusDate(1_800_000_000)],
    "progress": [engine.SetProgress(2, engine.Progress(percent=40))],
    "many": [
        engine.RemoveActivity(2),
        engine.AddActivity(engine.Activity(9, "Ni", parent=5)),
        engine.RemoveLink(3, 4, engine.LinkKind.FS),
    ],
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS)
def test_what_is_stored_is_what_the_engine_says_and_undo_brings_it_back(made, plan, edits):
    before, rows_before = stored(made.project), rows(made.project)
    expected = dated(engine.apply_all(before, edits))
    outcome = submit(
        made.coordinator,
        commands.apply_edits.on(plan),
        base_revision=1,
        edits=[engine.edit_to_json(one) for one in edits],
    )
    assert isinstance(outcome, Done)
    assert stored(made.project) == expected
    numbers = engine.outline_numbers(expected)
    assert rows(made.project) == [
        (numbers[one.uid], one.name, str(engine.Outline(expected).kind(one.uid)))
        for one in expected.activities
    ]
    places = Activity.objects.filter(project=made.project).values_list("position", flat=True)
    assert sorted(places) == list(range(len(expected.activities)))

    undo(made.coordinator, outcome.entry)
    assert stored(made.project) == before
    assert rows(made.project) == rows_before
    assert Revision.objects.filter(plan=plan).count() == 3
    assert history.plan_at(plan, 2) == expected


def test_undo_is_refused_when_somebody_has_built_on_it(made, plan):
    outcome = submit(
        made.coordinator,
        commands.apply_edits.on(plan),
        base_revision=1,
        edits=[engine.edit_to_json(engine.RenameActivity(2, "A"))],
    )
    edit(made, plan, engine.RenameActivity(3, "B"))
    with pytest.raises(Stale) as refused:
        undo(made.coordinator, outcome.entry)
    assert len(refused.value.changed) == 1
    assert stored(made.project).activities[1].name == "A"


def test_work_on_an_older_revision_is_refused_with_what_changed(made, plan):
    edit(made, plan, engine.RenameActivity(2, "A"), actor=made.manager)
    with pytest.raises(Stale) as refused:
        edit(made, plan, engine.RenameActivity(2, "B"), base=1)
    (changed,) = refused.value.changed
    assert changed["by"] == made.manager.name
    assert "A" in changed["sentences"][0]
    assert stored(made.project).activities[1].name == "A"


WRONG = {
    "no such activity": {"kind": "activity.rename", "uid": 99, "name": "x"},
    "no such kind": {"kind": "activity.explode", "uid": 1},
    "wrong type": {"kind": "activity.rename", "uid": "1", "name": "x"},
    "circle": {"kind": "link.add", "link": {"predecessor": 5, "successor": 2}},
    "absurd date": {"kind": "activity.dates", "uid": 2, "start": 9 * 10**11, "finish": None},
    "reversed dates": {"kind": "activity.dates", "uid": 2, "start": 90000, "finish": 0},
    "another plan": {"kind": "plan.replace", "plan": {"format": "tospann-plan", "version": 1}},
    "a baseline": {"kind": "baseline.set", "number": 0},
    "a stranger": {
        "kind": "activity.responsible",
        "uid": 2,
        "responsible": "01900000-0000-7000-8000-000000000000",
    },
    "not a person": {"kind": "activity.responsible", "uid": 2, "responsible": "Kari"},
    "far too high a number": {
        "kind": "activity.add",
        "activity": {"uid": 2_000_000, "name": "x"},
    },
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_edit_changes_nothing_and_says_why(made, plan, wrong):
    before = stored(made.project)
    good = {"kind": "activity.rename", "uid": 2, "name": "Noe annet"}
    with pytest.raises(Invalid) as refused:
        commands.apply_edits(made.coordinator, plan, base_revision=1, edits=[good, wrong])
    assert refused.value.field == "edits"
    assert refused.value.message
    assert stored(made.project) == before
    assert Revision.objects.filter(plan=plan).count() == 1


def test_nothing_and_no_change_are_refused(made, plan):
    with pytest.raises(Invalid):
        commands.apply_edits(made.coordinator, plan, base_revision=1, edits=[])
    with pytest.raises(Invalid):
        edit(made, plan, engine.RenameActivity(2, "Kartlegge behov"))


def test_a_removed_number_is_not_given_again(made, plan):
    first = reserve_uids(plan, 2)
    assert first == 6
    edit(made, plan, engine.AddActivity(engine.Activity(first, "Ny")))
    edit(made, plan, engine.RemoveActivity(first))
    assert reserve_uids(plan) == 8


def test_a_revision_of_any_age_can_be_read(made, plan):
    names = ["Kartlegge behov"]
    for number in range(60):
        names.append(f"Navn {number}")
        edit(made, plan, engine.RenameActivity(2, names[-1]))
    for number in (1, 2, 30, 50, 51, 52, 61):
        assert history.plan_at(plan, number).activities[1].name == names[number - 1]


def test_a_guest_and_the_owner_may_not_edit(made, plan):
    for actor in (made.guest, made.owner):
        with pytest.raises(NotAllowed):
            edit(made, plan, engine.RenameActivity(2, "x"), actor=actor)
    with pytest.raises(CommandError):
        edit(made, plan, engine.RenameActivity(2, "x"), actor=made.member)


def test_only_what_differs_is_written(made, plan):
    """Renaming one of 3,000 rows must not touch the others."""
    big = [PlannedRow(f"Oppgave {n}", 2 if n % 20 else 1) for n in range(3000)]
    edits = outline_edits(big, first_uid=10)
    commands.apply_edits(made.coordinator, plan, base_revision=1, edits=edits)
    plan.refresh_from_db()
    untouched = set(Activity.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as queries_used:
        edit(made, plan, engine.RenameActivity(1500, "Nytt navn"))
    assert len(set(Activity.objects.values_list("pk", flat=True)) - untouched) == 1
    assert len(queries_used) <= 30
    edit(made, plan, engine.MoveActivity(1500, None, 0))
    assert PlanPart.objects.filter(part="calendar").count() == 1
    assert stored(made.project).activities[0].uid == 1500


def test_the_rows_know_what_is_on_the_critical_path(made, plan):
    def critical():
        found = Activity.objects.filter(project=made.project, is_critical=True)
        return set(found.values_list("uid", flat=True))

    assert critical() == {2, 3, 4, 5}
    assert not Activity.objects.filter(project=made.project, is_critical=None).exists()
    edit(made, plan, engine.AddActivity(engine.Activity(6, "Lang", duration=300 * 27_000)))
    assert critical() == {6}
    edit(made, plan, engine.SetActive(6, False))
    assert critical() == {2, 3, 4, 5}
    found = queries.activities(made.project, queries.Filters(state="critical"))
    assert [row["uid"] for row in found.rows] == [2, 3, 4, 5]
