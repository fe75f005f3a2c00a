"""My page: conflicts between projects, people asked for, invoices that wait, and the pulse."""

import pytest
import time_machine
from tests import making
from tests.conflicts.scene import NOW, scene
from tests.contracts import starting
from tests.home import seeing
from tests.resources import making_people

from tospann.contracts import commands as contracts
from tospann.foundation.authority import Role
from tospann.home import desk
from tospann.team import pulse
from tospann.team.models import PulseTally

pytestmark = pytest.mark.django_db


def block(actor, name):
    return next((one.rows for one in desk.desk(actor).main if one.name == name), [])


@time_machine.travel(NOW)
def test_the_portfolio_leader_finds_the_conflicts_she_decides():
    found = scene()
    found.look()
    (row,) = block(found.leader, "decide")
    assert row["label"] == "Sara Solheim trengs i flere prosjekter samtidig"
    assert row["href"] == "/portfolio/conflicts/1"
    assert block(found.one.manager, "decide") == []


def test_a_line_manager_finds_requests_also_when_she_is_in_no_project():
    made, line, other = making.project(), making_people.line(), making_people.line("Drift")
    asked = making_people.asked(made, line, unit=line.unit.pk)
    (row,) = block(line.actor, "decide")
    assert (row["label"], row["href"]) == ("Utvikler", f"/line/requests/{asked.pk}")
    assert block(other.actor, "decide") == []
    making_people.offered(asked, line)
    assert block(line.actor, "decide") == []


def test_an_invoice_waits_first_for_whoever_checks_and_then_for_whoever_verifies():
    made = starting.project()
    invoice = starting.invoice(made, starting.contract(made))
    to_check = [row["tag"] for row in block(made.coordinator, "prepare") if "nvoice" in row["href"]]
    assert len(to_check) == 1
    contracts.check_invoice(made.coordinator, invoice, remarks="Som avtalt")
    assert [row for row in block(made.coordinator, "prepare") if "nvoice" in row["href"]] == []
    (row,) = block(made.manager, "decide")
    assert row["href"] == f"/p/{made.project.key}/money/contracts/invoices?state=checked"


def test_the_pulse_is_one_tap_and_asked_once_a_week(client):
    made = making.project()
    address = f"/p/{made.project.key}/team/pulse"
    assert [one["key"] for one in desk.desk(made.member).pulses] == [made.project.key]
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert address in client.get("/").text
    answer = client.post(address, {"score": "4", "from": "home"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert PulseTally.objects.get().score == 4
    assert address not in client.get("/").text
    assert desk.desk(made.manager).pulses != []


def test_nobody_is_asked_where_too_few_could_answer():
    made = making.project()
    for role in (Role.OWNER, Role.MANAGER):
        making.inside(made.project.memberships.get(role=role).delete)
    assert len(made.project.memberships.exclude(role=Role.GUEST)) < pulse.FEWEST
    assert desk.desk(made.member).pulses == []
