"""Contracts through the REST API: what is shown, to whom, and what one may do."""

from decimal import Decimal

import pytest
from tests import making
from tests.contracts import starting
from tests.contracts.starting import whole

from tospann.contracts.models import Invoice
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return starting.project()


def ask(client, made, path=""):
    return client.get(f"/api/v1/projects/{made.project.key}/contracts{path}")


def test_the_whole_of_a_contract(visit, made):
    scene = whole(made)
    client = visit(Role.MEMBER)
    (row,) = ask(client, made).json()["items"]
    assert (row["title"], Decimal(row["sum_now"])) == ("Råbygg", 500_000)
    one = ask(client, made, f"/{scene.contract.number}").json()
    assert one["party"]["organisation_number"] == starting.NUMBER
    assert Decimal(one["account"]["invoiced"]) == 100_000
    assert Decimal(one["account"]["waiting"]) == 40_000
    shown = ask(client, made, f"/invoices/{scene.invoice.number}").json()
    assert Decimal(shown["to_pay"]) == 115_000
    assert [check["is_fine"] for check in shown["checks"]] == [True, True, True]
    assert ask(client, made, "/changes?state=draft").json()["count"] == 1
    assert ask(client, made, "/invoices?state=sent").json()["count"] == 0
    for path in ("/notices", "/procurements", "/parties", f"/changes/{scene.order.number}"):
        assert ask(client, made, path).status_code == 200, path


def test_whoever_does_not_see_the_project_finds_nothing(client, made):
    scene = whole(made)
    client.force_login(making.person())
    for path in ("", f"/{scene.contract.number}", "/invoices", "/parties"):
        assert ask(client, made, path).status_code == 404


@pytest.mark.parametrize(("role", "status"), [(Role.MEMBER, 403), (Role.COORDINATOR, 200)])
def test_an_invoice_is_recorded_by_those_who_keep_them(visit, made, role, status):
    scene = whole(made)
    given = {
        "id": str(new_id()),
        "contract": str(scene.contract.pk),
        "reference": "API-1",
        "invoiced_on": "2026-07-01",
        "due_on": "2026-08-01",
        "amount": "0.10",
    }
    answer = visit(role).post(
        f"/api/v1/projects/{made.project.key}/commands/contracts.receive_invoice",
        {"arguments": given},
        content_type="application/json",
    )
    assert answer.status_code == status
    kept = Invoice.objects.filter(reference="API-1").values_list("amount", flat=True)
    assert list(kept) == ([Decimal("0.10")] if status == 200 else [])
