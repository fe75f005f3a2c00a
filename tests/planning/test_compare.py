"""Two revisions side by side: what is said to differ, on the page and through the API."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests import making
from tests.api.conftest import Caller, token_of

import planengine as engine
from tospann.foundation.authority import Role
from tospann.planning import commands, history, store
from tospann.planning.models import Plan
from tospann.planning.revisions.comparing import compared
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


def change(made, *edits):
    head = Plan.objects.get(project=made.project)
    stored = [engine.edit_to_json(one) for one in edits]
    return commands.apply_edits(made.manager, head, base_revision=head.revision, edits=stored)


def between(plan, before, after, language="en"):
    return compared(history.at(plan, before), history.at(plan, after), language)


def test_a_longer_task_moves_what_waits_for_it_and_nothing_else(made, plan):
    change(made, engine.SetDuration(2, 12 * 27_000))
    found = between(plan, 1, 2)
    assert (found.finish_before, found.finish_after) == (date(2027, 2, 12), date(2027, 2, 16))
    assert found.finish_days == 2
    assert [(row.uid, row.change, row.days) for row in found.rows] == [
        (1, "changed", 2),
        (2, "changed", 2),
        (3, "changed", 2),
        (4, "changed", 2),
    ]
    assert [row.uid for row in found.only("milestones")] == [4]
    assert found.moved == 3  # the summary only adds up what lies under it
    back = between(plan, 2, 1)
    assert (back.finish_days, [row.days for row in back.rows]) == (-2, [-2, -2, -2, -2])


def test_what_was_removed_stands_where_it_stood(made, plan):
    change(
        made,
        engine.RemoveActivity(3),
        engine.AddActivity(engine.Activity(6, "Måle", parent=1, duration=27_000), 0),
    )
    found = between(plan, 1, 2)
    assert [(row.uid, row.change) for row in found.rows] == [
        (1, "changed"),
        (6, "added"),
        (3, "removed"),
        (4, "changed"),
    ]
    gone = found.only("removed")[0]
    assert (gone.name, gone.after, gone.before.finish) == ("Bygge", None, date(2027, 2, 12))
    assert (found.count("added"), found.count("removed")) == (1, 1)


def test_what_else_is_different_is_told_in_the_readers_language(made, plan):
    person = str(made.people[Role.MEMBER].pk)
    change(made, engine.RenameActivity(5, "Vaske"), engine.SetResponsible(5, person))
    change(made, engine.AddLink(engine.Link(2, 5)), engine.RenamePlan("Ny plan"))
    (row,) = between(plan, 1, 2).rows
    assert any("«Vaske»" in one or "Vaske" in one for one in row.sentences)
    everything = between(plan, 1, 3, "nb")
    row = next(row for row in everything.rows if row.uid == 5)
    assert row.days > 0
    assert any("Ny plan" in one for one in everything.plan_sentences)
    assert everything.plan_sentences != between(plan, 1, 3, "en").plan_sentences


def test_the_same_plan_does_not_differ(made, plan):
    change(made, engine.RenameActivity(5, "Vaske"))
    change(made, engine.RenameActivity(5, "Rydde"))
    assert not between(plan, 1, 3)
    assert not between(plan, 2, 2)


@pytest.fixture
def visit(client, made):
    def go(role=Role.MEMBER, language="nb", **query):
        client.force_login(made.people[role])
        client.cookies["language"] = language
        return client.get(reverse("plan_compare", args=[made.project.key]), query)

    return go


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_page_shows_both_dates_and_the_way_between_them(made, plan, visit, language):
    change(made, engine.SetDuration(2, 12 * 27_000), engine.RemoveActivity(5))
    page = visit(language=language, **{"from": "1", "to": "now"}).content.decode()
    first, last = {"nb": ("22.01.2027", "26.01.2027"), "en": ("22 Jan 2027", "26 Jan 2027")}[
        language
    ]
    row = next(one for one in page.split("<tr ") if "Kartlegge" in one and "<td" in one)
    assert re.search(rf"<del.*{first}.*</del>.*<ins.*{last}.*</ins>", row, re.DOTALL)
    assert "Rydde" in page  # gone, and still named
    assert reverse("plan_task", args=[made.project.key, 5]) not in page


def test_a_person_is_named_and_not_numbered(made, plan, visit):
    member = made.people[Role.MEMBER]
    change(made, engine.SetResponsible(5, str(member.pk)))
    page = visit(Role.OWNER, **{"from": "1", "to": "2"}).content.decode()
    assert member.name in page
    assert str(member.pk) not in page


def test_one_kind_can_be_looked_at_alone(made, plan, visit):
    change(made, engine.SetDuration(2, 12 * 27_000), engine.RemoveActivity(5))
    shown = visit(what="milestones").content.decode().split("<tbody>")[1]
    assert shown.count("<tr ") == 1
    assert "Ferdig" in shown


BAD = {
    "no such revision": ({"from": "1", "to": "77"}, 404),
    "revision zero": ({"from": "0", "to": "1"}, 404),
    "a number beyond all": ({"from": "9" * 40}, 422),
    "not a date": ({"from": "i fjor en gang"}, 422),
    "no such day": ({"from": "31.02.2027"}, 422),
    "before there was a plan": ({"from": "01.01.1999"}, 422),
    "markup": ({"to": "<script>alert(1)</script>"}, 422),
    "no such kind": ({"what": "sideways", "page": "9999"}, 200),
    "no such page": ({"page": "-3"}, 200),
}


@pytest.mark.parametrize(("query", "status"), BAD.values(), ids=BAD)
def test_what_is_not_there_is_said(made, plan, visit, query, status):
    change(made, engine.RenameActivity(5, "Vaske"))
    answer = visit(**query)
    assert answer.status_code == status
    assert "<script>alert" not in answer.content.decode()


def test_a_guest_has_no_plan_to_compare(made, plan, visit):
    assert visit(Role.GUEST).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_rows(
    client, made, plan, visit, django_assert_num_queries, rows
):
    edits = [engine.RenameActivity(uid, f"Ny {uid}") for uid in (2, 3, 5)[:rows]]
    change(made, *edits)
    visit()
    address = reverse("plan_compare", args=[made.project.key])
    for more in (0, 2):  # what the process remembers costs nothing, each plan read anew one query
        with django_assert_num_queries(9 + more):
            answer = client.get(address, {"from": "1", "to": "2"})
        store._kept.clear()
    assert answer.content.decode().count("<tr data-change") == rows


def test_the_same_through_the_api(made, plan):
    change(made, engine.SetDuration(2, 12 * 27_000), engine.RemoveActivity(5))
    reader = Caller(token_of(made.people[Role.OWNER]))
    address = f"/projects/{made.project.key}/plan/compare"
    found = reader.get(address, before="1", after="now").json()
    assert (found["before"]["number"], found["after"]["number"]) == (1, 2)
    assert (found["finish_before"], found["finish_days"]) == ("2027-02-12", 2)
    assert [(row["uid"], row["change"]) for row in found["activities"]["items"]] == [
        (1, "changed"),
        (2, "changed"),
        (3, "changed"),
        (4, "changed"),
        (5, "removed"),
    ]
    assert reader.get(address, before="1", after="7").status_code == 404
    assert reader.get(address, before="tull", after="1").status_code == 422
    assert Caller(token_of(made.people[Role.GUEST])).get(address).status_code == 404
