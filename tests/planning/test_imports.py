"""Bringing in plans: what is kept, what is refused, and that nothing comes in by half."""

import io
import re
import tempfile
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from tests import making, oracles

import planengine as engine
from tospann.foundation.commands import Done
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.jobs import confined
from tospann.planning import commands, imports, jobs, queries, store
from tospann.planning.models import Activity, ActivityLink, Plan, PlanPart, Revision, StagedImport
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db


def xml(tasks="", head="", links="", extra="", before=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        '<Project xmlns="http://schemas.microsoft.com/project">'
        f"<Name>Prøve.xml</Name><StartDate>2027-01-04T08:00:00</StartDate>{head}"
        f"<Tasks>{tasks}</Tasks>{extra}</Project>"
    ).encode()


def task(uid, name="Oppgave", more="", start="2027-01-04T08:00:00", finish="2027-01-08T17:00:00"):
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name} {uid}</Name>"
        "<OutlineLevel>1</OutlineLevel>"
        f"<Start>{start}</Start><Finish>{finish}</Finish><Duration>PT40H0M0S</Duration>{more}</Task>"
    )


def link(uid):
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>1</Type></PredecessorLink>"
    )


@pytest.fixture(autouse=True)
def in_bokmal():
    with translation.override("nb"):
        yield


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    rows = [PlannedRow("Beholdes"), PlannedRow("Også", 2)]
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(rows))


def stage(made, content, actor=None, name="plan.xml"):
    return imports.stage(actor or made.coordinator, made.project, io.BytesIO(content), name)


def bring_in(made, content):
    staged = stage(made, content)
    head = Plan.objects.get(project=made.project)
    return imports.submit_import(made.coordinator, head, staged, head.revision)


def test_a_file_is_read_kept_and_applied_in_one_revision(made, plan):
    staged = stage(made, xml(task(1) + task(2, more=link(1))))
    assert (staged.report["count"], staged.report["kept_counts"]["link"]) == (2, 1)
    assert [row["name"] for row in staged.report["preview"]] == ["Oppgave 1", "Oppgave 2"]
    assert queries.plan_of(made.project).activities[0].name == "Beholdes"

    outcome = imports.submit_import(made.coordinator, plan, staged, 1)
    assert isinstance(outcome, Done)
    assert outcome.result.number == 2
    store._kept.clear()
    content = queries.plan_of(made.project)
    assert [row.name for row in content.activities] == ["Oppgave 1", "Oppgave 2"]
    assert content.links == (engine.Link(1, 2),)
    assert not StagedImport.objects.exists()

    detail = AuditEntry.objects.select_related("detail").get(command="planning.import_plan").detail
    assert set(detail.arguments) == {"staged", "content_hash", "base_revision"}
    assert staged.file_hash[:12] in str(detail.changes)


def test_an_import_can_be_undone(made, plan):
    before = queries.plan_of(made.project)
    outcome = bring_in(made, xml(task(1)))
    undo(made.coordinator, outcome.entry)
    store._kept.clear()
    assert queries.plan_of(made.project) == before
    assert Activity.objects.filter(project=made.project).count() == 2


def test_a_project_without_a_plan_gets_one(made):
    outcome = bring_in(made, xml(task(1)))
    assert outcome.result.number == 2
    assert Activity.objects.filter(project=made.project).count() == 1


def test_what_the_file_does_not_hold_stays(made, plan):
    """Somebody brings in the same plan again: who is responsible was set in the portal."""
    bring_in(made, xml(task(1) + task(2)))
    plan.refresh_from_db()
    person = str(made.people["member"].pk)
    edit = engine.edit_to_json(engine.SetResponsible(1, person))
    commands.apply_edits(made.coordinator, plan, base_revision=2, edits=[edit])
    plan.refresh_from_db()
    commands.set_baseline(made.owner, plan, base_revision=3)
    frozen = queries.plan_of(made.project).activities[0].baselines
    bring_in(made, xml(task(1, finish="2027-01-08T16:00:00") + task(3)))
    first, second = queries.plan_of(made.project).activities
    assert (first.responsible, first.baselines) == (person, frozen)
    assert (second.responsible, second.baselines) == (None, ())


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "empty": (b"", "tom"),
    "not a workbook": (b"PK\x03\x04 this is no workbook", "Arbeidsboka"),
    "not a plan": (b"this is no plan", "overskriftsrad"),
    "malformed": (xml(task(1))[:-20], "linje 1, kolonne"),
    "another format": (b"<?xml version='1.0'?><html/>", "Microsoft Project"),
    "entity bomb": (xml(task(1, name="&i;"), before=BOMB), "DOCTYPE"),
    "external entity": (xml(task(1, name="&passwd;"), before=XXE), "DOCTYPE"),
    "links in a circle": (xml(task(1, more=link(2)) + task(2, more=link(1))), "ring"),
    "absurd date": (xml(task(1, start="9999-01-01T08:00:00")), "Task UID=1"),
    "no date": (xml(task(1, start="i morgen")), "Task UID=1"),
    "no number": (xml(task(1, more="<Priority>høy</Priority>")), "Task UID=1"),
    "the same task twice": (xml(task(1) + task(1)), "Task UID=1"),
    "deep": (xml("<Task>" * 100 + "</Task>" * 100), "nivåer"),
}


@pytest.mark.parametrize(("content", "place"), HOSTILE.values(), ids=HOSTILE)
def test_a_bad_file_is_refused_with_the_place_and_nothing_comes_in(made, plan, content, place):
    with pytest.raises(Invalid) as refused:
        stage(made, content)
    assert place in refused.value.message
    assert refused.value.field == "file"
    assert not StagedImport.objects.exists()
    assert Revision.objects.filter(plan=plan).count() == 1
    assert Activity.objects.filter(project=made.project).count() == 2


def test_an_unknown_calendar_is_mended_and_said(made, plan):
    staged = stage(made, xml(task(1, more="<CalendarUID>77</CalendarUID>")))
    assert any("Task UID=1" in said for said in staged.report["nb"]["mended"])


def test_a_file_of_200_megabytes_is_refused_unread(made, plan):
    with tempfile.TemporaryFile() as file:
        file.truncate(200 * confined.MEGABYTE)
        with pytest.raises(Invalid) as refused:
            imports.stage(made.coordinator, made.project, file, "large.xml")
    assert re.search(r"50\sMB", refused.value.message)


def test_who_may_not_touch_the_plan_may_not_bring_one_in(made, plan):
    with pytest.raises(NotAllowed):
        stage(made, xml(task(1)), actor=made.guest)


def test_another_projects_file_cannot_be_applied(made, plan):
    staged = stage(made, xml(task(1)))
    other = making.project()
    head = commands.start_plan(other.coordinator, other.project)
    with pytest.raises(Invalid):
        imports.submit_import(other.coordinator, head, staged, 1)


def test_files_nobody_applied_are_forgotten(made, plan):
    staged = stage(made, xml(task(1)))
    assert jobs.forget_imports.call() == 0
    StagedImport.objects.filter(pk=staged.pk).update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )
    assert jobs.forget_imports.call() == 1
    with pytest.raises(Invalid):
        imports.submit_import(made.coordinator, plan, staged, 1)


def test_only_the_latest_file_of_a_person_waits(made, plan):
    first = stage(made, xml(task(1)))
    second = stage(made, xml(task(2)))
    third = stage(made, xml(task(3)), actor=made.manager)
    assert {first.pk, second.pk, third.pk} - set(
        StagedImport.objects.values_list("pk", flat=True)
    ) == {first.pk}


def test_a_real_plan_comes_in_with_its_stored_dates(made):
    sample = oracles.there(oracles.SAMPLE)
    outcome = imports.import_file(made.coordinator, made.project, sample)
    assert isinstance(outcome, Done)
    rows = Activity.objects.filter(project=made.project).order_by("position")
    assert rows.count() == 19
    assert ActivityLink.objects.filter(project=made.project).count() == 6
    assert PlanPart.objects.filter(project=made.project, part="assignment").count() == 17
    from planengine.formats.mspdi import read

    stored = {row.uid: row for row in read(sample.read_bytes()).plan.activities}
    for row in rows:
        one = stored[row.uid]
        assert row.start == engine.moment(one.start).date()
        assert row.finish == engine.moment(one.finish).date()
        assert row.percent == pytest.approx(one.progress.percent, abs=0.5)


def test_ten_thousand_tasks_come_in(made, plan):
    outcome = bring_in(made, xml("".join(task(uid) for uid in range(1, 10_001))))
    assert outcome.result.number == 2
    plan.refresh_from_db()
    assert (plan.task_count, plan.next_uid) == (10_000, 10_001)
