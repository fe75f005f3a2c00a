"""Drafts through their pages: edited, trimmed, shared, brought along, applied and submitted."""

import json
from datetime import date
from decimal import Decimal
from itertools import accumulate

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import making
from tests.planning.test_chart import Drawn

import planengine as engine
from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine
from tospann.cases import commands as cases
from tospann.cases.models import Alternative, Case, CaseState
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.planning import commands
from tospann.planning.drafts import drafting
from tospann.planning.drafts.models import DraftState
from tospann.planning.models import Activity, Plan
from tospann.projects.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(made):
    return drafting.open_draft(made.coordinator, head(), "Senere ferdig")


def head():
    return Plan.objects.get()


@pytest.fixture
def desk(client, made, draft):
    """The draft's page as somebody works on it."""

    class Page:
        def as_(self, role):
            client.force_login(made.people[role])
            return self

        def url(self, name, *more):
            return reverse(name, args=[made.project.key, draft.pk, *more])

        def get(self, name="plan_draft", **query):
            return client.get(self.url(name), query)

        def post(self, view, *more, **said):
            return client.post(self.url(view, *more), said)

        def do(self, operation, version=None):
            draft.refresh_from_db()
            sent = {"base_revision": version or draft.version, "operation": operation}
            url = self.url("draft_operations")
            return client.post(url, json.dumps(sent), content_type="application/json")

        def longer(self, days, uid=2):
            return self.do({"do": "cell", "uid": uid, "field": "duration", "text": f"{days}d"})

    return Page().as_(Role.COORDINATOR)


def who(answer):
    """The live line of a draft's page."""
    text = answer.content.decode()
    return " ".join(text.partition('id="draft-who">')[2].partition("</div>")[0].split())


def test_nothing_in_the_plan_changes_while_one_drafts(desk, draft):
    entries = AuditEntry.objects.count()
    answer = desk.longer(8).json()
    assert answer["outcome"] == "done"
    sent = Drawn().take(desk.get("draft_rows").json())
    rows = [sent.rows[uid] for uid in sent.order]
    assert [one["change"] for one in rows] == ["", "changed", ""]
    assert [one["was_start"] is None for one in rows] == [True, False, False]
    assert rows[2]["was_start"] < rows[2]["start"]
    assert list(accumulate(answer["plan"]["rows"]["uid"])) == [2, 3]
    assert head().revision == 2
    assert Activity.objects.get(uid=2).finish == date(2027, 1, 22)
    assert AuditEntry.objects.count() == entries


def test_the_drawing_reaches_as_far_as_the_plan_does(desk):
    before = desk.get("draft_rows").json()["finish"]
    assert desk.longer(1).json()["plan"]["finish"] == before
    assert desk.longer(9).json()["plan"]["finish"] > before


def test_the_line_says_who_decides_and_turns_when_the_change_is_trimmed(desk, draft):
    desk.longer(15)
    assert "prosjekteier" in who(desk.get()).lower()
    desk.longer(10)
    assert "prosjektleder" in who(desk.get()).lower()
    draft.refresh_from_db()
    for step in draft.steps:
        desk.post("draft_take_out", step["n"])
    desk.longer(6)
    assert "Dette kan du bestemme selv." in who(desk.get())


def test_undo_and_redo_are_the_drafts_own(desk, draft):
    desk.longer(6)
    desk.longer(7)
    assert desk.do({"do": "undo"}).json()["plan"]["steps"] == {"undo": True, "redo": True}
    assert desk.do({"do": "undo"}).json()["plan"]["steps"] == {"undo": False, "redo": True}
    desk.do({"do": "redo"})
    draft.refresh_from_db()
    assert [step["n"] for step in draft.counting] == [1]
    assert desk.do({"do": "redo"}).status_code == 200
    assert desk.do({"do": "redo"}).status_code == 422


def test_what_cannot_stand_alone_goes_out_with_what_it_stood_on(desk, draft):
    desk.do({"do": "add", "after": 2, "name": "Prøve"})
    uid = Drawn().take(desk.get("draft_rows").json()).order[-2]
    desk.do({"do": "link", "from": 2, "to": uid})
    desk.do({"do": "cell", "uid": 1, "field": "name", "text": "Kartlegge alt"})
    draft.refresh_from_db()
    desk.post("draft_take_out", draft.steps[0]["n"])
    draft.refresh_from_db()
    assert [edit["kind"] for edit in draft.edits] == ["activity.rename"]
    linked = next(step for step in draft.steps if step["edits"][-1]["kind"] == "link.add")
    assert desk.post("draft_put_back", linked["n"]).status_code == 422
    assert desk.post("draft_put_back", draft.steps[0]["n"]).status_code == 302
    draft.refresh_from_db()
    assert [edit["kind"] for edit in draft.edits] == ["activity.add", "activity.rename"]


def test_others_see_it_only_when_it_is_shared(desk, draft):
    assert desk.as_(Role.MANAGER).get().status_code == 404
    assert desk.longer(8).status_code == 404
    desk.as_(Role.COORDINATOR).post("draft_settings", name="Vår", is_shared="on")
    assert desk.as_(Role.MANAGER).longer(8).status_code == 200
    assert desk.as_(Role.OWNER).get().status_code == 200
    assert desk.longer(9).status_code == 403
    assert desk.as_(Role.GUEST).get().status_code == 404
    assert desk.as_(Role.MANAGER).post("discard_draft").status_code == 403


def test_two_people_on_one_draft_lose_nothing(desk, draft):
    drafting.share(draft, True)
    was = draft.version
    assert desk.longer(8).status_code == 200
    late = desk.as_(Role.MANAGER).do(
        {"do": "cell", "uid": 1, "field": "name", "text": "X"}, version=was
    )
    assert late.status_code == 409
    draft.refresh_from_db()
    assert len(draft.edits) == 1


def test_a_draft_follows_the_plan_where_they_do_not_meet(made, desk, draft):
    desk.longer(8)
    change(made, engine.RenameActivity(1, "Kartlegge grundig"))
    rows = Drawn().take(desk.get("draft_rows").json()).rows
    assert rows[1]["name"] == "Kartlegge grundig"
    assert [rows[uid]["change"] for uid in (1, 2, 3)] == ["", "changed", ""]
    draft.refresh_from_db()
    assert draft.base_revision == head().revision == 3


def change(made, *edits):
    stored = [engine.edit_to_json(one) for one in edits]
    return commands.apply_edits(made.manager, head(), base_revision=head().revision, edits=stored)


def test_where_they_meet_somebody_chooses(made, desk, draft):
    desk.longer(8)
    one = engine.edit_from_json(draft_edits(draft)[0])
    change(made, engine.SetDuration(2, one.duration - 2 * 8 * 3600))
    assert desk.longer(9).status_code == 422
    shown = desk.get().content.decode()
    assert "choice-0" in shown
    assert desk.post("apply_draft").status_code == 422
    key = "activity:2:duration:"
    desk.post("draft_choose", **{"key-0": key, "choice-0": "mine"})
    draft.refresh_from_db()
    assert draft.base_revision == 3
    assert draft.edits[0]["duration"] == one.duration


def draft_edits(draft):
    draft.refresh_from_db()
    return draft.edits


def test_somebody_who_has_left_is_named_in_the_draft(made, desk, draft):
    person = made.people[Role.MEMBER]
    desk.do({"do": "cell", "uid": 1, "field": "responsible", "text": person.name})
    desk.longer(8)
    for membership in Membership.objects.filter(person=person):
        making.inside(membership.delete, made.project)
    shown = desk.get().content.decode()
    assert person.name in shown
    desk.post("draft_choose", **{"key-0": "unfit:0:activity.responsible", "choice-0": "theirs"})
    draft.refresh_from_db()
    assert [edit["kind"] for edit in draft.edits] == ["activity.duration"]


def test_applied_it_is_one_revision_and_closed(desk, draft):
    desk.longer(6)
    assert desk.post("apply_draft").status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.revision, head().revision) == (DraftState.APPLIED, 3, 3)
    assert Activity.objects.get(uid=3).finish == date(2027, 1, 25)
    assert desk.longer(7).status_code == 403
    assert desk.get().status_code == 200


def test_beyond_ones_limits_it_is_submitted_with_what_it_is_made_of(made, desk, draft):
    desk.longer(10)
    assert desk.post("apply_draft").status_code == 403
    answer = desk.post("submit_draft", title="Bygge lenger", recommendation="Gjør det")
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.state, case.recommended) == (CaseState.SUBMITTED, "A")
    one = Alternative.objects.get(case=case, key="A")
    assert [op["command"] for op in one.operations] == ["planning.apply_edits"]
    draft.refresh_from_db()
    assert (draft.state, draft.case, draft.alternative) == (DraftState.SUBMITTED, case, "A")


def test_another_draft_becomes_alternative_b(client, made, desk, draft):
    desk.longer(10)
    desk.post("submit_draft", title="Bygge lenger", recommendation="Gjør det", later="on")
    case = Case.objects.get()
    assert case.state == CaseState.DRAFT
    other = drafting.open_draft(made.coordinator, head(), "Bygge litt lenger")
    step = engine.edit_to_json(engine.RenameActivity(1, "Kartlegge raskt"))
    drafting.add(made.coordinator, head(), other, [step])
    address = reverse("submit_draft", args=[made.project.key, other.pk])
    assert client.post(address, {"case": str(case.pk)}).status_code == 302
    assert list(case.alternatives.values_list("key", flat=True)) == ["0", "A", "B"]


def test_a_draft_of_five_thousand_changes_is_full_and_says_so(made, desk, draft):
    names = [engine.edit_to_json(engine.RenameActivity(1, f"Navn {i}")) for i in range(5000)]
    drafting.add(made.coordinator, head(), draft, names)
    answer = desk.longer(8)
    assert answer.status_code == 422
    assert "5000" in answer.json()["error"]
    assert desk.get().status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_whatever_is_on_them(client, made, desk, draft, count):
    for number in range(count):
        desk.do({"do": "cell", "uid": 1, "field": "name", "text": f"Navn {number}"})
        if number:
            drafting.open_draft(made.coordinator, head(), f"Utkast {number}")
    desk.get()
    for address, expected in (("plan_draft", 18), ("draft_panel", 15), ("draft_rows", 7)):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        assert len(queries) == expected, address
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("plan_drafts", args=[made.project.key]))
    assert len(queries) == 7


def test_setting_something_anew_replaces_what_was_set(desk, draft):
    desk.longer(15)
    desk.longer(10)
    draft.refresh_from_db()
    assert len(draft.edits) == 1
    longest, shorter = (step["edits"][0]["duration"] for step in draft.steps)
    desk.do({"do": "undo"})
    assert [edit["duration"] for edit in draft_edits(draft)] == [longest]
    desk.do({"do": "redo"})
    assert [edit["duration"] for edit in draft_edits(draft)] == [shorter]
    desk.post("draft_take_out", draft.steps[1]["n"])
    assert draft_edits(draft) == []


@pytest.fixture
def line(made):
    """A line of 100 000 kr in the project's budget."""
    lines = [{"name": "Konsulenter", "amount": "100000"}]
    budget.start_budget(made.manager, made.project, id=new_id(), lines=lines)
    return BudgetLine.objects.get()


def test_money_is_drafted_beside_the_plan_and_applied_with_it(desk, draft, line, made):
    desk.as_(Role.MANAGER)
    drafting.share(draft, True)
    desk.longer(6)
    assert desk.post("draft_amount", line=str(line.pk), amount="120 000").status_code == 302
    assert desk.post("draft_amount", name="Reiser", amount="5000").status_code == 302
    assert desk.post("draft_amount", amount="5000").status_code == 422
    assert BudgetLine.objects.get().amount == Decimal(100_000)
    shown = desk.get().content.decode()
    assert "Reiser" in shown
    assert "120" in shown
    assert desk.post("apply_draft").status_code == 302
    amounts = dict(BudgetLine.objects.values_list("name", "amount"))
    assert amounts == {"Konsulenter": Decimal(120_000), "Reiser": Decimal(5000)}
    assert head().revision == 3


def test_a_line_keeps_what_others_changed_in_it(desk, draft, line, made):
    drafting.share(draft, True)
    desk.as_(Role.MANAGER).post("draft_amount", line=str(line.pk), amount="120000")
    budget.change_line(made.manager, line, name="Innleide", amount=Decimal(100_000))
    desk.post("apply_draft")
    line.refresh_from_db()
    assert (line.name, line.amount) == ("Innleide", Decimal(120_000))
    assert desk.post("draft_drop_amount", new_id()).status_code == 403


def test_the_draft_says_who_decides_when_it_also_freezes_the_plan(made, desk, draft):
    desk.longer(6)
    assert "Dette kan du bestemme selv." in who(desk.get())
    assert desk.post("draft_freeze", freezes="on", frozen_as="Lenger bygging").status_code == 302
    page = desk.get()
    assert "prosjekteier" in who(page).lower()
    listed = page.content.decode().partition('id="draft-rest"')[2].partition("draft-forms")[0]
    assert "Lenger bygging" in listed
    assert desk.post("apply_draft").status_code == 403
    desk.post("submit_draft", title="Lenger", recommendation="Ja")
    kept = Alternative.objects.get(key="A").operations
    assert [one["command"] for one in kept] == ["planning.apply_edits", "planning.set_baseline"]
    cases.decide(made.owner, Case.objects.get(), alternative="A")
    assert (head().baselines[-1]["name"], head().baseline_revision) == ("Lenger bygging", 4)


def test_freezing_is_taken_out_of_the_draft_again(desk, draft):
    desk.longer(6)
    desk.post("draft_freeze", freezes="on")
    desk.post("draft_freeze")
    assert "Dette kan du bestemme selv." in who(desk.get())
    assert desk.post("apply_draft").status_code == 302
    assert len(head().baselines) == 1
