"""The list of tasks and the page of an action, for each role, in both languages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.actions import commands
from tospann.actions.models import Action
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id

pytestmark = pytest.mark.django_db
LIST_QUERIES = 10
ACTION_QUERIES = 12


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def add(made, number=1, owner=Role.MEMBER, **values):
    values = {"title": "Ring <leverandøren>", "owner": made.people[owner].pk} | values
    for _one in range(number):
        commands.add_action(made.coordinator, made.project, id=new_id(), **values)
    return Action.objects.order_by("number").first()


def tasks(made):
    return reverse("tasks", args=[made.project.key])


def of(name, action):
    return reverse(name, args=[action.project.key, action.number])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions_however_long(
    visit, made, rows, django_assert_num_queries
):
    add(made, rows, due_on=timezone.localdate() - timedelta(days=2))
    client = visit(Role.COORDINATOR)
    client.get(tasks(made))
    with django_assert_num_queries(LIST_QUERIES):
        text = client.get(tasks(made)).text
    assert text.count(">Ring &lt;leverandøren&gt;</a>") == rows
    assert "Ring <leverandøren>" not in text


@pytest.mark.parametrize("changes", [1, 3])
def test_the_page_of_an_action_asks_the_same_number_of_questions_however_long_its_history(
    visit, made, changes, django_assert_num_queries
):
    action = add(made)
    for number in range(changes):
        commands.change_action(made.manager, action, title=f"Ring {number}")
    client = visit(Role.COORDINATOR)
    client.get(of("action", action))
    with django_assert_num_queries(ACTION_QUERIES):
        text = client.get(of("action", action)).text
    assert text.count("<details>") >= changes + 1, "the act that made it is there, too"
    assert made.people[Role.MANAGER].name in text


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER])
def test_everybody_in_the_project_reads_list_and_action(visit, made, role, language):
    action = add(made)
    client = visit(role)
    client.cookies["language"] = language
    for address in (tasks(made), of("action", action)):
        page = client.get(address)
        assert page.status_code == 200
        assert f'lang="{language}"' in page.text


def test_guests_and_strangers_find_nothing(visit, client, made):
    action = add(made)
    visit(Role.GUEST)
    for address in (tasks(made), of("action", action), of("edit_action", action)):
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(tasks(made)).status_code == 302


def test_an_action_of_another_project_is_not_found_here(visit, made):
    other = making.project()
    theirs = commands.add_action(other.coordinator, other.project, id=new_id(), title="Deres")
    client = visit(Role.COORDINATOR)
    assert client.get(reverse("action", args=[made.project.key, theirs.number])).status_code == 404
    assert client.post(of("complete_action", theirs)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "open"


def test_an_empty_list_says_what_belongs_here(visit, made):
    assert 'class="empty"' in visit(Role.COORDINATOR).get(tasks(made) + "?state=").text


def test_quick_add_gives_to_anybody_or_to_oneself(visit, made):
    typed = {"title": "Bestill befaring", "owner": str(made.people[Role.OWNER].pk)}
    assert visit(Role.COORDINATOR).post(tasks(made), typed).status_code == 302
    assert visit(Role.MEMBER).post(tasks(made), typed).status_code == 302
    owners = [action.owner for action in Action.objects.order_by("number")]
    assert owners == [made.people[Role.OWNER], made.people[Role.MEMBER]]


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "x\x00"},
        {"title": "x", "due_on": "en gang"},
        {"title": "x", "owner": "nobody"},
        {"title": "x", "owner": str(new_id())},
    ],
)
def test_bad_input_changes_nothing_and_is_kept(visit, made, typed):
    client = visit(Role.COORDINATOR)
    for address in (tasks(made), reverse("new_action", args=[made.project.key])):
        typed = typed | {"priority": "normal"}
        page = client.post(address, typed)
        assert page.status_code in {200, 422}
        assert "has-error" in page.text or 'aria-invalid="true"' in page.text
    assert not Action.objects.exists()


def test_the_form_of_an_action_saves_it(visit, made):
    action = add(made)
    client = visit(Role.COORDINATOR)
    form = client.get(of("edit_action", action))
    assert 'name="version"' in form.text
    typed = {
        "title": "Ring arkitekten", "due_on": "22.11.2027", "priority": "high",
        "version": action.version,
    }  # fmt: skip
    assert client.post(of("edit_action", action), typed).url == of("action", action)
    action.refresh_from_db()
    assert (action.title, str(action.due_on), action.priority) == (
        "Ring arkitekten",
        "2027-11-22",
        "high",
    )


def test_a_stale_form_is_refused_with_what_changed(visit, made):
    action = add(made)
    commands.change_action(made.manager, action, title="Først")
    typed = {"title": "Etter", "priority": "normal", "version": action.version}
    answer = visit(Role.COORDINATOR).post(of("edit_action", action), typed)
    assert answer.status_code == 409
    action.refresh_from_db()
    assert action.title == "Først"


def test_a_member_is_told_why_she_may_not_change_what_she_was_given(visit, made):
    action = add(made)
    client = visit(Role.MEMBER)
    page = client.get(of("action", action)).text
    assert of("complete_action", action) in page
    assert of("edit_action", action) not in page
    assert 'class="decides"' in page
    typed = {"title": "Noe lettere", "priority": "normal"}
    assert client.post(of("edit_action", action), typed).status_code == 403
    assert client.post(of("drop_action", action), {"reason": "Nei"}).status_code == 403


def test_completing_on_the_page_offers_undo(visit, made):
    action = add(made)
    client = visit(Role.MEMBER)
    page = client.post(of("complete_action", action), follow=True)
    assert "/undo/" in page.text
    assert of("reopen_action", action) in page.text
    client.post(of("reopen_action", action))
    action.refresh_from_db()
    assert action.state == "open"


def test_completing_in_the_list_answers_with_the_list_as_it_was_narrowed(visit, made):
    action = add(made, 2)
    client = visit(Role.COORDINATOR)
    there = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{tasks(made)}?state="}
    rows = client.post(of("action_toggle", action), {"to": "done"}, headers=there)
    assert rows.text.count('id="toggle-') == 2, "all states are shown, so it is still there"
    assert "/undo/" in rows["HX-Trigger"]
    again = client.post(of("action_toggle", action), {"to": "done"}, headers=there)
    assert "HX-Trigger" not in again, "it was done already"
    only_open = there | {"HX-Current-URL": f"http://testserver{tasks(made)}"}
    action = Action.objects.order_by("number").last()
    rows = client.post(of("action_toggle", action), {"to": "done"}, headers=only_open)
    assert 'id="toggle-' not in rows.text


def test_handing_over_and_dropping(visit, made):
    action = add(made)
    client = visit(Role.MANAGER)
    client.post(of("hand_over_action", action), {"owner": str(made.people[Role.OWNER].pk)})
    assert client.post(of("drop_action", action), {"reason": ""}).status_code == 422
    client.post(of("drop_action", action), {"reason": "Ikke nødvendig"})
    action.refresh_from_db()
    assert (action.owner, action.state) == (made.people[Role.OWNER], "dropped")
    assert "Ikke nødvendig" in client.get(of("action", action)).text


def test_changes_by_address_alone_are_refused(visit, made):
    action = add(made)
    client = visit(Role.MANAGER)
    for name in ("complete_action", "reopen_action", "action_toggle"):
        assert client.get(of(name, action)).status_code == 405


def test_overdue_stands_first_and_the_list_is_narrowed_by_its_address(visit, made):
    today = timezone.localdate()
    add(made, title="Senere", due_on=today + timedelta(days=3))
    add(made, title="Uten frist")
    add(made, title="Gammelt", due_on=today - timedelta(days=3), owner=Role.COORDINATOR)
    client = visit(Role.MEMBER)
    text = client.get(tasks(made)).text
    assert text.index(">Gammelt<") < text.index(">Senere<") < text.index(">Uten frist<")
    narrowed = client.get(tasks(made) + "?overdue=1").text
    assert ">Gammelt<" in narrowed
    assert ">Senere<" not in narrowed
    assert ">Gammelt<" not in client.get(tasks(made) + "?mine=1").text


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "state=%00",
        "owner=%00",
        "owner=x",
        "origin=x",
        "page=x",
        "sort=-x",
        "c=x",
        "mine=x",
    ],
)
def test_an_address_that_makes_no_sense_shows_what_there_is(visit, made, query):
    add(made)
    assert visit(Role.COORDINATOR).get(f"{tasks(made)}?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/p/%00/tasks", "/p/NO/tasks", "/p/{key}/actions/99999999999"])
def test_an_address_of_nothing_is_not_found(visit, made, address):
    add(made)
    address = address.format(key=made.project.key)
    assert visit(Role.COORDINATOR).get(address).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported_without_its_buttons(visit, made, kind):
    add(made, title='=HYPERLINK("x")')
    answer = visit(Role.COORDINATOR).get(tasks(made) + f"?format={kind}")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert b"<button" not in body
