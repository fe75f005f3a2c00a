"""Rates are invisible to whoever may not see them, on every path.

An amount that occurs nowhere else is put wherever a rate can be; then every page, every address of
the API, every export, the search and the history are read as each role, and the amount looked for.
Whoever may see it must find it: a path on which nobody does proves nothing.
"""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from tests import making
from tests.resources.making_people import TERMS, asked, line, offered

from tospann.config.api import description
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.foundation.reactions import carry_out_owed
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.people.privacy import exporting
from tospann.projects import commands as projects
from tospann.resources import commands, rates
from tospann.search.models import Entry

pytestmark = pytest.mark.django_db
RATE, OWN, TITLE, HIRED = "8473.61", "9562.87", "7391.53", "6284.19"
SECRETS = (RATE, OWN, TITLE, HIRED)
HREF = re.compile(r'(?:href|hx-get|data-dialog)="(/[^"#]*)"')
PROJECT_ROLES = tuple(Role(role) for role in ("coordinator", "manager", "owner", "member", "guest"))
SEE = {Role.COORDINATOR, Role.MANAGER, Role.OWNER}
READERS = [
    *PROJECT_ROLES,
    *(
        pytest.param(role, marks=pytest.mark.long)
        for role in ("steering", "benefit_responsible", "auditor")
    ),
]
DOWNLOADS = ("xlsx", "csv")


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel("2027-01-11T08:00:00+01:00", tick=False):
        yield


@pytest.fixture
def made():
    """A project with each role, and rates wherever there can be one."""
    made = making.project(key="NF")
    for role in (Role.STEERING, Role.BENEFIT_RESPONSIBLE):
        made.people[role] = making.person()
        projects.appoint(SYSTEM, made.project, person=made.people[role].pk, role=role)
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.PORTFOLIO_LEADER):
        made.people[role] = making.person()
        people.give_organisation_role(SYSTEM, made.people[role], role=role)
    return made


@pytest.fixture
def hers(made):
    found = line()
    ours, others = {"rate": Decimal(RATE)}, {"amount": Decimal(OWN), "valid_from": date(2027, 1, 1)}
    commands.set_rate(found.actor, found.kari, id=new_id(), **others)
    values = {"amount": Decimal(TITLE), "valid_from": date(2027, 1, 1), "title": "Tester"}
    commands.set_title_rate(found.actor, making.organisation(), id=new_id(), **values)
    offer = offered(asked(made, found), found, **ours)
    counter = commands.counter_offer(made.manager, offer, id=new_id(), **TERMS, **ours)
    commands.accept_counter_offer(found.actor, counter, id=new_id())
    waits = asked(made, found, role="Drift", person=found.ola.pk)
    offered(waits, found, person=found.ola.pk, **ours)
    consultant = making.person("Innleid konsulent")
    ended = commands.record_agreement(
        made.manager,
        made.project,
        id=new_id(),
        person=consultant.pk,
        **TERMS,
        rate=Decimal(HIRED),
    )
    commands.end_agreement(made.manager, ended, ends_on=date(2027, 3, 1), reason="Ferdig")
    for _round in range(5):
        carry_out_owed()
    return found


def shows(body):
    """The secrets in an answer, however they are written: 8473.61, 8 473,61, 8&nbsp;473,61 …"""
    plain = re.sub(r"[\s\u00a0\u202f.,]|&nbsp;", "", html.unescape(body))
    return {one for one in SECRETS if one.replace(".", "") in plain}


def walked(client, start):
    """Every page that links lead to, as (address, text): also the dialogs."""
    waiting, seen = list(start), set(start)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        yield address, answer.content.decode()
        for link in map(html.unescape, HREF.findall(answer.content.decode())):
            bare = link.partition("?")[0]
            if bare not in seen and _is_ours(bare):
                seen.add(bare)
                waiting.append(bare)


def _is_ours(address):
    """Of the project, or of people's time: the rest is walked elsewhere and knows no rates."""
    mine = ("/p/NF", "/line", "/capacity", "/people", "/portfolio", "/admin", "/inbox", "/changes")
    return address.startswith(mine) or address in {"/", "/projects"}


@pytest.mark.parametrize("role", READERS)
def test_pages_show_rates_to_those_who_may_see_them_alone(client, made, hers, role):
    role = Role(role)
    client.force_login(made.people[role])
    start = ["/", "/p/NF/", reverse("agreements", args=["NF"]), reverse("history", args=["NF"])]
    start += [reverse("team_load", args=["NF"]), "/capacity", "/line", "/admin/audit", "/inbox"]
    found = {address: shows(body) for address, body in walked(client, start)}
    leaks = {address: said for address, said in found.items() if said}
    if role not in SEE:
        assert leaks == {}
        return
    assert leaks[reverse("agreements", args=["NF"])] == {RATE, HIRED}
    assert not leaks.get(reverse("history", args=["NF"]))
    assert all(said <= {RATE, HIRED} for said in leaks.values()), leaks


@pytest.mark.parametrize("role", ["administrator", "portfolio_leader"])
def test_whoever_runs_the_portal_sees_none_of_it_either(client, made, hers, role):
    client.force_login(made.people[Role(role)])
    start = ["/", "/admin/", "/admin/audit", "/admin/units", "/capacity", "/portfolio", "/p/NF/"]
    assert {a: shows(body) for a, body in walked(client, start) if shows(body)} == {}


def test_a_line_manager_sees_the_rates_of_her_people_alone(client, made, hers):
    other = line("Drift")
    client.force_login(hers.manager)
    pages = dict(walked(client, ["/line"]))
    by_title = {reverse("title_rates"): {TITLE}}
    assert {one for body in pages.values() for one in shows(body)} == {RATE, OWN, TITLE}
    client.force_login(other.manager)
    assert {a: shows(body) for a, body in walked(client, ["/line"]) if shows(body)} == by_title
    assert rates.may_see_of(hers.actor, hers.kari.pk)
    assert not rates.may_see_of(other.actor, hers.kari.pk)


def test_a_link_or_a_request_to_everybody_tells_no_line_manager_others_rates(client, made, hers):
    """Any line manager answers what is asked of no unit in particular."""
    other = line("Drift")
    days = {"starts_on": date(2028, 2, 1), "ends_on": date(2028, 3, 1)}
    anybody = asked(made, hers, role="Hvem som helst", person=None, **days)
    offered(anybody, hers, rate=Decimal(RATE), **days)
    pages = [reverse("line_request", args=[anybody.pk])]
    pages += [f"{reverse('make_offer', args=[anybody.pk])}?person={hers.kari.pk}"]
    client.force_login(hers.manager)
    assert all(shows(client.get(one).text) for one in pages)
    client.force_login(other.manager)
    assert [shows(client.get(one).text) for one in pages] == [set(), set()]


def addresses_of_the_api():
    """Every address that is read, with what the project has put into it."""
    for address, operations in description()["paths"].items():
        if "get" in operations:
            yield address


def filled(address, made):
    numbers = [f"{n}" for n in range(1, 9)]
    address = address.replace("{key}", made.project.key)
    holes = re.findall(r"\{(\w+)\}", address)
    if not holes:
        return [address]
    if holes == ["number"]:
        return [address.replace("{number}", n) for n in numbers]
    return []


@pytest.mark.parametrize("role", READERS)
def test_the_api_gives_rates_to_those_who_may_see_them_alone(client, made, hers, role):
    role = Role(role)
    client.force_login(made.people[role])
    leaks, answered = {}, 0
    for address in addresses_of_the_api():
        for one in filled(address, made):
            answer = client.get(one)
            answered += answer.status_code == 200
            if answer.status_code == 200 and not answer.streaming:
                said = shows(answer.content.decode(errors="replace"))
                leaks |= {one: said} if said else {}
    assert answered > (1 if role is Role.GUEST else 30)
    if role in SEE:
        assert leaks["/api/v1/projects/NF/agreements"] == {RATE, HIRED}
        assert not [one for one in leaks if "/entries" in one or "/search" in one]
    else:
        assert leaks == {}


@pytest.mark.parametrize("role", PROJECT_ROLES)
def test_no_list_is_exported_with_a_rate(client, made, hers, role):
    client.force_login(made.people[role])
    for page in ("agreements", "team_load", "tasks", "risks", "decisions", "money"):
        for kind in DOWNLOADS:
            answer = client.get(reverse(page, args=["NF"]), {"format": kind})
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            is_page = "text/html" in answer.headers["Content-Type"]
            if role not in SEE or not is_page:
                assert shows(content.decode(errors="replace")) == set(), (page, kind)


def test_neither_the_audit_log_nor_the_search_index_ever_held_a_rate(made, hers):
    assert AuditEntry.objects.filter(command="resources.make_offer").count() == 2
    encoder = DjangoJSONEncoder()
    for detail in AuditDetail.objects.all():
        assert shows(encoder.encode([detail.arguments, detail.changes])) == set()
    offered_ = AuditDetail.objects.filter(entry__command="resources.make_offer").first()
    assert offered_.arguments["rate"] == "…"
    for row in Entry.objects.values():
        assert shows(encoder.encode({k: str(v) for k, v in row.items()})) == set()


def test_what_the_portal_tells_a_person_of_herself_holds_no_rate(made, hers):
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(exporting.export(hers.kari))) as file:
        told = file.read("person.json").decode()
    assert "resources.agreement" in told
    assert shows(told) == set()


def test_the_gate_answers_as_the_table_of_powers_says(made, hers):
    for role, person in made.people.items():
        assert rates.may_see(actor_for(person), made.project) is (role in SEE), role
    assert not rates.may_see(hers.actor, made.project.pk)
    other = making.project(key="HALL")
    assert not rates.may_see(made.manager, other.project)


def test_what_an_hour_costs_is_as_agreed_else_her_own_else_her_titles(made, hers):
    tester = making.person(title="tester")
    ids, inside, later = [hers.kari.pk, tester.pk], date(2027, 2, 15), date(2027, 6, 1)
    assert rates.of(made.project.pk, ids, inside) == {
        hers.kari.pk: (Decimal(RATE), "NOK"),
        tester.pk: (Decimal(TITLE), "NOK"),
    }
    assert rates.hourly(made.project.pk, hers.kari.pk, later).amount == Decimal(OWN)
    assert rates.hourly(made.project.pk, tester.pk, date(2026, 12, 31)) is None
