"""My week for programs: the same as the page, typed, and only one's own."""

import pytest
from tests import making
from tests.home import seeing
from tests.home.test_mine import called, given

from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project("Svømmehall")


def week(client, person):
    return seeing.sign_in(client, person).get("/api/v1/me/week").json()


def test_it_holds_what_the_page_holds(client, made):
    seeing.fill(made, 2)
    given(made, Role.OWNER)
    invitation = called(made)
    mine = week(client, made.people[Role.MEMBER])
    assert [(one["what"], one["title"]) for one in mine["overdue"]] == [("action", "Aksjon 0")]
    today = {one["title"]: one["answers"] for one in mine["today"]}
    assert today == {"Aksjon 1": ["done", "late", "stuck"], "Oppgave 0": ["done", "late", "stuck"]}
    (meeting,) = mine["meetings"]
    assert (meeting["invitation"], meeting["answer"]) == (str(invitation.pk), "none")
    assert mine["late_with_others"] == []
    theirs = week(client, made.people[Role.COORDINATOR])
    assert [(one["project"], one["count"]) for one in theirs["late_with_others"]] == [
        (made.project.key, 2)
    ]
    assert theirs["overdue"] == []
    founding = week(client, made.people[Role.OWNER])["to_decide"][0]
    assert founding["note"] == "Svømmehall"
    assert week(client, made.people[Role.MANAGER])["since_friday"]


@pytest.mark.parametrize("who", ["guest", "stranger"])
def test_others_get_empty_lists(client, made, who):
    given(made)
    person = made.people[Role.GUEST] if who == "guest" else making.person()
    assert not any(week(client, person).values())


def test_it_needs_somebody(client):
    assert client.get("/api/v1/me/week").status_code == 401
