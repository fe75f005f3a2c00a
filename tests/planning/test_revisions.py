"""The plan as it was: its revisions, and every page as of a date."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

import planengine as engine
from tospann.foundation.authority import Role
from tospann.planning import commands, history, queries, store
from tospann.planning.models import Plan, Revision
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Bygge", 2, date(2027, 1, 25), date(2027, 2, 12), after=(2,)),
    PlannedRow("Ferdig", 2, milestone=True, after=(3,)),
]
LONG_AGO = date(2026, 3, 2)


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


def change(made, *edits):
    head = Plan.objects.get(project=made.project)
    stored = [engine.edit_to_json(one) for one in edits]
    return commands.apply_edits(made.manager, head, base_revision=head.revision, edits=stored)


def written_on(plan, number, day):
    """Revisions are written once; a test may say when."""
    at = timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time()))
    Revision.objects.filter(plan=plan, number=number).update(created_at=at + timedelta(hours=9))


@pytest.fixture
def visit(client, made):
    def go(route, *args, role=Role.MEMBER, language="en", **query):
        client.force_login(made.people[role])
        client.cookies["language"] = language
        return client.get(reverse(route, args=[made.project.key, *args]), query)

    return go


@pytest.fixture
def past(made, plan):
    """Revision 1 of 2 March, revision 2 of 9 March, revision 3 of today."""
    change(made, engine.SetDuration(2, 12 * 27_000), engine.RenameActivity(3, "Bygge stort"))
    change(made, engine.RemoveActivity(4))
    written_on(plan, 1, LONG_AGO)
    written_on(plan, 2, LONG_AGO + timedelta(days=7))
    return plan


DAYS = [("2026-03-02", 1), ("08.03.2026", 1), ("9.3.2026", 2), ("2026-03-10", 2), ("1", 1)]


@pytest.mark.parametrize(("asked", "number"), DAYS)
def test_the_table_is_the_one_of_that_day(past, visit, asked, number):
    page = visit("plan", as_of=asked).content.decode()
    finish = {1: "12 Feb 2027", 2: "16 Feb 2027"}[number]
    assert finish in page
    assert ("Bygge stort" in page) is (number == 2)
    assert "Ferdig" in page  # removed since
    assert f"Revision {number} by" in page
    now = visit("plan").content.decode()
    assert "Ferdig" not in now
    assert "Revision 3 by" not in now


ROUTES = [("plan", ()), ("plan_chart", ()), ("milestones", ()), ("plan_task", (4,))]


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize(("route", "args"), ROUTES)
def test_nothing_can_be_changed_on_a_page_of_the_past(past, visit, route, args, language):
    answer = visit(route, *args, as_of="1", role=Role.MANAGER, language=language)
    assert answer.status_code == 200
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert 'method="post"' not in main
    for address in ("new_task", "quick_task", "move_task", "freeze_plan", "plan_import"):
        assert f'"{reverse(address, args=["X"]).replace("/X/", "/")[2:]}' not in main
    assert "past-banner" in main
    assert 'data-editing="yes"' not in main


def test_the_chart_is_sent_the_plan_of_that_revision(past, visit):
    sent = visit("past_rows", 1).json()
    assert sent["rows"]["name"] == ["Forberede", "Kartlegge", "Bygge", "Ferdig"]
    assert sent["today"] == (LONG_AGO - date(1970, 1, 1)).days * 1440
    assert visit("past_rows", 1, since="1").status_code == 204
    assert visit("past_rows", 99).status_code == 404
    assert visit("past_rows", 1, role=Role.GUEST).status_code == 404


NARROWED = [
    ({"q": "BYGGE"}, {3}),
    ({"kind": "milestone"}, {4}),
    ({"under": "1"}, {1, 2, 3, 4}),
    ({"under": "77"}, set()),
    ({"state": "done"}, set()),
    ({"state": "late"}, set()),
    ({"mine": "1"}, {2}),
]


@pytest.mark.parametrize(("query", "uids"), NARROWED)
def test_the_past_is_narrowed_as_the_present_is(made, past, visit, query, uids):
    person = str(made.people[Role.MEMBER].pk)
    change(made, engine.SetResponsible(2, person), engine.SetResponsible(3, None))
    head = Plan.objects.get(project=made.project)
    asked = {"as_of": "4"} if "mine" in query else {"as_of": "1"}
    page = visit("plan", **query, **asked).content.decode()
    assert {uid for uid in range(1, 5) if f'id="row-{uid}"' in page} == uids
    assert head.revision == 4


def test_what_is_late_is_late_on_that_day(made, past, visit):
    written_on(past, 1, date(2027, 3, 1))
    Revision.objects.filter(plan=past, number__gt=1).update(
        created_at=timezone.now() + timedelta(days=900)
    )
    shown = visit("plan", as_of="2027-03-01", state="late").content.decode()
    assert {uid for uid in range(1, 5) if f'id="row-{uid}"' in shown} == {2, 3, 4}


BAD = [
    ("2026-03-01", 422),  # there was no plan yet
    ("1900-01-01", 422),
    ("tull", 422),
    ("77", 404),
    ("0", 404),
    ("9999-12-31", 422),
    ("2026-13-40", 422),
    ("\x00", 422),
]


@pytest.mark.parametrize(("asked", "status"), BAD)
@pytest.mark.parametrize(("route", "args"), ROUTES)
def test_a_day_or_revision_that_is_not_there_is_said(past, visit, asked, status, route, args):
    assert visit(route, *args, as_of=asked).status_code == status


def test_a_task_that_was_not_there_yet_is_not_found(made, past, visit):
    change(made, engine.AddActivity(engine.Activity(5, "Ny", duration=3600), 0))
    assert visit("plan_task", 5).status_code == 200
    assert visit("plan_task", 5, as_of="3").status_code == 404


def test_a_plan_is_found_again_from_its_revisions_alone(made, plan):
    plans = [queries.plan_of(made.project)]
    for day in range(8, 70):
        change(made, engine.SetDuration(2, day * 27_000))
        plans.append(queries.plan_of(made.project))
    store._kept.clear()
    head = Plan.objects.get(project=made.project)
    for number in (1, 2, 30, 49, 50, 51, 52, 63):
        store._kept.clear()
        assert history.plan_at(head, number) == plans[number - 1]


def test_dates_that_were_kept_by_hand_are_kept_again(made, plan):
    """What is set to be planned by hand keeps the dates it has then, and not those of later."""
    change(made, engine.SetDuration(2, 12 * 27_000))
    change(made, engine.SetMode(3, engine.Mode.MANUAL))
    change(made, engine.SetDuration(2, 3 * 27_000))
    expected = queries.plan_of(made.project)
    store._kept.clear()
    assert history.plan_at(Plan.objects.get(project=made.project), 4) == expected


@pytest.mark.parametrize("number", [1, 3])
def test_the_plan_then_costs_two_queries_and_one_more_when_it_must_be_rebuilt(
    client, made, past, visit, django_assert_num_queries, number
):
    """Session, person, roles (3), inbox, project and plan (3) as on every page of a plan."""
    visit("plan")
    address = reverse("plan", args=[made.project.key])
    store._kept.clear()
    for more in (1, 0):
        with django_assert_num_queries(6 + 1 + more):
            client.get(address, {"as_of": str(number)})
