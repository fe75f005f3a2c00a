"""Reports, registers and meetings in the room: by their share, and in no other way."""

import io

import pypdf
import pytest
from django.test import Client
from django.utils import timezone
from tests import making
from tests.meetings import meet
from tests.reports import reporting

from tospann.actions import commands as actions
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.meetings import commands as meetings
from tospann.meetings import publishing
from tospann.reports.editions import commands as editions
from tospann.reports.editions import issuing
from tospann.reports.editions.making import Chosen
from tospann.rooms import commands, registers
from tospann.sharing import commands as sharing
from tospann.sharing.models import AccessLog

SECRET = "Naboens <tilbud>"
ROOM_QUERIES = 15


@pytest.fixture
def edition(made):
    signed = reporting.signed(made)
    return issuing.make(made.manager, signed, Chosen(title="Status til kunden", done="Støpt"))


@pytest.fixture
def view(made):
    return make_view(made, columns=["number", "title", "state"])


@pytest.fixture
def meeting(made):
    return minutes_of(made)


def act(made, title, **values):
    owner = made.people[Role.MEMBER].pk
    values = {"owner": owner} | values
    return actions.add_action(made.manager, made.project, id=new_id(), title=title, **values)


def make_view(made, **values):
    values = {"id": new_id(), "of": "actions", "title": "Tiltak for dere", **values}
    return commands.make_register_view(made.coordinator, made.project, **values)


def minutes_of(made, **values):
    """Minutes of three points: one for all, one private, one that is the guest's own."""
    held = meet.under_way(
        made,
        days=0,
        items=("Fremdrift", SECRET, "Deres kran"),
        externals=[("Kari Kunde", "kari@kunde.no", "Kunde AS")],
        **values,
    )
    secret, own = meet.item(held, SECRET), meet.item(held, "Deres kran")
    called = meet.called(held, "Kari Kunde")
    for one, more in ((secret, {"private": True}), (own, {"concerns": [str(called.pk)]})):
        for name, value in more.items():
            setattr(one, name, value)
        making.inside(one.save, made.project)
    meetings.save_item_text(made.coordinator, meet.again(own), text="Kranen kommer mandag")
    publishing.publish(made.coordinator, meet.again(held), timezone.localdate())
    return meet.again(held)


def at(made, kind, one, more=""):
    return f"/rooms/{made.project.key}/{kind}/{one.pk}{more}"


def paths(made, out, view, meeting):
    return [
        at(made, "reports", out),
        at(made, "reports", out, "/pdf"),
        at(made, "registers", view),
        at(made, "meetings", meeting),
        at(made, "meetings", meeting, "/minutes"),
    ]


def test_each_is_reached_by_its_own_share_and_by_nothing_else(
    made, edition, view, meeting, share, enter
):
    out = edition.result
    every = paths(made, out, view, meeting)
    for what, open_to in ((out, every[:2]), (view, every[2:3]), (meeting, every[3:])):
        browser = Client()
        one, token = share(what)
        assert str(what) in enter(token, browser).content.decode().replace("&lt;", "<").replace(
            "&gt;", ">"
        )
        for path in every:
            assert browser.get(path).status_code == (200 if path in open_to else 404), path
        sharing.stop_share(made.manager, one)
        assert {browser.get(path).status_code for path in every} == {404}


def test_nobody_gets_there_by_a_role(client, made, edition, view, meeting):
    for role in (Role.MANAGER, Role.MEMBER, Role.GUEST):
        client.force_login(made.people[role])
        for path in paths(made, edition.result, view, meeting):
            assert client.get(path).status_code == 404


def test_a_share_of_another_project_opens_nothing_here(made, view, share, enter, client):
    _one, token = share(view)
    enter(token)
    other = making.project().project
    assert client.get(f"/rooms/{other.key}/registers/{view.pk}").status_code == 404


def test_what_is_withdrawn_or_cancelled_or_removed_is_gone(made, edition, view, share, enter):
    planned = meet.planned(made)
    browsers = []
    for what, kind in ((edition.result, "reports"), (view, "registers"), (planned, "meetings")):
        _one, token = share(what)
        browser = Client()
        enter(token, browser)
        browsers.append((browser, at(made, kind, what)))
    assert [browser.get(path).status_code for browser, path in browsers] == [200] * 3
    editions.withdraw_edition(made.manager, edition.result, id=new_id(), reason="Feil")
    commands.remove_register_view(made.coordinator, view)
    meetings.cancel_meeting(made.coordinator, meet.again(planned), message="Utgår")
    assert [browser.get(path).status_code for browser, path in browsers] == [404] * 3


def test_the_minutes_hold_nothing_private_on_any_path(made, meeting, share, enter, client):
    _one, token = share(meeting, "guest", asks_code=False)
    enter(token)
    page = client.get(at(made, "meetings", meeting)).content.decode()
    file = client.get(at(made, "meetings", meeting, "/minutes")).content
    printed = pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text()
    for text in (page, printed):
        assert "Kranen kommer mandag" in text
        assert "Naboens" not in text


def test_only_her_own_points_where_the_meeting_says_so(made, share, enter):
    held = minutes_of(made, own_points_only=True)
    pages = {}
    for kind in ("guest", "link"):
        browser = Client()
        _one, token = share(held, kind, **({"asks_code": False} if kind == "guest" else {}))
        enter(token, browser)
        pages[kind] = browser.get(at(made, "meetings", held)).content.decode()
    assert "Deres kran" in pages["guest"]
    assert "Fremdrift" not in pages["guest"]
    assert "Deres kran" not in pages["link"], "whoever has the link was not called"


def test_before_the_minutes_the_agenda_is_read(made, share, enter, client):
    planned = meet.planned(made, items=("Fremdrift", SECRET))
    secret = meet.item(planned, SECRET)
    secret.private = True
    making.inside(secret.save, made.project)
    _one, token = share(planned)
    enter(token)
    page = client.get(at(made, "meetings", planned)).content.decode()
    assert "Fremdrift" in page
    assert "Naboens" not in page
    assert client.get(at(made, "meetings", planned, "/minutes")).status_code == 404


def test_a_view_shows_its_columns_of_its_rows_as_they_are_now(made, view, share, enter, client):
    first, second = act(made, "Bestille stål"), act(made, "Ringe naboen")
    few = make_view(made, columns=["title"], numbers=[first.number])
    for one in (view, few):
        _one, token = share(one)
        enter(token)
    page = client.get(at(made, "registers", view)).content.decode()
    assert "Bestille stål" in page
    assert "Ringe naboen" in page
    assert made.people[Role.MEMBER].name not in page, "the owner is no column of it"
    assert "Ringe naboen" not in client.get(at(made, "registers", few)).content.decode()
    actions.complete_action(made.manager, second)
    assert "Ringe naboen" not in client.get(at(made, "registers", view)).content.decode()


@pytest.mark.parametrize("of", list(registers.REGISTERS))
def test_every_register_and_all_its_columns_can_be_read(made, of):
    shown = registers.shown(make_view(made, of=of, columns=list(registers.columns(of))))
    assert len(shown.heads) == len(registers.columns(of))
    with pytest.raises(Invalid):
        make_view(made, of=of, columns=["title", "rate"])


def test_a_file_that_may_only_be_looked_at_is_not_let_out_and_a_limit_is_counted(
    made, edition, share, enter
):
    out = edition.result
    for values, expected in (({"may_download": False}, [403]), ({"download_limit": 1}, [200, 403])):
        browser = Client()
        _one, token = share(out, **values)
        enter(token, browser)
        assert browser.get(at(made, "reports", out)).status_code == 200
        got = [browser.get(at(made, "reports", out, "/pdf")).status_code for _n in expected]
        assert got == expected
    assert AccessLog.objects.filter(what="downloaded").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_room_costs_the_same_however_much_is_shared(
    made, share, client, rows, django_assert_num_queries
):
    person = making.person("Kunde", is_external=True)
    for number in range(rows):
        for what in (make_view(made, columns=["title"], title=f"V{number}"), meet.planned(made)):
            sharing.share_outside(
                *(made.manager, made.project),
                id=new_id(),
                reference=reference(what),
                kind="person",
                person=person.pk,
            )
    client.force_login(person)
    client.get(f"/rooms/{made.project.key}/")
    with django_assert_num_queries(ROOM_QUERIES):
        page = client.get(f"/rooms/{made.project.key}/").content.decode()
    assert page.count("/registers/") == page.count("/meetings/") == rows


def test_a_view_is_made_in_the_form_and_listed_to_share(client, made):
    client.force_login(made.people[Role.COORDINATOR])
    here = f"/p/{made.project.key}/room"
    answer = client.post(
        f"{here}/registers/new?register=risks",
        {"title": "Risiko", "columns": ["title", "level"], "numbers": "P-3, 4", "open_only": "on"},
    )
    assert answer.status_code == 302
    made_ = made.project.register_views.get()
    assert (made_.register, made_.numbers) == ("risks", [3, 4])
    assert made_.get_absolute_url() in client.get(here).content.decode()
    assert client.get(made_.get_absolute_url()).status_code == 200
    wrong = {"title": "Risiko", "columns": ["title"], "numbers": "alle"}
    assert client.post(f"{here}/registers/new?register=risks", wrong).status_code == 422
