"""ØKONOMI, contracts: the lists and pages for each role, and what their forms do."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.contracts import starting
from tests.contracts.starting import contract, invoice, order

from tospann.cases.models import Case
from tospann.contracts import commands
from tospann.contracts.models import ChangeOrder, Contract, Invoice, Notice
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.projects import commands as projects

pytestmark = pytest.mark.django_db
LISTS = {
    "contracts": 11,
    "notices": 8,
    "change_orders": 8,
    "invoices": 8,
    "procurements": 9,
    "parties": 8,
}
PAGES = {"contract": 19, "notice": 12, "change_order": 12, "invoice": 12}


@pytest.fixture
def made():
    return starting.project()


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def several(made, rows):
    of = contract(made)
    for n in range(rows):
        commands.add_term(
            made.coordinator, of, id=new_id(), kind="instalment", title=f"{n}", amount=Decimal(1)
        )
        order(made, of)
        invoice(made, of)
        commands.receive_notice(
            made.coordinator,
            made.project,
            id=new_id(),
            contract=of.pk,
            kind="change",
            title=f"{n}",
            received_at=timezone.now(),
        )
        starting.party(made, f"Part {n}", "")
        commands.start_procurement(made.coordinator, made.project, id=new_id(), title=f"{n}")
        contract(made, of=of.party, title=f"Tillegg {n}")
    return of


@pytest.mark.parametrize("rows", [1, 3])
def test_each_page_costs_as_many_queries_whatever_it_shows(
    visit, made, rows, django_assert_num_queries
):
    of = several(made, rows)
    client = visit(Role.MANAGER)
    client.get(at(made, "contracts"))
    numbers = {
        "contract": of.number,
        "notice": Notice.objects.first().number,
        "change_order": ChangeOrder.objects.first().number,
        "invoice": Invoice.objects.first().number,
    }
    found = {}
    for name, queries in (LISTS | PAGES).items():
        args = [numbers[name]] if name in numbers else []
        with django_assert_num_queries(queries):
            answer = client.get(at(made, name, *args))
        found[name] = answer.status_code
    assert set(found.values()) == {200}


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OWNER, Role.MEMBER])
def test_everybody_inside_sees_the_contracts(visit, made, role, language):
    of = several(made, 1)
    client = visit(role)
    client.cookies["language"] = language
    assert "Råbygg" in client.get(at(made, "contracts")).content.decode()
    page = client.get(at(made, "contract", of.number)).content.decode()
    assert of.party.name in page
    assert (at(made, "edit_contract", of.number) in page) == (role is Role.COORDINATOR)


def test_a_guest_and_somebody_else_see_nothing(client, made):
    of = contract(made)
    for person in (made.people[Role.GUEST], making.person()):
        client.force_login(person)
        for name, args in (*((name, ()) for name in LISTS), ("contract", (of.number,))):
            assert client.get(at(made, name, *args)).status_code == 404


def test_the_tab_is_there_where_the_project_uses_contracts(visit, made):
    client = visit(Role.MANAGER)
    tab = f'href="{at(made, "contracts")}"'
    assert tab in client.get(at(made, "money")).content.decode()
    projects.set_modules(made.manager, made.project, modules=["overview", "money"])
    assert tab not in client.get(at(made, "money")).content.decode()
    projects.set_modules(made.manager, made.project, modules=["overview", "money", "contracts"])
    assert tab in client.get(at(made, "money")).content.decode()


def test_from_party_to_signature_by_the_forms(visit, made):
    client = visit(Role.COORDINATOR)
    wrong = {"name": "Bygg AS", "organisation_number": "991825828"}
    answer = client.post(at(made, "new_party"), wrong)
    assert answer.status_code == 422
    assert "991825828" in answer.content.decode(), "what was typed is kept"
    assert (
        client.post(at(made, "new_party"), wrong | {"organisation_number": ""}).status_code == 302
    )
    party = made.project.parties.get()
    typed = {
        "title": "Drift",
        "party": str(party.pk),
        "side": "supplier",
        "standard": "ssa_d",
        "value": "1 250 000,50",
        "currency": "NOK",
        "retained_percent": "0",
        "notice_days": "5",
        "index_share": "100",
        "line": str(made.line.pk),
    }
    assert client.post(at(made, "new_contract"), typed | {"value": "mye"}).status_code == 422
    assert client.post(at(made, "new_contract"), typed).status_code == 302
    found = Contract.objects.get()
    assert (found.value, found.state) == (Decimal("1250000.50"), "planned")
    change = typed | {"title": "Drift og vakt", "version": found.version}
    assert client.post(at(made, "edit_contract", found.number), change).status_code == 302
    assert client.post(at(made, "edit_contract", found.number), change).status_code == 409
    signed = visit(Role.MANAGER).post(
        at(made, "sign_contract", found.number), {"signed_on": "1.6.2026"}
    )
    assert (signed.status_code, Contract.objects.get().state) == (302, "signed")


def test_a_notice_becomes_a_change_order_becomes_a_case(visit, made):
    of, client = contract(made), visit(Role.COORDINATOR)
    came = {
        "contract": str(of.pk),
        "kind": "change",
        "title": "Fjell",
        "received_at": "1.6.2026 14:30",
        "channel": "email",
        "price_claim": "80000",
        "time_claim": "4",
    }
    assert client.post(at(made, "receive_notice"), came).status_code == 302
    notice = Notice.objects.get()
    assert notice.received_at.astimezone().strftime("%Y-%m-%d") == "2026-06-01"
    address = f"{at(made, 'new_change_order')}?notice={notice.number}"
    page = client.get(address).content.decode()
    assert 'value="Fjell"' in page
    assert "80" in page
    typed = {"contract": str(of.pk), "title": "Sprengning", "amount": "70000", "days": "3"}
    assert client.post(address, typed).status_code == 302
    raised = ChangeOrder.objects.get()
    assert (raised.notice_id, raised.line_id) == (notice.pk, made.line.pk)
    answer = client.post(at(made, "forward_change_order", raised.number), {"money": "line"})
    case = Case.objects.get()
    assert answer["Location"] == at(made, "case", case.number)
    page = client.get(answer["Location"]).content.decode()
    assert "Sprengning" in page
    assert "70\u00a0000" in page


def test_they_are_found_by_words(visit, made):
    several(made, 1)
    carry_out_owed()
    shown = visit(Role.MEMBER).get(reverse("search"), {"q": "armering"}).content.decode()
    assert at(made, "change_order", ChangeOrder.objects.get().number) in shown
