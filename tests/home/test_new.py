"""+ New: from any page, in the right project, in as few steps as may be."""

import pytest
from tests import making
from tests.home import seeing

from tospann.actions.commands import add_own_action
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.home.kinds import KINDS

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def made():
    return making.project("Svømmehall")


def in_two(made):
    """The member, who is also the coordinator of another project."""
    other = making.project("Rådhus")
    seeing.appoint(other, made.people[Role.MEMBER], Role.COORDINATOR)
    return other


def menu(client, at="/"):
    return client.get(at).text.split('id="new-menu"')[1].split("</ul>")[0]


def test_in_a_project_the_menu_leads_to_its_own_forms(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert f'href="/p/{made.project.key}/actions/new"' in menu(client, f"/p/{made.project.key}/")
    assert 'href="/new/action"' in menu(client)


def test_members_are_offered_what_they_may_begin_somewhere(client, made):
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert "/new/decision" not in menu(client)
    in_two(made)
    assert "/new/decision" in menu(client)


def test_the_dialog_holds_the_project_and_its_form_in_one(client, made):
    other = in_two(made)
    seeing.sign_in(client, made.people[Role.MEMBER])
    dialog = client.get("/new/action", headers=HTMX).text
    assert dialog.count("<option") == 2
    assert "/new/action/form?project=" in dialog
    form = client.get(f"/new/action/form?project={other.project.key}", headers=HTMX)
    assert form["Location"] == f"/p/{other.project.key}/actions/new"
    assert f'value="{other.project.key}" selected' in client.get("/new/action").text


def test_it_offers_only_projects_where_one_may(client, made):
    other = in_two(made)
    seeing.sign_in(client, made.people[Role.MEMBER])
    page = client.get("/new/decision")
    assert page["Location"] == f"/p/{other.project.key}/decisions/log/new"
    assert client.get(f"/new/decision/form?project={made.project.key}").status_code == 404


@pytest.mark.parametrize("address", ["/new/nothing", "/new/action/form", "/new/x/form?project=A"])
def test_what_is_not_there(client, made, address):
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.GUEST, None])
def test_guests_and_strangers_begin_nothing(client, made, role):
    person = made.people[role] if role else making.person()
    seeing.sign_in(client, person)
    assert client.get("/new/action").status_code == 404


def test_the_last_used_project_comes_first_also_without_a_cookie(client, made):
    other = in_two(made)
    seeing.fill(other, 1)
    add_own_action(made.member, made.project, id=new_id(), title="Mitt")
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert f'value="{made.project.key}" selected' in client.get("/new/action").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(client, made, rows, django_assert_num_queries):
    for _number in range(rows):
        in_two(made)
    seeing.sign_in(client, made.people[Role.MEMBER])
    client.get("/new/action", headers=HTMX)
    with django_assert_num_queries(5):
        client.get("/new/action", headers=HTMX)


@pytest.mark.parametrize("what", KINDS)
def test_what_is_called_a_dialog_answers_with_one(client, made, what):
    kind = KINDS[what]
    address = kind.address(made.project.key)
    if what == "task":
        seeing.fill(made, 1)
    seeing.sign_in(client, made.people[Role.COORDINATOR])
    answer = client.get(address, headers=HTMX)
    assert answer.status_code == 200
    assert ('id="dialog"' in answer.text and "<form" in answer.text) == kind.is_dialog
