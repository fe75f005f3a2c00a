"""What the chart is sent and what it may do, and what that costs."""

import gzip
import json
from datetime import date
from itertools import accumulate

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import making

import planengine as engine
from tospann.foundation.authority import Role
from tospann.planning import commands, dating, store
from tospann.planning.editor import sheets
from tospann.planning.models import Activity, Plan
from tospann.planning.projection import day_of
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Kartlegge", 1, date(2027, 1, 11), date(2027, 1, 15)),
    PlannedRow("Bygge", 1, date(2027, 1, 18), date(2027, 1, 22), after=(1,)),
    PlannedRow("Ferdig", 1, milestone=True, after=(2,)),
]


class Drawn:
    """The rows as a browser keeps them: all at first, then what differs."""

    def __init__(self):
        self.revision, self.rows, self.order, self.before = None, {}, [], {}

    def take(self, sent):
        assert sent["base"] in {None, self.revision}
        uids = list(accumulate(sent["rows"]["uid"]))
        for uid in sent["gone"]:
            del self.rows[uid], self.before[uid]
        for place, uid in enumerate(uids):
            columns = sent["rows"].items()
            self.rows[uid] = {name: of[place] for name, of in columns if of and name != "uid"}
            self.before[uid] = []
        ends, starts, _kinds, _lags = sent["links"]
        for end, start in zip(accumulate(ends), starts, strict=True):
            self.before[end].append(end + start)
        self.order = list(accumulate(sent["order"] or [])) or (
            uids if sent["base"] is None else self.order
        )
        self.revision = sent["revision"]
        return self


@pytest.fixture
def drawn(client, made):
    """``drawn(since)``: what the chart's rows are, or what differs from a revision."""

    def fetch(since=""):
        client.force_login(made.people[Role.MEMBER])
        answer = client.get(reverse("plan_rows", args=[made.project.key]), {"since": since})
        return answer.json()

    return fetch


@pytest.fixture
def made():
    return making.project()


def begin(made, rows=ROWS):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(rows))


@pytest.fixture
def send(client, made):
    """``send(role, operation, …)``: what the chart's own address answers."""

    def go(role, operation, *, base=None, propose=False):
        client.force_login(made.people[role])
        base = Plan.objects.get(project=made.project).revision if base is None else base
        sent = {"base_revision": base, "operation": operation, "propose": propose}
        address = reverse("plan_operations", args=[made.project.key])
        return client.post(address, json.dumps(sent), content_type="application/json")

    return go


def finish(made, uid):
    return Activity.objects.get(project=made.project, uid=uid).finish


@pytest.mark.parametrize("rows", [ROWS[:1], ROWS], ids=["1 row", "3 rows"])
def test_the_whole_plan_is_sent_in_a_few_queries(client, made, rows):
    begin(made, rows)
    client.force_login(made.people[Role.MEMBER])
    address = reverse("plan_rows", args=[made.project.key])
    client.get(address)
    store._kept.clear()
    dating._kept.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address)
    assert len(queries) == 10
    sent = answer.json()
    assert Drawn().take(sent).order == [one + 1 for one in range(len(rows))]
    assert sent["revision"] == 1
    assert client.get(address, {"since": "1"}).status_code == 204


def test_a_longer_task_moves_what_waits_for_it(made, send):
    begin(made)
    assert finish(made, 3) == date(2027, 1, 22)
    answer = send(Role.COORDINATOR, {"do": "cell", "uid": 1, "field": "duration", "text": "7d"})
    assert answer.json()["outcome"] == "done"
    assert finish(made, 3) == date(2027, 1, 26)
    undo = {"do": "edits", "edits": answer.json()["undo"]}
    assert send(Role.COORDINATOR, undo).json()["outcome"] == "done"
    assert finish(made, 3) == date(2027, 1, 22)


OPERATIONS = [
    ({"do": "cell", "uid": 2, "field": "name", "text": "Bygge alt"}, (1, 2, 3)),
    ({"do": "cell", "uid": 1, "field": "start", "text": "12.1.2027"}, (1, 2, 3)),
    ({"do": "cell", "uid": 2, "field": "before", "text": ""}, (1, 2, 3)),
    ({"do": "cell", "uid": 3, "field": "before", "text": "1; 2SS+1d"}, (1, 2, 3)),
    ({"do": "cell", "uid": 1, "field": "percent", "text": "50 %"}, (1, 2, 3)),
    ({"do": "indent", "uids": [2]}, (1, 2, 3)),
    ({"do": "down", "uids": [1]}, (2, 1, 3)),
    ({"do": "up", "uids": [3]}, (1, 3, 2)),
    ({"do": "remove", "uids": [2]}, (1, 3)),
    ({"do": "add", "after": 1, "name": "Ny"}, (1, 4, 2, 3)),
    ({"do": "place", "uids": [1], "after": 3}, (2, 3, 1)),
    ({"do": "link", "from": 1, "to": 3, "kind": "SS"}, (1, 2, 3)),
    ({"do": "chain", "uids": [1, 3]}, (1, 2, 3)),
    ({"do": "unlink", "uids": [2]}, (1, 2, 3)),
    ({"do": "move", "uid": 1, "start": engine.day(date(2027, 1, 13)) * 1440 + 480}, (1, 2, 3)),
    ({"do": "resize", "uid": 1, "finish": engine.day(date(2027, 1, 13)) * 1440 + 960}, (1, 2, 3)),
]


@pytest.mark.parametrize(("operation", "order"), OPERATIONS, ids=lambda one: str(one)[:60])
def test_each_operation_does_what_it_says_or_says_why_not(made, send, drawn, operation, order):
    begin(made)
    chart = Drawn().take(drawn())
    answer = send(Role.COORDINATOR, operation)
    if operation == {"do": "indent", "uids": [2]}:  # it waits for what it would lie under
        assert (answer.status_code, Plan.objects.get().revision) == (422, 1)
        return
    assert answer.status_code == 200, answer.json()
    assert Plan.objects.get().revision == 2
    assert tuple(chart.take(answer.json()["plan"]).order) == order
    anew = Drawn().take(drawn())
    assert (chart.order, chart.rows.keys()) == (anew.order, anew.rows.keys())
    assert chart.before == anew.before


def test_only_the_rows_that_changed_are_sent_again(made, send, drawn):
    begin(made)
    whole = drawn()
    name = {"do": "cell", "uid": 1, "field": "name", "text": "Tegne"}
    sent = send(Role.COORDINATOR, name).json()["plan"]
    assert (sent["base"], sent["rows"]["uid"], sent["order"]) == (1, [1], None)
    assert drawn("1")["rows"]["name"] == ["Tegne"]
    sheets._kept.clear()
    assert drawn("1")["base"] is None
    assert Drawn().take(whole).order == Drawn().take(drawn()).order


TYPED = [
    ("constraint", "Må starte 13.1.2027", "MSO", date(2027, 1, 13)),
    ("constraint", "fnlt 29.1.2027", "FNLT", date(2027, 1, 29)),
    ("constraint", "Så sent som mulig", "ALAP", None),
]


@pytest.mark.parametrize(("field", "text", "kind", "day"), TYPED)
def test_what_holds_a_task_is_typed_in_words_or_codes(made, send, field, text, kind, day):
    begin(made)
    typed = {"do": "cell", "uid": 1, "field": field, "text": text}
    assert send(Role.COORDINATOR, typed).json()["outcome"] == "done"
    held = store.load(Plan.objects.get()).plan.activities[0].constraint
    assert (str(held.kind), day_of(held.date)) == (kind, day)
    assert send(Role.COORDINATOR, {**typed, "text": ""}).json()["outcome"] == "done"
    assert store.load(Plan.objects.get()).plan.activities[0].constraint is None


def test_a_large_answer_is_packed_for_a_browser_that_unpacks_it(client, made):
    begin(made, [PlannedRow(f"Oppgave {n}", 1) for n in range(1, 60)])
    client.force_login(made.people[Role.MEMBER])
    address = reverse("plan_rows", args=[made.project.key])
    packed = client.get(address, headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == client.get(address).json()


def test_the_status_date_is_set_and_taken_away(made, send):
    begin(made)
    assert send(Role.COORDINATOR, {"do": "status", "text": "15.1.2027"}).json()["outcome"] == "done"
    told = store.load(Plan.objects.get()).plan.status_date
    assert day_of(told) == date(2027, 1, 15)
    assert send(Role.COORDINATOR, {"do": "status", "text": ""}).json()["outcome"] == "done"


REFUSED = [
    ({"do": "cell", "uid": 1, "field": "duration", "text": "tull"}, 422),
    ({"do": "cell", "uid": 1, "field": "start", "text": "40.13"}, 422),
    ({"do": "cell", "uid": 1, "field": "percent", "text": "101"}, 422),
    ({"do": "cell", "uid": 1, "field": "responsible", "text": "Ukjent"}, 422),
    ({"do": "cell", "uid": 1, "field": "constraint", "text": "kanskje 12.1"}, 422),
    ({"do": "cell", "uid": 1, "field": "constraint", "text": "SNET tull"}, 422),
    ({"do": "cell", "uid": 1, "field": "calendar", "text": "Månen"}, 422),
    ({"do": "status", "text": "tull"}, 422),
    ({"do": "cell", "uid": 1, "field": "before", "text": "3"}, 422),
    ({"do": "cell", "uid": 99, "field": "name", "text": "x"}, 422),
    ({"do": "link", "from": 3, "to": 1, "kind": "FS"}, 422),
    ({"do": "outdent", "uids": [1]}, 422),
    ({"do": "fly"}, 422),
    ({"do": "edits", "edits": [{"kind": "no.such"}]}, 422),
]


@pytest.mark.parametrize(("operation", "status"), REFUSED, ids=lambda one: str(one)[:60])
def test_what_cannot_be_done_is_said_and_nothing_is_changed(made, send, operation, status):
    begin(made)
    answer = send(Role.COORDINATOR, operation)
    assert (answer.status_code, Plan.objects.get().revision) == (status, 1)
    assert answer.json()["error"]


def test_what_is_wrong_names_rows_by_number_and_name(made, send):
    begin(made)
    answer = send(Role.COORDINATOR, {"do": "link", "from": 3, "to": 1, "kind": "FS"})
    assert "1 «Kartlegge» → 2 «Bygge» → 3 «Ferdig»" in answer.json()["error"]
    begun = {"do": "cell", "uid": 2, "field": "start", "text": "1.1.2999"}
    assert send(Role.COORDINATOR, begun).status_code == 422


def test_what_was_made_from_an_older_revision_is_told_apart(made, send):
    begin(made)
    name = {"do": "cell", "uid": 1, "field": "name", "text": "Ny"}
    assert send(Role.COORDINATOR, name, base=1).status_code == 200
    assert send(Role.COORDINATOR, {**name, "text": "Nyere"}, base=1).status_code == 409


def test_whoever_may_not_touch_the_plan_is_refused(made, send):
    begin(made)
    name = {"do": "cell", "uid": 1, "field": "name", "text": "Ny"}
    assert send(Role.GUEST, name).status_code == 404
    assert send(Role.OWNER, name).status_code == 403


def test_a_delay_is_looked_at_without_being_made(client, made):
    begin(made)
    client.force_login(made.people[Role.MEMBER])
    address = reverse("what_if", args=[made.project.key, 1])
    page = client.get(address, {"days": "3"}).content.decode()
    assert "3 arbeidsdager senere" in page
    assert "27.01.2027" in page
    assert client.get(address, {"days": "tull"}).status_code == 200
    assert Plan.objects.get().revision == 1


def test_stored_dates_scheduled_again_are_the_same(made):
    head = begin(made)
    plan = store.load(head).plan
    assert dating.dated(plan) == plan
