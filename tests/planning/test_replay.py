"""A plan is what its revisions make it, and ``tospann replay`` tells when it is not."""

import random
import zlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F, QuerySet
from tests import making
from tests.planning.test_imports import task, xml

import planengine as engine
from planengine.edits import EditError
from tospann.__main__ import main
from tospann.foundation.errors import CommandError
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.planning import commands, imports, queries
from tospann.planning.models import Activity, ActivityLink, Plan, PlanPart, Revision
from tospann.planning.revisions.replay import replay
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Bygge", 2, date(2027, 1, 25), date(2027, 2, 12), after=(2,)),
    PlannedRow("Ferdig", 2, milestone=True, after=(3,)),
    PlannedRow("Rydde", 1, date(2027, 1, 11), date(2027, 1, 12)),
]


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


def now(made):
    return Plan.objects.get(project=made.project)


def change(made, *edits):
    head = now(made)
    stored = [engine.edit_to_json(one) for one in edits]
    return commands.apply_edits(made.manager, head, base_revision=head.revision, edits=stored)


@pytest.fixture
def lived(made, plan):
    """A plan that has been through everything: edits, progress, freezing, a file, undo."""
    change(made, engine.SetDuration(2, 12 * 27_000), engine.RenameActivity(3, "Bygge stort"))
    commands.set_baseline(made.owner, now(made), base_revision=2, name="Mandatet")
    commands.report_progress(
        made.manager, now(made), uid=2, percent=40, actual_start=date(2027, 1, 12)
    )
    change(made, engine.SetMode(3, engine.Mode.MANUAL))
    change(made, engine.SetDuration(2, 3 * 27_000))
    undo(made.manager, AuditEntry.objects.latest("id"))
    change(made, engine.RemoveActivity(4), engine.AddLink(engine.Link(2, 5)))
    commands.set_baseline(made.owner, now(made), base_revision=8)
    undo(made.owner, AuditEntry.objects.latest("id"))
    return now(made)


def test_a_plan_is_what_its_revisions_make_it(lived):
    found = replay(lived)
    assert found.faults == []
    assert (found.revisions, found.content_hash) == (10, lived.content_hash)


def test_a_file_that_was_brought_in_is_gone_through_too(made, lived):
    file = SimpleUploadedFile("plan.xml", xml(task(1) + task(2)), "text/xml")
    staged = imports.stage(made.coordinator, made.project, file, "plan.xml")
    imports.submit_import(made.manager, lived, staged, lived.revision)
    change(made, engine.RenameActivity(1, "Etterpå"))
    undo(made.manager, AuditEntry.objects.latest("id"))
    found = replay(now(made))
    assert (found.faults, found.revisions) == ([], 13)


def wild(random_, plan):
    """An edit somebody could make; not every one fits."""
    uids = [one.uid for one in plan.activities]
    uid, other = random_.choice(uids), random_.choice(uids)
    day = engine.day(date(2027, 1, 4)) + random_.randrange(200)
    new = max(uids) + random_.randrange(1, 3)
    kind = engine.ConstraintKind.START_NO_EARLIER_THAN
    return random_.choice(
        [
            engine.SetDuration(uid, random_.randrange(1, 30) * 9000),
            engine.AddLink(engine.Link(uid, other)),
            engine.RemoveActivity(uid),
            engine.AddActivity(engine.Activity(new, f"Ny {new}", duration=27_000), 0),
            engine.MoveActivity(uid, random_.choice([None, other]), 0),
            engine.SetMode(uid, random_.choice(list(engine.Mode))),
            engine.SetConstraint(uid, engine.Constraint(kind, day * 86400 + 28800)),
            engine.SetProgress(uid, engine.Progress(percent=random_.choice([0, 50, 100]))),
            engine.SetActive(uid, random_.random() < 0.5),
            engine.SetException(1, engine.CalendarException(day, day + 3)),
        ]
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_life_leaves_a_plan_that_its_revisions_do_not_make(made, plan, seed):
    random_ = random.Random(seed)
    applied = 0
    for _step in range(60):
        if applied and random_.random() < 0.1:
            undo(made.manager, AuditEntry.objects.latest("id"))
        try:
            change(made, *(wild(random_, queries.plan_of(made.project)) for _n in range(2)))
            applied += 1
        except (CommandError, EditError):
            continue
    found = replay(now(made))
    assert found.faults == []
    assert found.revisions > 10


def other_edit(plan):
    edits = [engine.edit_to_json(engine.SetDuration(2, 5 * 27_000))]
    Revision.objects.filter(plan=plan, number=2).update(edits=edits)


def other_copy(plan):
    copy = Revision.objects.get(plan=plan, number=1)
    text = zlib.decompress(bytes(copy.snapshot)).replace(b"Rydde", b"Rasle")
    Revision.objects.filter(pk=copy.pk).update(snapshot=zlib.compress(text))


TAMPERED = {
    "an edit": other_edit,
    "a copy": other_copy,
    "a revision gone": lambda plan: Revision.objects.filter(plan=plan, number=5).delete(),
    "the last gone": lambda plan: Revision.objects.filter(plan=plan, number=10).delete(),
    "a hash": lambda plan: Revision.objects.filter(plan=plan, number=4).update(
        content_hash="0" * 64
    ),
    "an edit that does not fit": lambda plan: Revision.objects.filter(plan=plan, number=8).update(
        edits=[engine.edit_to_json(engine.RemoveActivity(99))]
    ),
    "the plan's hash": lambda plan: QuerySet(Plan).filter(pk=plan.pk).update(content_hash="0" * 64),
    "a column": lambda plan: Activity.objects.filter(project=plan.project, uid=2).update(
        finish=date(2030, 1, 1)
    ),
    "what is critical": lambda plan: Activity.objects.filter(project=plan.project).update(
        is_critical=True
    ),
    "a row's content": lambda plan: Activity.objects.filter(project=plan.project, uid=5).update(
        content='{"uid":5,"name":"Tukla"}'
    ),
    "a row gone": lambda plan: Activity.objects.filter(project=plan.project, uid=5).delete(),
    "the order": lambda plan: Activity.objects.filter(project=plan.project).update(
        position=100 - F("position")
    ),
    "a link gone": lambda plan: ActivityLink.objects.filter(project=plan.project).first().delete(),
    "a calendar gone": lambda plan: PlanPart.objects.filter(project=plan.project).delete(),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_what_has_been_tampered_with_is_found(lived, tamper):
    tamper(lived)
    lived.refresh_from_db()
    assert replay(lived).faults


def test_the_command_says_what_it_found_and_its_exit_code_too(made, lived, capsys):
    key = made.project.key
    assert main(["replay", key.lower()]) == 0
    assert f"10 revisions, {lived.task_count} tasks  OK" in capsys.readouterr().out
    Activity.objects.filter(project=made.project, uid=5).update(percent=99)
    assert main(["replay", key]) == 1
    assert "FAULT  activity 5: percent" in capsys.readouterr().out
    assert main(["replay", "NOSUCH"]) == 1
    assert "There is no project NOSUCH with a plan." in capsys.readouterr().err
