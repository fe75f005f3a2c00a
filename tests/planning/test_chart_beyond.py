"""What the chart does beyond its cells: rows out of a spreadsheet, a draft of what somebody else
decides, and the decisions its rows wait for.
"""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from tests import making

import planengine as engine
from planengine.instants import MINUTE
from tospann.cases.models import AuthorityRule, Case
from tospann.foundation.authority import Role
from tospann.foundation.commands import submit
from tospann.planning import commands, limits, store
from tospann.planning.drafts.models import Draft
from tospann.planning.models import PendingDecision, Plan
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db
ROWS = [
    PlannedRow("Bygge", 1),
    PlannedRow("Grave", 2, date(2027, 1, 11), date(2027, 1, 15)),
    PlannedRow("Støpe", 2, date(2027, 1, 18), date(2027, 1, 22), after=(2,)),
]


@pytest.fixture
def made():
    project = making.project()
    rule = AuthorityRule(
        project=project.project,
        kind="plan",
        measure=limits.FINISH,
        limit=Decimal(2),
        deciders=[str(Role.MANAGER)],
    )
    making.inside(rule.save, project.project)
    commands.start_plan(project.coordinator, project.project, edits=outline_edits(ROWS))
    commands.set_baseline(project.owner, Plan.objects.get(), base_revision=1)
    return project


@pytest.fixture
def send(client, made):
    def go(operation, **said):
        client.force_login(made.people[Role.COORDINATOR])
        client.cookies["language"] = "nb"
        sent = {"base_revision": Plan.objects.get().revision, "operation": operation, **said}
        address = reverse("plan_operations", args=[made.project.key])
        return client.post(address, json.dumps(sent), content_type="application/json")

    return go


def rows():
    return list(store.load(Plan.objects.get()).plan.activities)


def paste(send, text, after=2):
    return send({"do": "paste", "text": text, "after": after})


def test_rows_of_a_spreadsheet_go_after_the_row_one_is_at(send):
    answer = paste(send, "Peler\t4\t13.01.2027\r\nArmere\t3\t18.01.2027\r\n")
    assert answer.json()["outcome"] == "done", answer.content
    assert [one.name for one in rows()] == ["Bygge", "Grave", "Peler", "Armere", "Støpe"]
    peler = rows()[2]
    assert peler.parent == 1
    assert peler.duration == 4 * 450 * MINUTE
    assert engine.moment(peler.start).date() == date(2027, 1, 13)


def test_headings_outline_and_links_come_along(send):
    text = (
        "Nr\tOppgave\tVarighet\tForgjenger\n"
        "1\tTak\t\t\n1.1\tSperrer\t3 d\t\n1.2\tTekking\t1 uke\t1.1\n"
    )
    assert paste(send, text, after=3).status_code == 200
    tak, sperrer, tekking = rows()[3:]
    assert [tak.parent, sperrer.parent, tekking.parent] == [1, tak.uid, tak.uid]
    assert tekking.start >= sperrer.finish
    links = store.load(Plan.objects.get()).plan.links
    assert (sperrer.uid, tekking.uid) in {(one.predecessor, one.successor) for one in links}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Male", ["Male"]),
        ("1\tMale\n2\tTapetsere", ["Male", "Tapetsere"]),
        ("Male\nTapetsere\n\n", ["Male", "Tapetsere"]),
        ("3 d\tMale", ["Male"]),
        ("PK\x03\x04 er ingen arbeidsbok", ["PK er ingen arbeidsbok"]),
        ('"Male"\t"2 d"', ["Male"]),
    ],
)
def test_without_headings_the_words_are_the_names(send, text, names):
    assert paste(send, text).status_code == 200
    assert [one.name for one in rows()][2:-1] == names


@pytest.mark.parametrize("text", ["\t\t\n", "Rad\n" * 501])
def test_what_cannot_be_pasted_is_said_and_nothing_is_changed(send, text):
    assert paste(send, text).status_code == 422
    assert Plan.objects.get().revision == 2


def test_one_undo_takes_all_pasted_rows_back(send):
    back = paste(send, "Peler\t4\nArmere\t3\n").json()["undo"]
    assert send({"do": "edits", "edits": back}).status_code == 200
    assert len(rows()) == 3


def test_what_somebody_else_decides_may_become_a_draft(send):
    later = {"do": "cell", "uid": 3, "field": "duration", "text": "15d"}
    asked = send(later).json()
    assert asked["outcome"] == "ask"
    answer = send(later, draft=True)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "drafted")
    draft = Draft.objects.get()
    assert answer.json()["address"].endswith(str(draft.pk))
    assert "Støpe" in draft.name
    assert [edit["kind"] for edit in draft.edits] == ["activity.duration"]
    assert Plan.objects.get().revision == 2
    assert not Case.objects.exists()


def test_the_chart_shows_until_when_a_decision_is_needed(client, made):
    edit = engine.edit_to_json(engine.SetDuration(3, 15 * 450 * MINUTE))
    changing = commands.apply_edits.on(Plan.objects.get())
    case = submit(made.coordinator, changing, base_revision=2, edits=[edit]).case
    PendingDecision.objects.update_or_create(
        case=case, defaults={"project": made.project, "uids": [3], "need_by": date(2027, 1, 12)}
    )
    client.force_login(made.people[Role.MEMBER])
    (wait,) = client.get(reverse("plan_rows", args=[made.project.key])).json()["waits"]
    assert wait["uids"] == [3]
    assert engine.moment(wait["at"] * MINUTE).date() == date(2027, 1, 12)
    assert wait["address"] == reverse("case", args=[made.project.key, case.number])
