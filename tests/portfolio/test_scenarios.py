"""Proposals to the portfolio: projects later or stopped, decided once for all of them."""

from datetime import date

import pytest
import time_machine
from tests import making
from tests.conflicts.scene import NOW, scene
from tests.home import seeing

from tospann.cases.models import Decision
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import carry_out_owed
from tospann.home import desk
from tospann.notifications.models import Notification
from tospann.people.models import Person
from tospann.planning import commands as planning
from tospann.planning.models import Activity, Plan
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.portfolio import commands
from tospann.portfolio.models import Scenario, ScenarioState
from tospann.projects import commands as projects
from tospann.projects.models import Gate, ProjectState

pytestmark = pytest.mark.django_db
PAGE = "/portfolio/scenarios/"
QUERIES = 10


@pytest.fixture
def found():
    with time_machine.travel(NOW):
        made = scene()
        for one in (made.one, made.other):
            gate = Gate.objects.filter(project=one.project).order_by("position").last()
            projects.move_gate(SYSTEM, gate, due_on=date(2027, 3, 1))
        yield made


def proposed(found, who=None, *choices):
    choices = choices or ((found.other.project, 2), (found.one.project, None))
    said = [commands.Chosen(project=project.pk, weeks=weeks) for project, weeks in choices]
    return commands.propose_scenario(
        who or found.leader,
        making.organisation(),
        id=new_id(),
        title="Fagsystemet venter",
        recommendation="Skolen må bli ferdig.",
        choices=said,
    )


def starts(project):
    rows = Activity.objects.filter(project=project).order_by("uid")
    return list(rows.values_list("start", "is_active"))


def gate_day(project):
    return Gate.objects.filter(project=project).order_by("position").last().due_on


def test_what_was_tried_is_proposed_decided_and_changes_every_project_at_once(client, found):
    seeing.sign_in(client, Person.objects.get(pk=found.leader.person_id))
    before = starts(found.other.project)
    tried = {"do_FAG": "2", "do_SKOLE": "stop"}
    shown = client.get("/portfolio/what-if", tried)
    assert 'name="do_FAG" value="2"' in shown.text
    sent = client.post("/portfolio/what-if/propose", {**tried, "title": "Fagsystemet venter"})
    assert sent.status_code == 422  # without a reason; nothing is lost
    assert 'value="Fagsystemet venter"' in sent.text
    assert not Scenario.objects.exists()
    words = {"title": "Fagsystemet venter", "recommendation": "Skolen må bli ferdig."}
    assert client.post("/portfolio/what-if/propose", {**tried, **words}).status_code == 302
    one = Scenario.objects.get()
    assert starts(found.other.project) == before
    shown = client.get(f"{PAGE}{one.number}").text
    assert "Fagsystem" in shown
    assert "Skolen må bli ferdig." in shown

    decided = {"answer": "approved", "seen": one.content_hash, "version": one.version}
    assert client.post(f"{PAGE}{one.number}/decide", decided).status_code == 302
    one.refresh_from_db()
    assert one.state == ScenarioState.APPROVED
    later = starts(found.other.project)
    assert [(b[0] - a[0]).days for a, b in zip(before, later, strict=True)] == [14, 14, 14]
    assert [active for _day, active in starts(found.one.project)] == [False, False, False]
    assert gate_day(found.other.project) == date(2027, 3, 15)
    assert gate_day(found.one.project) == date(2027, 3, 1)
    for made in (found.one, found.other):
        told = Decision.objects.get(project=made.project)
        assert (told.born_label, told.outcome) == (one.short_id, "approved")
    assert "/p/SKOLE/close" in client.get(f"{PAGE}{one.number}").text


def test_those_it_concerns_are_told(found):
    one = proposed(found, found.other.manager, (found.other.project, 2))
    commands.decide_scenario(found.leader, one, answer="rejected", reason="Det haster.")
    while carry_out_owed():
        pass
    link = f"{PAGE}{one.number}"
    told = set(Notification.objects.filter(link=link).values_list("person_id", flat=True))
    assert {found.leader.person_id, found.other.manager.person_id} <= told
    assert found.one.manager.person_id not in told


def test_it_waits_on_the_leaders_own_page(found):
    one = proposed(found, found.other.manager, (found.other.project, 2))
    rows = next(part.rows for part in desk.desk(found.leader).main if part.name == "decide")
    assert f"{PAGE}{one.number}" in [row["href"] for row in rows]


def test_a_plan_that_has_changed_is_computed_anew_before_it_is_decided(client, found):
    one = proposed(found)
    head = found.plan(found.other)
    row = PlannedRow("Mer", 1, date(2027, 3, 1), date(2027, 3, 5))
    edits = outline_edits([row], 50)
    planning.apply_edits(found.other.coordinator, head, base_revision=head.revision, edits=edits)
    acts = AuditEntry.objects.count()
    with pytest.raises(CommandError) as moved:
        commands.decide_scenario(found.leader, one, answer="approved")
    assert moved.value.status == 409
    assert AuditEntry.objects.count() == acts
    seeing.sign_in(client, Person.objects.get(pk=found.leader.person_id))
    assert 'id="decide"' not in client.get(f"{PAGE}{one.number}").text
    assert client.post(f"{PAGE}{one.number}/compute").status_code == 302
    one.refresh_from_db()
    commands.decide_scenario(found.leader, one, answer="approved", seen=one.content_hash)
    one.refresh_from_db()
    assert one.state == ScenarioState.APPROVED


def test_what_was_not_read_is_not_decided_and_nothing_is_decided_twice(found):
    one = proposed(found)
    with pytest.raises(CommandError) as moved:
        commands.decide_scenario(found.leader, one, answer="approved", seen="0" * 64)
    assert moved.value.status == 409
    commands.decide_scenario(found.leader, one, answer="approved")
    with pytest.raises(CommandError):
        commands.decide_scenario(found.leader, one, answer="rejected", reason="Nei")


def test_what_is_stored_otherwise_than_it_was_computed_is_not_carried_out(found):
    one = proposed(found)
    Scenario.objects.filter(pk=one.pk).update(operations=one.operations[:1])
    one.refresh_from_db()
    with pytest.raises(CommandError) as moved:
        commands.decide_scenario(found.leader, one, answer="approved")
    assert moved.value.status == 409


def test_an_error_in_the_last_project_changes_none(found, monkeypatch):
    one = proposed(found)
    before = list(Plan.objects.order_by("pk").values_list("content_hash", flat=True))

    def fails(*_said, **_more):
        raise Invalid("Nei")

    monkeypatch.setattr("tospann.portfolio.commands.scenarios.record_across", fails)
    with pytest.raises(Invalid):
        commands.decide_scenario(found.leader, one, answer="approved")
    assert list(Plan.objects.order_by("pk").values_list("content_hash", flat=True)) == before
    one.refresh_from_db()
    assert one.is_open


def test_only_those_who_lead_the_projects_propose_and_only_the_leader_decides(client, found):
    one, other = found.one, found.other
    for who in (one.member, other.manager):
        with pytest.raises(NotAllowed):
            proposed(found, who, (one.project, 2))
    mine = proposed(found, one.manager, (one.project, 2))
    with pytest.raises(NotAllowed):
        commands.decide_scenario(one.owner, mine, answer="approved")
    seeing.sign_in(client, other.people[Role.MANAGER])
    assert client.get(f"{PAGE}{mine.number}").status_code == 404
    assert client.post(f"{PAGE}{mine.number}/withdraw").status_code == 404
    seeing.sign_in(client, one.people[Role.OWNER])
    assert client.get(f"{PAGE}{mine.number}").status_code == 200
    assert client.post(f"{PAGE}{mine.number}/withdraw").status_code == 404
    seeing.sign_in(client, one.people[Role.MANAGER])
    assert client.post(f"{PAGE}{mine.number}/withdraw").status_code == 302
    mine.refresh_from_db()
    assert mine.state == ScenarioState.WITHDRAWN
    seeing.sign_in(client, one.people[Role.GUEST])
    assert client.get("/portfolio/scenarios").status_code == 404


def test_nothing_is_told_of_a_project_the_reader_does_not_see(client, found):
    one = proposed(found)
    seeing.sign_in(client, found.one.people[Role.MANAGER])
    shown = client.get(f"{PAGE}{one.number}").text
    assert "Ny skole" in shown
    assert ">Fagsystem<" not in shown
    got = client.get(f"/api/v1/portfolio/scenarios/{one.number}").json()
    assert [each["project"] for each in got["effects"]] == ["", "SKOLE"]


def test_nonsense_is_refused_in_words(found):
    twice = ((found.one.project, 2), (found.one.project, 4))
    with pytest.raises(Invalid):
        proposed(found, None, *twice)
    gone = making.project("Borte").project
    gone.state = ProjectState.CLOSED
    making.inside(gone.save, gone)
    with pytest.raises(Invalid):
        proposed(found, None, (gone, 2))
    with pytest.raises(Invalid):
        commands.decide_scenario(found.leader, proposed(found), answer="rejected")


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, found, more, django_assert_num_queries):
    others = [making.project(f"P{at}").project for at in range(more)]
    one = proposed(found, None, *((project, 2) for project in others))
    seeing.sign_in(client, Person.objects.get(pk=found.leader.person_id))
    client.get(f"{PAGE}{one.number}")
    with django_assert_num_queries(QUERIES):
        assert client.get(f"{PAGE}{one.number}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_and_goes_to_excel(client, found, rows, django_assert_num_queries):
    for _one in range(rows):
        proposed(found)
    seeing.sign_in(client, Person.objects.get(pk=found.leader.person_id))
    client.get("/portfolio/scenarios")
    with django_assert_num_queries(7):
        assert "Fagsystemet venter" in client.get("/portfolio/scenarios").text
    assert client.get("/portfolio/scenarios?format=xlsx").content[:2] == b"PK"
    assert len(client.get("/api/v1/portfolio/scenarios").json()) == rows


def test_a_gates_day_is_moved_by_whoever_sets_limits(client, found):
    one = found.one
    gate = Gate.objects.filter(project=one.project).order_by("position").last()
    seeing.sign_in(client, one.people[Role.OWNER])
    at = f"/p/{one.project.key}/decisions/gates/{gate.code}/day"
    assert client.post(at, {"due_on": "2027-04-01", "version": gate.version}).status_code == 302
    assert gate_day(one.project) == date(2027, 4, 1)
    assert client.post(at, {"due_on": "i går og da"}).status_code == 422
    with pytest.raises(NotAllowed):
        projects.move_gate(one.member, gate, due_on=None)
