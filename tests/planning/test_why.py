"""“Why this date?”: an answer for every date of every plan, down to where it begins."""

import gzip
import random
from datetime import date
from itertools import accumulate
from pathlib import Path

import pytest
from django.urls import reverse
from tests import making, oracles
from tests.api.conftest import Caller, token_of

import planengine as engine
from planengine.formats import mspdi, plan_oracle
from planengine.why import ROOTS
from tospann.foundation.authority import Role
from tospann.planning import commands, store
from tospann.planning.angles.why import ENDS, MOST, why
from tospann.planning.dating import dated, schedule_of
from tospann.planning.editor import wire
from tospann.planning.editor.sheets import KINDS, sheet
from tospann.planning.skeleton import PlannedRow, outline_edits

ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Vente", 2, date(2027, 1, 11), date(2027, 1, 13)),
    PlannedRow("Velge", 2, date(2027, 1, 25), date(2027, 1, 29), after=(2, 3)),
    PlannedRow(
        "Krav godkjent", 2, finish=date(2027, 2, 12), milestone=True, after=(4,), held=False
    ),
]
OWN = Path(__file__).parents[1] / "planengine/fixtures"


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


@pytest.fixture
def ask(client, made, plan):
    def go(uid, end="", role=Role.MEMBER, **headers):
        client.force_login(made.people[role])
        address = reverse("why", args=[made.project.key, uid])
        return client.get(address, {"end": end} if end else {}, headers=headers)

    return go


def test_the_chain_is_told_from_the_date_to_where_it_begins(plan):
    found = why(store.load(plan), 4, "start", "nb")
    assert found.day == date(2027, 1, 25)
    assert found.steps[0].sentence.startswith("«Velge» starter 25. jan. 08:00 fordi «Kartlegge»")
    assert (found.root.name, found.left_out) == ("Kartlegge", 0)
    assert found.is_critical


def test_what_can_wait_says_how_long(plan):
    found = why(store.load(plan), 3, "finish", "en")
    assert (found.is_critical, found.total_days, found.free_days) == (False, 7.0, 7.0)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("end", ["", *ENDS, "nonsense"])
def test_the_page_and_the_dialog(ask, client, language, end):
    client.cookies["language"] = language
    for uid in (1, 4, 5):
        whole, dialog = ask(uid, end), ask(uid, end, **{"HX-Request": "true"})
        assert whole.status_code == dialog.status_code == 200
        assert "<html" in whole.content.decode()
        assert dialog.content.decode().lstrip().startswith("<dialog")


def test_every_step_leads_to_the_next_question(ask, made):
    said = ask(4, "start").content.decode()
    assert f'href="{reverse("why", args=[made.project.key, 2])}?end=start"' in said


def test_the_task_and_the_table_ask_it(client, made, plan):
    client.force_login(made.people[Role.MEMBER])
    address = reverse("why", args=[made.project.key, 4])
    for page in (reverse("plan"  , args=[made.project.key]),
                 reverse("plan_task", args=[made.project.key, 4])):  # fmt: skip
        assert f'href="{address}?end=finish"' in client.get(page).content.decode()


def test_a_task_without_dates_has_nothing_to_explain(ask, made, plan):
    manual = engine.Activity(uid=50, name="Ikke plassert", mode=engine.Mode.MANUAL)
    edits = [engine.edit_to_json(engine.AddActivity(manual))]
    commands.apply_edits(made.manager, plan, base_revision=plan.revision, edits=edits)
    assert ask(50).status_code == 200


def test_whoever_is_not_in_the_project_finds_nothing(ask):
    assert ask(4, role=Role.GUEST).status_code == 404
    assert ask(4_000).status_code == 404


FREE = [PlannedRow(name, 1, date(2027, 1, 11), date(2027, 1, 22)) for name in ("A", "B", "C")]


@pytest.mark.parametrize("count", [1, 3])
def test_the_answer_costs_the_same_for_one_and_three_rows(
    made, client, count, django_assert_num_queries
):
    commands.start_plan(made.coordinator, made.project, edits=outline_edits(FREE[:count]))
    client.force_login(made.people[Role.MEMBER])
    address = reverse("why", args=[made.project.key, 1])
    client.get(address)
    with django_assert_num_queries(7):
        assert client.get(address).status_code == 200


def test_a_long_chain_is_cut_in_the_middle_and_keeps_its_beginning():
    activities = tuple(
        engine.Activity(uid=uid, name=f"Ledd {uid}", duration=8 * 3600) for uid in range(1, 101)
    )
    links = tuple(engine.Link(uid, uid + 1) for uid in range(1, 100))
    chain = dated(engine.Plan(start=0, activities=activities, links=links))
    found = why(store.loaded(chain), 100, "start", "nb")
    assert len(found.steps) == MOST
    assert found.root.name == "Ledd 1"
    assert found.count == found.left_out + MOST + 1 > 150


def test_a_program_asks_it_too(made, plan):
    call = Caller(token_of(made.people[Role.MEMBER]))
    address = f"/projects/{made.project.key}/plan/activities/4/why"
    found = call.get(address, end="finish").json()
    assert (found["end"], found["day"], found["is_critical"]) == ("finish", "2027-01-29", True)
    assert [one["name"] for one in found["steps"]][-1] == "Kartlegge"
    assert call.get(address.replace("/4/", "/4000/")).status_code == 404
    assert call.get(address, end="nonsense").status_code == 422
    guest = Caller(token_of(made.people[Role.GUEST]))
    assert guest.get(address).status_code == 404


def test_a_program_sees_how_milestones_moved(made, plan):
    call = Caller(token_of(made.people[Role.MEMBER]))
    (one,) = call.get(f"/projects/{made.project.key}/milestones/trend").json()
    assert (one["uid"], one["days"], one["moves"]) == (5, 0, 0)
    assert one["points"][0]["said"] == one["first"] == one["now"]


def answers_for_a_hundred(plan):
    """Ask for 100 random dates, in both languages; each is the date of the schedule."""
    loaded = store.loaded(dated(plan))
    found = schedule_of(loaded)
    if found is None:
        return
    pick = random.Random(len(found.uids))
    for _ in range(100):
        uid, end = pick.choice(found.uids), pick.choice(ENDS)
        chain = engine.why(found, uid, end)
        assert chain.date.at == getattr(found[uid], end)
        assert chain.root.cause in ROOTS
        answer = why(loaded, uid, end, pick.choice(["nb", "en"]))
        assert answer.root.sentence
        assert all(step.sentence for step in answer.steps)


def opens_with_the_engines_dates(plan):
    """What the editor gets is what the engine computes, row by row."""
    loaded = store.loaded(dated(plan))
    drawn = sheet(loaded, "nb")
    found = schedule_of(loaded)
    rows, zero = wire.whole(drawn, {})["rows"], drawn.plan.start // 60
    assert list(accumulate(rows["uid"])) == [one.uid for one in plan.activities]
    for place, one in enumerate(loaded.plan.activities):
        if one.mode is engine.Mode.AUTO and drawn.lines[one.uid].kind != KINDS["summary"]:
            start, finish = found[one.uid].start // 60, found[one.uid].finish // 60
            assert rows["start"][place] == start - zero
            # A column whose values are all the usual one is left empty.
            assert (rows["length"] or [0] * len(plan.activities))[place] == finish - start


def read(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return plan_oracle.read(data).plan


def oracle_plans():
    for path in oracles.files("*.json*"):
        if path.name != "MANIFEST.json":
            large = path.exists() and path.stat().st_size > 400_000
            yield pytest.param(path, id=path.name, marks=[pytest.mark.long] if large else [])


@pytest.mark.parametrize("path", list(oracle_plans()))
def test_the_plans_of_microsoft_project_open_and_every_date_has_its_why(path):
    plan = read(oracles.there(path))
    opens_with_the_engines_dates(plan)
    answers_for_a_hundred(plan)


def test_our_own_plan_opens_and_every_date_has_its_why():
    plan = mspdi.read((OWN / "pier.xml").read_bytes()).plan
    opens_with_the_engines_dates(plan)
    answers_for_a_hundred(plan)
