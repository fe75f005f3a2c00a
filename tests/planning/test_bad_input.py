"""What people and programs get wrong: a clear sentence, nothing lost, nothing half-applied."""

import json
from datetime import date

import pytest
from django.urls import reverse
from tests import making
from tests.api.conftest import Caller, token_of

import planengine as engine
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid
from tospann.planning import commands, dating, queries, store
from tospann.planning.models import Activity, Plan, Revision
from tospann.planning.revisions.replay import replay
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.projects import commands as projects
from tospann.projects.models import Membership

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Bygge", 2, date(2027, 1, 25), date(2027, 2, 12), after=(2,)),
    PlannedRow("Ferdig", 2, milestone=True, after=(3,)),
    PlannedRow("Rydde", 1, date(2027, 1, 11), date(2027, 1, 12)),
]
NOBODY = "01900000-0000-7000-8000-000000000000"
FAR = 2**53
FS = engine.LinkKind.FS


def of(edit):
    return engine.edit_to_json(edit)


def typed(kind, **fields):
    return {"kind": kind, **fields}


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


BAD = {
    "a circle of two": [of(engine.AddLink(engine.Link(3, 2)))],
    "a circle of three": [of(engine.AddLink(engine.Link(4, 2)))],
    "a circle through a summary": [
        of(engine.AddLink(engine.Link(1, 5))),
        of(engine.AddLink(engine.Link(5, 3))),
    ],
    "a link to itself": [of(engine.AddLink(engine.Link(2, 2)))],
    "a link to its own summary": [of(engine.AddLink(engine.Link(2, 1)))],
    "a link from its own summary": [of(engine.AddLink(engine.Link(1, 2)))],
    "a link to what is not there": [of(engine.AddLink(engine.Link(2, 99)))],
    "the same link twice": [of(engine.AddLink(engine.Link(2, 3)))],
    "a link that is not there": [of(engine.RemoveLink(2, 5, FS))],
    "under itself": [of(engine.MoveActivity(2, 2, 0))],
    "under what lies under it": [of(engine.MoveActivity(1, 2, 0))],
    "under what it waits for": [of(engine.MoveActivity(3, 2, 0))],
    "no such place": [of(engine.MoveActivity(2, None, 99))],
    "a task that is not there": [of(engine.RenameActivity(99, "x"))],
    "a number that is taken": [of(engine.AddActivity(engine.Activity(2, "x")))],
    "a number far ahead": [of(engine.AddActivity(engine.Activity(10**9, "x")))],
    "a number below one": [of(engine.AddActivity(engine.Activity(0, "x")))],
    "a finish before the start": [
        of(engine.SetMode(5, engine.Mode.MANUAL)),
        of(engine.SetDates(5, 2_000_000_000, 1_000_000_000)),
    ],
    "a negative duration": [of(engine.SetDuration(2, -1))],
    "a percentage above a hundred": [of(engine.SetProgress(2, engine.Progress(percent=101)))],
    "finished before it began": [
        of(
            engine.SetProgress(
                2,
                engine.Progress(
                    percent=100, actual_start=2_000_000_000, actual_finish=1_000_000_000
                ),
            )
        )
    ],
    "a calendar that is not there": [of(engine.SetCalendar(2, 77))],
    "a plan without that calendar": [of(engine.SetPlanCalendar(77))],
    "a calendar in use": [of(engine.RemoveCalendar(1))],
    "days without minutes": [of(engine.SetPlanHours(0, 0, 0))],
    "a priority above all": [of(engine.SetPriority(2, 1001))],
    "an assignment to nobody": [of(engine.AddAssignment(engine.Assignment(1, 2, 99)))],
    "responsible from elsewhere": [of(engine.SetResponsible(2, NOBODY))],
    "responsible by a name": [of(engine.SetResponsible(2, "Kari"))],
    "a baseline by the back door": [of(engine.SetBaseline(0))],
    "a whole plan": [of(engine.ReplacePlan(engine.Plan()))],
    "nothing at all": [],
    "no such edit": [typed("activity.fly", uid=2)],
    "a field too many": [typed("activity.rename", uid=2, name="x", colour="red")],
    "a field too few": [typed("activity.rename", uid=2)],
    "a text for a number": [typed("activity.rename", uid="2", name="x")],
    "a number for a text": [typed("activity.rename", uid=2, name=2)],
    "a truth for a number": [typed("activity.duration", uid=True, duration=1)],
    "half a second": [typed("activity.duration", uid=2, duration=0.5)],
    "beyond all numbers": [typed("activity.duration", uid=2, duration=2**70)],
    "a version of tomorrow": [{**of(engine.RenameActivity(2, "x")), "version": 99}],
    "no edit": ["rename"],
    "characters nobody can store": [of(engine.RenameActivity(2, "a\x00b"))],
    "half a character": [of(engine.RenameActivity(2, "a\ud800b"))],
    "changes nothing": [of(engine.RenameActivity(2, "Kartlegge"))],
    "good, then bad": [of(engine.RenameActivity(2, "Ny")), of(engine.RemoveActivity(99))],
    "too many": [of(engine.RenameActivity(2, f"{n}")) for n in range(5001)],
}


@pytest.mark.parametrize("edits", BAD.values(), ids=BAD)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_program_is_told_what_is_wrong_and_nothing_changes(made, plan, edits, language):
    program = Caller(token_of(made.people[Role.MANAGER]), language)
    before = queries.plan_of(made.project)
    body = {"base_revision": 1, "edits": edits}
    answer = program.post(f"/projects/{made.project.key}/plan/edits", body)
    assert answer.status_code == 422, answer.content
    assert len(said(answer)) > 10
    assert "Traceback" not in answer.content.decode()
    store._kept.clear()
    assert queries.plan_of(made.project) == before
    assert Revision.objects.filter(plan=plan).count() == 1


def said(answer):
    """Everything an answer says, as one text."""
    return json.dumps(answer.json(), ensure_ascii=False)


def test_the_sentence_is_in_the_readers_language(made, plan):
    circle = {"base_revision": 1, "edits": BAD["a circle of two"]}
    address = f"/projects/{made.project.key}/plan/edits"
    token = token_of(made.people[Role.MANAGER])
    told = {one: said(Caller(token, one).post(address, circle)) for one in ("nb", "en")}
    assert "Kartlegge" in told["nb"]
    assert "Kartlegge" in told["en"]
    assert told["nb"] != told["en"]


EXTREME = {
    "a finish in the year 9000": engine.SetDuration(2, 10**11),
    "a duration without end": engine.SetDuration(2, FAR),
    "a start before all years": engine.SetConstraint(
        2, engine.Constraint(engine.ConstraintKind.MUST_START_ON, -FAR)
    ),
    "a start after all years": engine.SetConstraint(
        2, engine.Constraint(engine.ConstraintKind.MUST_START_ON, FAR)
    ),
    "a deadline after all years": engine.SetDeadline(2, FAR),
    "a deadline before all years": engine.SetDeadline(2, -FAR),
    "a plan from the year dot": engine.SetPlanDates(-FAR),
    "a plan that ends after all years": engine.SetPlanDates(0, FAR),
    "a status date after all years": engine.SetStatusDate(FAR),
    "a lag without end": engine.ChangeLink(2, 3, FS, engine.Link(2, 3, lag=FAR)),
    "a lag back to the beginning": engine.ChangeLink(2, 3, FS, engine.Link(2, 3, lag=-FAR)),
    "a pause without end": engine.SetLevellingDelay(2, FAR),
    "dates by hand after all years": engine.SetDates(5, FAR - 1, FAR),
    "work without end": engine.SetWork(2, FAR),
    "a cost without end": engine.SetCost(2, FAR, FAR),
    "begun after all years": engine.SetProgress(2, engine.Progress(percent=50, actual_start=FAR)),
    "a holiday without end": engine.SetException(1, engine.CalendarException(0, 10**9)),
    "a calendar nobody works": engine.ChangeCalendar(engine.Calendar(1, "Ingen", week=((),) * 7)),
    "hours without end": engine.SetPlanHours(10**12, 10**12, 10**12),
    "a name as long as a book": engine.RenameActivity(2, "x" * 500_000),
}


@pytest.mark.parametrize("edit", EXTREME.values(), ids=EXTREME)
def test_what_nobody_can_mean_is_refused_or_can_be_lived_with(client, made, plan, edit):
    """Either a sentence, or a plan whose every page still opens."""
    program = Caller(token_of(made.people[Role.MANAGER]))
    address = f"/projects/{made.project.key}/plan"
    answer = program.post(f"{address}/edits", {"base_revision": 1, "edits": [of(edit)]})
    assert answer.status_code in (200, 202, 422), answer.content
    if answer.status_code == 422:
        assert Revision.objects.filter(plan=plan).count() == 1
        return
    client.force_login(made.people[Role.MANAGER])
    for route, args in (
        ("plan", ()),
        ("plan_chart", ()),
        ("plan_rows", ()),
        ("milestones", ()),
        ("plan_revisions", ()),
        ("plan_compare", ()),
        ("plan_task", (2,)),
        ("what_if", (2,)),
        ("overview", ()),
    ):
        page = client.get(reverse(route, args=[made.project.key, *args]))
        assert page.status_code == 200, route
    store._kept.clear()
    dating._kept.clear()
    assert program.get(address).status_code == 200
    assert replay(Plan.objects.get(pk=plan.pk)).faults == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"base_revision": 1}',
        b'{"base_revision": "en", "edits": []}',
        b'{"base_revision": -1, "edits": [{}]}',
        b'{"base_revision": 1, "edits": [{"kind": "activity.duration", "duration": NaN}]}',
        b'{"base_revision": 1, "edits": ' + b"[" * 900 + b"]" * 900 + b"}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_request_is_refused(made, plan, body):
    program = Caller(token_of(made.people[Role.MANAGER]))
    answer = program.post(f"/projects/{made.project.key}/plan/edits", raw=body)
    assert answer.status_code in (400, 422)
    assert Plan.objects.get(pk=plan.pk).revision == 1


OPERATIONS = {
    "a circle": {"do": "link", "from": 4, "to": 2, "kind": "FS"},
    "to its own summary": {"do": "link", "from": 2, "to": 1, "kind": "FS"},
    "to itself": {"do": "link", "from": 2, "to": 2, "kind": "FS"},
    "a day that is not": {"do": "cell", "uid": 2, "field": "start", "text": "31.02.2027"},
    "a year that is not": {"do": "cell", "uid": 2, "field": "deadline", "text": "1.1.9999"},
    "a duration without end": {"do": "cell", "uid": 2, "field": "duration", "text": "9" * 40},
    "a negative duration": {"do": "cell", "uid": 2, "field": "duration", "text": "-3d"},
    "waits for itself": {"do": "cell", "uid": 2, "field": "before", "text": "1.1"},
    "waits for nothing there is": {"do": "cell", "uid": 2, "field": "before", "text": "7.7"},
    "somebody who left": {"do": "cell", "uid": 2, "field": "responsible", "text": "Ola"},
    "a row that is gone": {"do": "cell", "uid": 99, "field": "name", "text": "x"},
    "rows after a row that is gone": {"do": "place", "uids": [2], "after": 99},
    "a summary after what lies in it": {"do": "place", "uids": [1], "after": 2},
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_the_chart_is_told_what_is_wrong_and_nothing_changes(client, made, plan, operation):
    client.force_login(made.people[Role.MANAGER])
    sent = json.dumps({"base_revision": 1, "operation": operation, "propose": False})
    address = reverse("plan_operations", args=[made.project.key])
    answer = client.post(address, sent, content_type="application/json")
    assert answer.status_code == 422, answer.content
    assert len(answer.json()["error"]) > 10
    assert Plan.objects.get(pk=plan.pk).revision == 1


def left(made, person):
    """The person no longer takes part in the project."""
    membership = Membership.objects.get(project=made.project, person=person)
    projects.release(SYSTEM, membership)


def test_whoever_left_stays_named_where_she_was_and_can_be_given_nothing_new(client, made, plan):
    person = made.people[Role.MEMBER]
    assigned = of(engine.SetResponsible(2, str(person.pk)))
    commands.apply_edits(made.manager, plan, base_revision=1, edits=[assigned])
    left(made, person)
    head = Plan.objects.get(pk=plan.pk)
    renamed = of(engine.RenameActivity(2, "Kartlegge nøye"))  # her old task is still editable
    commands.apply_edits(made.manager, head, base_revision=2, edits=[renamed])
    client.force_login(made.people[Role.MANAGER])
    for route, args in (("plan", ()), ("plan_task", (2,)), ("edit_task", (2,))):
        page = client.get(reverse(route, args=[made.project.key, *args]))
        assert page.status_code == 200
        assert person.name in page.content.decode() or route == "edit_task"
    again = of(engine.SetResponsible(3, str(person.pk)))
    with pytest.raises(Invalid):
        commands.apply_edits(made.manager, head, base_revision=3, edits=[again])


def test_a_responsible_who_is_not_known_here_does_not_break_the_plan(client, made, plan):
    """A file or a restored plan may name somebody this portal has never had."""
    head = Plan.objects.get(pk=plan.pk)
    replaced = queries.plan_of(made.project)
    named = engine.apply_all(replaced, [engine.SetResponsible(2, NOBODY)])
    making.inside(lambda: written(made, head, named), head)
    client.force_login(made.people[Role.MANAGER])
    for route, args in (("plan", ()), ("plan_chart", ()), ("plan_rows", ()), ("plan_task", (2,))):
        assert client.get(reverse(route, args=[made.project.key, *args])).status_code == 200
    assert Activity.objects.get(project=made.project, uid=2).responsible_id is None
    head = Plan.objects.get(pk=plan.pk)
    renamed = of(engine.RenameActivity(2, "Kartlegge nøye"))
    commands.apply_edits(made.manager, head, base_revision=2, edits=[renamed])


def written(made, head, plan):
    from tospann.planning import history
    from tospann.planning.models import RevisionKind
    from tospann.planning.prepare import replaced

    history.write_down(SYSTEM, head, replaced(head, plan), RevisionKind.IMPORT, [])


def test_two_people_on_one_row_the_second_is_told_what_the_first_did(made, plan):
    address = f"/projects/{made.project.key}/plan/edits"
    first, second = (Caller(token_of(made.people[one])) for one in (Role.MANAGER, Role.COORDINATOR))
    rename = {"base_revision": 1, "edits": [of(engine.RenameActivity(2, "Først"))]}
    assert first.post(address, rename).status_code == 200
    late = {"base_revision": 1, "edits": [of(engine.RenameActivity(2, "Sist"))]}
    answer = second.post(address, late)
    assert answer.status_code == 409
    assert "Først" in said(answer)
    assert Activity.objects.get(project=made.project, uid=2).name == "Først"
