"""Own registers: made, filled, moved, crossed, read through the API, taken to Excel, kept safe."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests import making
from tests.api.conftest import Caller, token_of

from tospann.actions.sources import of_project
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.people import commands as people
from tospann.projects import commands as projects
from tospann.projects.models import RegisterDefinition
from tospann.registers import commands
from tospann.registers.models import Line

pytestmark = pytest.mark.django_db
LIST_QUERIES, BOARD_QUERIES, MATRIX_QUERIES, LINE_QUERIES = 12, 10, 8, 13
COLUMNS = [
    {
        "key": "kind",
        "label": "Type",
        "kind": "choice",
        "required": True,
        "choices": [{"key": "noise", "label": "Støy"}, {"key": "water", "label": "Utslipp <vann>"}],
    },
    {"key": "area", "label": "Område", "kind": "choice", "choice_list": "areas"},
    {"key": "fee", "label": "Gebyr", "kind": "money"},
    {"key": "granted", "label": "Gitt", "kind": "date"},
    {"key": "contact", "label": "Kontakt", "kind": "person"},
    {"key": "judgement", "label": "Vurdering av person", "kind": "text", "restricted": True},
    {
        "key": "status",
        "label": "Status",
        "kind": "choice",
        "choices": [
            {"key": "applied", "label": "Søkt"},
            {"key": "granted", "label": "Innvilget", "final": True, "tone": "green"},
        ],
    },
]


@pytest.fixture
def made():
    made = making.project("Svømmehall <nord>", key="NF")
    areas = [{"key": "north", "label": "Nord"}, {"key": "south", "label": "Sør"}]
    projects.set_choice_list(SYSTEM, made.project, key="areas", values=areas)
    projects.keep_register(
        SYSTEM, made.project, key="permit", title="Tillatelser <plan>", columns=COLUMNS
    )
    return made


def added(made, number=1, **more):
    values = {"kind": "noise", "area": "north", "fee": "12500.50", "granted": "2027-03-01"}
    values |= {"contact": str(made.people[Role.OWNER].pk)} | more.pop("values", {})
    said = {"title": "Nattarbeid <tak>", "owner": made.people[Role.MEMBER].pk} | more
    rows = [
        commands.add_line(
            made.coordinator, made.project, id=new_id(), key="permit", values=values, **said
        )
        for _one in range(number)
    ]
    return rows[0]


def at(name, *args):
    return reverse(name, args=["NF", *args])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": None}, "kind"),
        ({"kind": "fire"}, "kind"),
        ({"fee": "mye"}, "fee"),
        ({"fee": "1e400"}, "fee"),
        ({"granted": "31.2.2027"}, "granted"),
        ({"contact": "Kari"}, "contact"),
        ({"judgement": "Lat"}, ""),
        ({"unknown": 1}, ""),
    ],
)
def test_what_a_column_cannot_hold_is_refused_by_its_name(made, values, field):
    with pytest.raises(Invalid) as refused:
        added(made, values=values)
    assert (refused.value.field or "") == field
    assert not Line.objects.exists()


def test_a_row_keeps_its_state_and_what_a_removed_column_held(made):
    line = added(made)
    assert (line.state, line.is_open) == ("applied", True)
    commands.move_line(made.coordinator, line, state="granted")
    assert not Line.objects.get().is_open
    with pytest.raises(Invalid):
        commands.move_line(made.coordinator, line, state="burnt")
    register = RegisterDefinition.objects.get(key="permit")
    fewer = [one for one in COLUMNS if one["key"] != "fee"]
    commands.change_register(made.coordinator, register, title="Tillatelser", columns=fewer)
    line.refresh_from_db()
    commands.change_line(made.coordinator, line, title="Nattarbeid", values={"kind": "water"})
    assert Line.objects.get().values == {"fee": "12500.50", "kind": "water"}
    assert AuditEntry.objects.filter(command__startswith="registers.").count() == 4


def test_everybody_on_the_team_adds_and_only_some_change(made):
    member, owner = made.actor(Role.MEMBER), made.actor(Role.OWNER)
    line = commands.add_line(
        owner, made.project, id=new_id(), key="permit", title="Graving", values={"kind": "noise"}
    )
    with pytest.raises(NotAllowed):
        commands.move_line(member, line, state="granted")
    commands.hand_over_line(made.coordinator, line, owner=made.people[Role.MEMBER].pk)
    line.refresh_from_db()
    commands.move_line(member, line, state="granted")
    guest = made.actor(Role.GUEST)
    with pytest.raises(NotAllowed):
        commands.add_line(guest, made.project, id=new_id(), key="permit", title="x", values={})


def test_risks_are_not_kept_twice(made):
    projects.keep_register(SYSTEM, made.project, key="risk", title="Risiko", columns=[])
    with pytest.raises(Invalid):
        commands.add_line(made.coordinator, made.project, id=new_id(), key="risk", title="x")


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_as_many_queries_for_three_rows_as_for_one(
    made, client, django_assert_num_queries, number
):
    added(made, number)
    client.force_login(made.people[Role.COORDINATOR])
    client.get("/")
    for name, limit in (
        ("own_register", LIST_QUERIES),
        ("register_board", BOARD_QUERIES),
        ("register_matrix", MATRIX_QUERIES),
    ):
        with django_assert_num_queries(limit):
            answer = client.get(at(name, "permit"))
        assert answer.status_code == 200
        assert "<plan>" not in answer.text
        assert "&lt;vann&gt;" in answer.text or name == "register_board"
    assert client.get(at("own_register", "permit")).text.count("Støy") > number
    with django_assert_num_queries(LINE_QUERIES):
        assert "12 500,50" in client.get(
            at("register_line", Line.objects.first().number)
        ).text.replace("\u00a0", " ")


def test_a_form_is_made_of_the_columns_and_loses_nothing_that_was_typed(made, client):
    client.force_login(made.people[Role.COORDINATOR])
    form = at("new_register_line", "permit")
    assert "Vurdering" not in client.get(form).text
    typed = {"title": "Graving", "state": "applied", "own-kind": "water", "own-fee": "mye"}
    typed |= {"own-granted": "1.3.2027", "own-area": "south"}
    refused = client.post(form, typed)
    assert refused.status_code == 422
    assert 'value="mye"' in refused.text
    assert client.post(form, typed | {"own-fee": "1 200,50"}).status_code == 302
    line = Line.objects.get()
    assert line.values == {
        "kind": "water",
        "area": "south",
        "fee": "1200.50",
        "granted": "2027-03-01",
    }
    edit = at("edit_register_line", line.number)
    assert 'value="01.03.2027"' in client.get(edit).text
    moved = client.post(at("move_register_line", line.number), {"state": "granted"})
    assert moved.status_code == 302
    assert not Line.objects.get().is_open


def test_a_register_is_made_and_changed_in_a_form(made, client):
    client.force_login(made.people[Role.COORDINATOR])
    typed = {"title": "Nøkler", "states": "Utlånt, Levert", "label_1": "Dør", "kind_1": "text"}
    typed |= {"label_2": "Plan", "kind_2": "choice", "values_2": "U1"}
    typed |= {f"kind_{n}": "text" for n in (3, 4)}
    assert client.post(at("new_register"), typed).status_code == 422
    typed["values_2"] = "U1, 1"
    assert client.post(at("new_register"), typed).status_code == 302
    made_ = RegisterDefinition.objects.get(key="nokler")
    assert [one["key"] for one in made_.columns] == ["dor", "plan", "status"]
    assert made_.columns[2]["choices"][-1]["final"]
    client.post(
        at("new_register_line", "nokler"), {"title": "A", "state": "utlant", "own-plan": "u1"}
    )
    typed |= {"label_1": "Dør nr.", "values_2": "U1, 1, 2", "version": made_.version}
    typed |= {f"kind_{n}": "text" for n in (5, 6)}
    assert client.post(at("edit_register", "nokler"), typed).status_code == 302
    made_.refresh_from_db()
    assert (made_.columns[0]["key"], made_.columns[0]["label"]) == ("dor", "Dør nr.")
    assert [one["key"] for one in made_.columns[1]["choices"]] == ["u1", "c_1", "c_2"]
    assert Line.objects.get().values == {"plan": "u1"}
    assert client.post(at("edit_register", "nokler"), typed).status_code == 409


def test_the_api_and_excel_say_the_same(made, client):
    added(made)
    call = Caller(token_of(made.people[Role.MEMBER]))
    known = call.get("/projects/NF/registers").json()
    assert [one["key"] for one in known[0]["columns"]] == [
        "kind",
        "area",
        "fee",
        "granted",
        "contact",
    ]
    row = call.get("/projects/NF/registers/permit").json()["items"][0]
    assert row["values"]["fee"] == "12500.50"
    assert call.get(f"/projects/NF/registers/lines/{row['number']}").json() == row
    assert call.get("/projects/NF/registers/risk").status_code == 404
    client.force_login(made.people[Role.MEMBER])
    answer = client.get(at("own_register", "permit"), {"format": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Tittel"], row["Type"], row["Område"]) == ("Nattarbeid <tak>", "Støy", "Nord")
    assert row["Gebyr"] == 12500.50


def test_an_own_row_is_owed_by_its_owner_and_handed_over_when_she_leaves(made):
    added(made, due_on=date(2027, 2, 1))
    member = made.people[Role.MEMBER]
    rows = of_project(made.project).values("owed_kind", "owed_owner")
    listed = [row for row in rows if row["owed_kind"] == "register_line"]
    assert [row["owed_owner"] for row in listed] == [member.pk]
    people.deactivate_person(SYSTEM, member)
    assert Line.objects.get().owner_id is None


def test_the_states_of_a_pack_stay_when_only_columns_are_changed(made, client):
    states = [{"key": "sent", "label": "Sendt"}, {"key": "given", "label": "Gitt", "final": True}]
    projects.set_choice_list(SYSTEM, made.project, key="permit_status", values=states)
    status = {"key": "status", "label": "Status", "kind": "choice", "choice_list": "permit_status"}
    columns = [{"key": "place", "label": "Sted", "kind": "text"}, status]
    kept = projects.keep_register(SYSTEM, made.project, key="zone", title="Soner", columns=columns)
    client.force_login(made.people[Role.COORDINATOR])
    typed = {"title": "Soner", "label_1": "Hvor", "version": kept.version}
    typed |= {f"kind_{n}": "text" for n in range(1, 6)}
    assert client.post(at("edit_register", "zone"), typed).status_code == 302
    kept.refresh_from_db()
    assert [one["label"] for one in kept.columns] == ["Hvor", "Status"]
    assert kept.columns[1]["choice_list"] == "permit_status"
