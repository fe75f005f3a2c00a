"""The plan from other sides: the board, the calendar, milestones through time, one's own tasks."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from tests import making

import planengine as engine
from tospann.foundation.authority import Role
from tospann.planning import commands, store
from tospann.planning.angles import board, mine, month, trend
from tospann.planning.drawing import trend as drawing
from tospann.planning.models import Activity, Plan, State
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db


def monday():
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


def rows(made, start=None):
    first = start or monday()
    person = made.people[Role.MEMBER].pk
    return [
        PlannedRow("Fase", 1),
        PlannedRow("Min", 2, first, first + timedelta(days=4), responsible=person),
        PlannedRow("En annens", 2, first, first + timedelta(days=1)),
        PlannedRow("Nådd", 2, finish=first + timedelta(days=4), milestone=True, after=(2,)),
    ]


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(rows(made)))


@pytest.fixture
def visit(client, made):
    def go(route, *args, role=Role.MEMBER, post=None, query=None, **headers):
        client.force_login(made.people[role])
        address = reverse(route, args=args)
        if post is None:
            return client.get(address, query or {}, headers=headers)
        return client.post(address, post, headers=headers)

    return go


def a_month(plan, first, **how):
    rows, today = month.of_now(plan), timezone.localdate()
    return month.month(rows, store.load(plan).plan, first, today=today, **how)


def on_board(answer):
    """The names of the cards in each column."""
    found = {}
    for part in answer.content.decode().split('data-stage="')[1:]:
        state, _, rest = part.partition('"')
        column = rest.partition("</section>")[0]
        names = [bit.split(">", 1)[1] for bit in column.split('<a class="ds-link" href="')[1:]]
        found[state] = [name.partition("<")[0] for name in names]
    return found


PAGES = ["plan_board", "plan_calendar", "milestones"]


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("route", PAGES)
def test_the_pages_can_be_shown(visit, made, plan, client, language, route):
    client.cookies["language"] = language
    for role in (Role.MEMBER, Role.MANAGER):
        assert visit(route, made.project.key, role=role).status_code == 200
    assert visit(route, made.project.key, role=Role.GUEST).status_code == 404


# ---- the board ----


def test_cards_stand_under_their_state_and_summaries_do_not(visit, made, plan):
    found = on_board(visit("plan_board", made.project.key))
    assert found == {"not_started": ["En annens", "Min", "Nådd"], "under_way": [], "done": []}


def test_the_board_of_one_person_and_one_phase(visit, made, plan):
    key = made.project.key
    assert on_board(visit("plan_board", key, query={"mine": "1"}))["not_started"] == ["Min"]
    assert on_board(visit("plan_board", key, query={"under": "9"}))["not_started"] == []
    assert len(on_board(visit("plan_board", key, query={"under": "1"}))["not_started"]) == 3


@pytest.mark.parametrize(
    ("steps", "state", "percent"),
    [
        (["under_way"], "under_way", 0),
        (["done"], "done", 100),
        (["done", "under_way"], "under_way", board.REOPENED),
        (["done", "not_started"], "not_started", 0),
        (["not_started"], "not_started", 0),
        (["nonsense"], "not_started", 0),
    ],
)
def test_a_card_that_is_moved_reports_its_progress(visit, made, plan, steps, state, percent):
    for step in steps:
        answer = visit("move_card", made.project.key, 2, post={"to": step})
        assert answer.status_code == 302
    row = Activity.objects.get(project=made.project, uid=2)
    assert (row.state, row.percent) == (state, percent)


def test_a_moved_card_answers_with_the_board_and_a_way_back(visit, made, plan):
    answer = visit("move_card", made.project.key, 2, post={"to": "done"}, **{"HX-Request": "true"})
    assert on_board(answer)["done"] == ["Min"]
    assert "undo" in answer["HX-Trigger"]


def test_nobody_moves_the_cards_of_others(visit, made, plan):
    assert visit("move_card", made.project.key, 3, post={"to": "done"}).status_code == 403
    assert Activity.objects.get(project=made.project, uid=3).state == State.NOT_STARTED
    cards = visit("plan_board", made.project.key).content.decode()
    assert cards.count("data-card") == 1
    assert visit("plan_board", made.project.key, role=Role.MANAGER).content.decode().count(
        "data-card"
    ) == 3  # fmt: skip


def test_done_tells_when_it_was_begun():
    began = engine.instant(datetime(2027, 1, 4, 8))
    one = engine.Activity(uid=1, name="A", progress=engine.Progress(percent=20, actual_start=began))
    assert board.facts(one, State.DONE, date(2027, 1, 8)) == {
        "percent": 100, "actual_start": date(2027, 1, 4), "actual_finish": date(2027, 1, 8),
    }  # fmt: skip


# ---- the calendar ----


def test_a_month_has_whole_weeks_and_everything_that_ends_in_it(made, plan):
    found = a_month(plan, monday().replace(day=1))
    days = [day for week in found.weeks for day in week]
    assert len(days) % 7 == 0
    assert days[0].day.weekday() == 0
    items = {day.day: [row["name"] for row in day.items] for day in days if day.items}
    ends = Activity.objects.filter(project=made.project).exclude(kind="summary")
    shown = range(days[0].day.toordinal(), days[-1].day.toordinal() + 1)
    wanted: dict[date, list[str]] = {}
    for row in ends.order_by("kind", "finish", "position"):
        if row.finish.toordinal() in shown:
            wanted.setdefault(row.finish, []).append(row.name)
    assert items == wanted
    assert items


def test_a_list_tells_what_begins_too(made, plan):
    first = monday().replace(day=1)
    found = a_month(plan, first, starts=True)
    said = [(row["what"], row["name"]) for day in found.days for row in day.items]
    begins = Activity.objects.get(project=made.project, uid=2).start
    assert (("start", "Min") in said) is (begins.month == first.month)
    assert ("start", "Nådd") not in said


def test_a_calendar_of_ones_own(made, plan):
    found = a_month(plan, monday().replace(day=1), of=made.people[Role.MEMBER].pk)
    assert {row["name"] for week in found.weeks for day in week for row in day.items} <= {"Min"}


@pytest.mark.parametrize(
    ("text", "first"),
    [("2027-02", date(2027, 2, 1)), ("", date(2026, 5, 1)), ("2027-13", date(2026, 5, 1)),
     ("drop table", date(2026, 5, 1)), ("1999-12", date(1999, 12, 1))],
)  # fmt: skip
def test_which_month(text, first):
    assert month.asked(text, date(2026, 5, 17)) == first


def test_the_months_beside_and_days_nobody_works(plan):
    found = a_month(plan, date(2027, 5, 1))
    assert (found.before, found.after) == ("2027-04", "2027-06")
    free = {day.day for week in found.weeks for day in week if day.is_free}
    assert date(2027, 5, 17) in free
    assert date(2027, 5, 8) in free
    assert date(2027, 5, 18) not in free


# ---- milestones through time ----


def moved(plan, actor, days):
    head = Plan.objects.get(pk=plan.pk)
    one = next(one for one in store.load(head).plan.activities if one.uid == 2)
    edit = engine.SetDuration(2, one.duration + days * 450 * 60)
    commands.apply_edits(
        actor, head, base_revision=head.revision, edits=[engine.edit_to_json(edit)]
    )
    return Plan.objects.get(pk=plan.pk)


def test_a_milestone_that_moved_has_its_line(made, plan, visit):
    head = moved(plan, made.manager, 5)
    later = timezone.localdate() + timedelta(days=30)
    milestones = [{"uid": 4, "name": "Nådd"}]
    (line,) = trend.lines(head, milestones, later)
    # Both revisions are of today: the last word of a day is what counts.
    assert [said for _day, said in line.points] == [line.now] * 2
    assert line.points[-1][0] == later


def test_what_moved_is_told_in_the_heading_and_counted():
    later = trend.Line(1, "Senere", ((date(2027, 1, 1), date(2027, 3, 1)),
                                     (date(2027, 2, 1), date(2027, 3, 8))))  # fmt: skip
    kept = trend.Line(2, "Holdt", ((date(2027, 1, 1), date(2027, 4, 1)),))
    assert (later.days, later.moves, kept.days, kept.moves) == (5, 1, 0, 0)
    with translation.override("en"):
        found = trend.chart([later, kept], "en")
    assert found.finding == "1 of 2 milestones are later than first said"
    texts = [one.text for one in ET.fromstring(found.drawing).iter() if one.text]
    assert {"Senere", "Holdt", "The day it was said"} <= set(texts)
    assert trend.chart([kept], "en") is None
    assert trend.chart([], "en") is None


def test_the_lines_that_moved_most_are_drawn():
    def line(uid, days):
        first = date(2027, 3, 1)
        then = first + timedelta(days=days)
        return trend.Line(uid, "M", ((date(2027, 1, 1), first), (date(2027, 2, 1), then)))

    many = [line(uid, uid * 7) for uid in range(20)]
    assert {one.uid for one in trend.drawn(many)} == set(range(12, 20))


def test_names_beside_lines_do_not_lie_on_each_other():
    day = date(2027, 1, 1)
    lines = [(f"<M{one}>", ((day, date(2027, 5, 1)),)) for one in range(6)]
    svg = drawing.trend(lines, title='"&<', language="nb")
    found = ET.fromstring(svg)
    places = sorted(
        float(one.get("y")) for one in found.iter() if (one.text or "").startswith("<M")
    )
    assert len(places) == 6
    assert all(b - a > 11 for a, b in pairwise(places))


# ---- one's own ----


def test_ones_tasks_in_all_plans_by_when_they_are_due(made, visit, client):
    other = making.project()
    today = timezone.localdate()
    past = monday() - timedelta(days=21)
    edits = outline_edits(rows(made, past))
    commands.start_plan(made.coordinator, made.project, edits=edits)
    page = visit("my_tasks").content.decode()
    assert "Min" in page
    assert "En annens" not in page
    assert reverse("plan_task", args=[made.project.key, 2]) in page
    found = mine.groups(made.member, today)
    assert [(one.key, [row["name"] for row in one.rows]) for one in found] == [("late", ["Min"])]
    client.force_login(other.people[Role.MEMBER])
    assert "Min<" not in client.get(reverse("my_tasks")).content.decode()


def test_one_tap_reports_and_comes_back(made, plan, visit):
    address = reverse("my_tasks")
    answer = visit("tap_task", made.project.key, 2, post={"tap": "done"},
                   Referer=f"http://testserver{address}")  # fmt: skip
    assert answer["Location"] == address
    assert Activity.objects.get(project=made.project, uid=2).state == State.DONE


@pytest.mark.parametrize(
    ("route", "queries"),
    [("plan_board", 11), ("plan_calendar", 7), ("my_tasks", 6)],
)
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_one_and_three_rows(
    made, client, route, queries, count, django_assert_num_queries
):
    person = made.people[Role.MEMBER].pk
    some = [
        PlannedRow(name, 1, monday(), monday() + timedelta(days=2), responsible=person)
        for name in "ABC"[:count]
    ]
    commands.start_plan(made.coordinator, made.project, edits=outline_edits(some))
    client.force_login(made.people[Role.MEMBER])
    address = reverse(route, args=[] if route == "my_tasks" else [made.project.key])
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.fixture
def earlier(made, plan):
    """The plan was started a year ago, and everything has been moved and done since."""
    done = engine.SetProgress(2, engine.Progress(percent=100))
    later = engine.SetDuration(3, 30 * 27_000)
    edits = [engine.edit_to_json(one) for one in (done, later)]
    commands.apply_edits(made.manager, plan, base_revision=1, edits=edits)
    return {"as_of": "1"}


def test_the_board_as_it_was_moves_nothing(visit, made, earlier):
    shown = visit("plan_board", made.project.key, query=earlier, role=Role.MANAGER)
    assert on_board(shown)["not_started"] == ["En annens", "Min", "Nådd"]
    assert "data-card" not in shown.content.decode()
    now = visit("plan_board", made.project.key, role=Role.MANAGER)
    assert on_board(now)["done"] == ["Min"]
    assert "data-card" in now.content.decode()
    mine_then = visit("plan_board", made.project.key, query={**earlier, "mine": "1"})
    assert on_board(mine_then)["not_started"] == ["Min"]


@pytest.mark.parametrize("view", ["month", "agenda"])
def test_the_calendar_as_it_was(visit, made, earlier, view):
    asked = {**earlier, "view": view, "month": f"{monday():%Y-%m}"}
    then = visit("plan_calendar", made.project.key, query=asked).content.decode()
    assert "En annens" in then
    assert "as_of=1" in then
    del asked["as_of"]
    assert "as_of" not in visit("plan_calendar", made.project.key, query=asked).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xml", "svg"])
def test_files_of_the_plan_as_it_was(visit, made, earlier, kind):
    asked = {**earlier, "format": kind, "asked": "1", "what": "all", "levels": "0", "paper": "a3"}
    then = visit("plan_export", made.project.key, query=asked)
    now = visit("plan_export", made.project.key, query={**asked, "as_of": ""})
    assert then.status_code == now.status_code == 200
    assert then.content != now.content
    page = visit("plan_export", made.project.key, query=earlier).content.decode()
    assert "format=csv&amp;as_of=1" in page
