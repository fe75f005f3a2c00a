"""Everything somebody owes in one list, as board, by person, by week and who owes whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making

from tospann.actions import commands, sources
from tospann.actions.commands.rights import is_own_made_or_kept, is_own_or_kept
from tospann.actions.models import Action
from tospann.cases import commands as cases
from tospann.foundation import parts
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import save_all
from tospann.planning.models import Activity
from tospann.risks import commands as risks
from tospann.stakeholders import commands as stakeholders

pytestmark = pytest.mark.django_db
QUERIES = {"tasks_board": 10, "tasks_people": 7, "tasks_weeks": 7, "who_owes_whom": 8}


@pytest.fixture
def made():
    return making.project()


def day(days):
    return timezone.localdate() + timedelta(days=days)


def add(made, number=1, owner=Role.MEMBER, **values):
    person = made.people[owner].pk if owner else None
    values = {"title": "Ring <leverandøren>", "owner": person} | values
    for _one in range(number):
        commands.add_action(made.coordinator, made.project, id=new_id(), **values)
    return Action.objects.order_by("-number").first()


def at(made, name, *rest):
    return reverse(name, args=[made.project.key, *rest])


def everything(made):
    """One of each kind, all the member's."""
    member = made.people[Role.MEMBER].pk
    add(made, title="En sak", due_on=day(1))
    kinds = (risks.raise_risk, risks.raise_problem, risks.raise_deviation)
    for number, raised in enumerate(kinds):
        raised(
            made.manager,
            made.project,
            id=new_id(),
            title=f"Sak {number}",
            owner=member,
            due_on=day(number),
        )
    cases.open_case(made.member, made.project, id=new_id(), title="En beslutning")
    stakeholders.record_promise(
        made.manager,
        made.project,
        id=new_id(),
        text="Et løfte",
        by_person=member,
        to_name="Vellet",
        due_on=day(9),
    )
    Activity.objects.create(
        project=made.project,
        uid=1,
        position=1,
        number="1.1",
        level=1,
        name="I planen",
        kind="task",
        state="under_way",
        finish=day(4),
        responsible_id=member,
        mode="auto",
        content="{}",
    )


def test_every_kind_stands_in_one_list_in_the_order_it_is_due(made):
    everything(made)
    found = list(sources.of_project(made.project)[:20])
    assert [(row["owed_kind"], row["owed_title"]) for row in found] == [
        ("risk", "Sak 0"),
        ("action", "En sak"),
        ("problem", "Sak 1"),
        ("deviation", "Sak 2"),
        ("task", "I planen"),
        ("promise", "Et løfte"),
        ("case", "En beslutning"),
    ]
    assert {row["owed_owner"] for row in found} == {made.people[Role.MEMBER].pk}
    assert sources.of_project(made.project).count() == 7


def test_every_kind_leads_to_its_own_page(visit, made):
    everything(made)
    client = visit(Role.COORDINATOR)
    for row in sources.of_project(made.project)[:20]:
        if row["owed_kind"] != "task":  # the plan itself is made by tests/planning
            link = sources.address(made.project.key, row)
            page = client.get(link)
            assert page.status_code == 200, link
            assert row["owed_title"] in page.text


def test_pages_of_the_list_never_overlap(made):
    everything(made)
    add(made, 9)
    rows = sources.of_project(made.project)
    seen = [(r["owed_kind"], r["owed_ref"]) for n in range(0, 16, 4) for r in rows[n : n + 4]]
    assert len(seen) == len(set(seen)) == 16


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=task", {"I planen"}),
        ("kind=nothing", {"En sak", "Sak 0", "I planen", "Et løfte"}),
        ("q=planen", {"I planen"}),
        ("state=under_way", {"I planen", "En beslutning"}),
        ("owner=nobody", set()),
        ("mine=1&sort=-due_on", {"En sak", "Sak 0", "I planen", "Et løfte"}),
        ("sort=owner&state=", {"En sak", "Sak 0", "I planen", "Et løfte"}),
    ],
)
def test_the_list_is_narrowed_whatever_keeps_the_rows(visit, made, query, titles):
    everything(made)
    text = visit(Role.MEMBER).get(f"{at(made, 'tasks')}?{query}").text
    for title in ("En sak", "Sak 0", "I planen", "Et løfte", "En beslutning"):
        if title in titles or not titles:
            assert (f">{title}</a>" in text) is (title in titles)


def test_only_actions_can_be_ticked_and_edited_in_the_row(visit, made):
    everything(made)
    text = visit(Role.COORDINATOR).get(at(made, "tasks")).text
    assert text.count("data-select ") == text.count("action-edit") == 1


@pytest.mark.parametrize("name", list(QUERIES))
@pytest.mark.parametrize("rows", [1, 3])
def test_ways_ask_the_same_number_of_questions_however_much(
    visit, made, name, rows, django_assert_num_queries
):
    add(made, rows, due_on=day(-2))
    client = visit(Role.COORDINATOR)
    client.get(at(made, name))
    with django_assert_num_queries(QUERIES[name]):
        text = client.get(at(made, name)).text
    if name != "who_owes_whom":
        assert text.count("Ring &lt;leverandøren&gt;</a>") == rows


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", list(QUERIES))
def test_an_empty_project_says_what_belongs_there(visit, made, name, language):
    client = visit(Role.MEMBER)
    client.cookies["language"] = language
    page = client.get(at(made, name))
    assert page.status_code == 200
    assert 'class="empty"' in page.text or "board-none" in page.text


@pytest.mark.parametrize("name", list(QUERIES))
def test_guests_find_nothing(visit, made, name):
    assert visit(Role.GUEST).get(at(made, name)).status_code == 404


def test_the_last_page_of_a_list_of_all_kinds_is_there_however_long(visit, made):
    everything(made)
    actions = [
        Action(
            project=made.project,
            number=number,
            title=f"Nr. {number}",
            owner=made.people[Role.MEMBER],
        )
        for number in range(100, 100 + parts.FAR)
    ]
    making.inside(lambda: save_all(actions))
    text = visit(Role.MEMBER).get(f"{at(made, 'tasks')}?state=&page=99").text
    assert f"Nr. {99 + parts.FAR}" in text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "2"])
@pytest.mark.parametrize("name", ["tasks_people", "tasks_weeks"])
def test_a_page_that_is_not_there_shows_the_nearest(visit, made, name, page):
    add(made)
    answer = visit(Role.MEMBER).get(f"{at(made, name)}?page={page}")
    assert "Ring &lt;leverandøren&gt;" in answer.text


def test_people_and_weeks_have_headings_with_counts(visit, made):
    add(made, 2, due_on=day(-1))
    add(made, due_on=day(60))
    add(made, owner=None)
    client = visit(Role.COORDINATOR)
    client.cookies["language"] = "en"
    people = client.get(at(made, "tasks_people")).text
    assert "3 open" in people
    assert "2 overdue" in people
    assert "Nobody yet" in people
    weeks = client.get(at(made, "tasks_weeks")).text
    assert weeks.index("Overdue") < weeks.index("Week ") < weeks.index("No due date")


def test_who_owes_whom_counts_and_leads_to_the_list(visit, made):
    add(made, 2, due_on=day(-1))
    add(made, owner=Role.OWNER)
    text = visit(Role.COORDINATOR).get(at(made, "who_owes_whom")).text
    owner = made.people[Role.MEMBER]
    link = f"owner={owner.pk}&amp;given={made.people[Role.COORDINATOR].pk}"
    assert link in text
    listed = visit(Role.COORDINATOR).get(f"{at(made, 'tasks')}?{link.replace('&amp;', '&')}").text
    assert listed.count("Ring &lt;leverandøren&gt;</a>") == 2


def test_a_card_is_moved_with_and_without_scripts(visit, made):
    action, client = add(made), visit(Role.MEMBER)
    address = at(made, "move_action", action.number)
    assert client.post(address, {"to": "under_way"}).url == at(made, "tasks_board")
    there = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at(made, 'tasks_board')}"}
    moved = client.post(address, {"to": "done"}, headers=there)
    done = moved.text[moved.text.index('data-stage="done"') :]
    assert f'id="card-a{action.number}"' in done
    assert "/undo/" in moved["HX-Trigger"]
    again = client.post(address, {"to": "done"}, headers=there)
    assert "HX-Trigger" not in again
    wrong = client.post(address, {"to": "dropped"}, headers=there)
    assert wrong.status_code == 422
    action.refresh_from_db()
    assert action.state == "done"


def test_a_card_of_somebody_else_stays(visit, made):
    action = add(made, owner=Role.COORDINATOR)
    address = at(made, "move_action", action.number)
    assert visit(Role.MEMBER).post(address, {"to": "done"}).status_code == 403


@pytest.fixture
def in_row(visit, made):
    def post(role, action, **typed):
        there = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at(made, 'tasks')}"}
        return visit(role).post(at(made, "action_row", action.number), typed, headers=there)

    return post


@pytest.mark.parametrize("typed", ["22.11", "fre", "uke 47", "+3d"])
def test_the_row_reads_dates_as_people_write_them(in_row, made, typed):
    action = add(made)
    kept = {"owner": str(made.people[Role.OWNER].pk), "state": "under_way", "priority": "high"}
    answer = in_row(Role.COORDINATOR, action, due_on=typed, version=action.version, **kept)
    assert answer.status_code == 200
    assert answer["HX-Retarget"] == "#register-rows"
    action.refresh_from_db()
    assert action.due_on is not None
    assert (action.owner, action.priority) == (made.people[Role.OWNER], "high")


def test_the_row_keeps_what_was_typed_wrong_and_refuses_what_is_stale(in_row, made):
    action = add(made)
    typed = {"state": "under_way", "priority": "normal", "version": action.version}
    wrong = in_row(Role.COORDINATOR, action, due_on="en gang", **typed)
    assert wrong.status_code == 422
    assert 'value="en gang"' in wrong.text
    commands.change_action(made.manager, action, title="Først")
    assert in_row(Role.COORDINATOR, action, due_on="+3d", **typed).status_code == 409
    action.refresh_from_db()
    assert action.due_on is None


def test_whoever_was_given_it_sets_the_state_alone(in_row, made):
    action = add(made)
    answer = in_row(Role.MEMBER, action, state="under_way", due_on="+3d", version=action.version)
    assert answer.status_code == 200
    action.refresh_from_db()
    assert (action.stage, action.due_on) == ("under_way", None)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OWNER, Role.MANAGER, Role.COORDINATOR])
def test_only_what_one_may_change_can_be_ticked(visit, made, role):
    """The very answer of the command, row by row."""
    add(made, title="Gitt av en annen")
    add(made, title="En annens", owner=Role.MANAGER)
    add(made, title="Ingens", owner=None)
    condition = {"origin_kind": "condition", "owner": made.people[Role.COORDINATOR].pk}
    commands.add_action(SYSTEM, made.project, id=new_id(), title="Vilkår", **condition)
    text = visit(role).get(at(made, "tasks")).text
    for action in Action.objects.all():
        refused = [is_own_or_kept, is_own_made_or_kept]
        may = any(condition(made.actor(role), action) is None for condition in refused)
        assert (f'value="{action.pk}" form="register-picked"' in text) is may, action.title


@pytest.fixture
def in_cell(visit, made):
    def ask(role, action, what, typed=None):
        there = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at(made, 'tasks')}"}
        client, address = visit(role), at(made, "action_cell", action.number, what)
        if typed is None:
            return client.get(address, headers=there)
        sent = {what: typed, "version": action.version}
        return client.post(address, sent, headers=there)

    return ask


@pytest.mark.parametrize(
    ("what", "typed", "kept"),
    [("due_on", "22.11.2030", "2030-11-22"), ("owner", "OWNER", ""), ("state", "under_way", "")],
)
def test_a_cell_changes_its_one_field_and_nothing_else(in_cell, made, what, typed, kept):
    action = add(made, due_on=day(4), priority="high")
    typed = str(made.people[Role.OWNER].pk) if typed == "OWNER" else typed
    before = Action.objects.values().get()
    assert f'id="cell-{action.number}-{what}"' in in_cell(Role.COORDINATOR, action, what).text
    answer = in_cell(Role.COORDINATOR, action, what, typed)
    assert answer["HX-Retarget"] == "#register-rows"
    assert "/undo/" in answer["HX-Trigger"]
    after = Action.objects.values().get()
    told = {"due_on": "due_on", "owner": "owner_id", "state": "began_at"}[what]
    changed = {name for name in after if after[name] != before[name]} - {"version", "given_by_id"}
    assert changed == {told}
    assert not kept or str(after["due_on"]) == kept


def test_what_is_wrong_in_a_cell_is_said_there(in_cell, made):
    action = add(made)
    wrong = in_cell(Role.COORDINATOR, action, "due_on", "en gang")
    assert wrong.status_code == 422
    assert 'value="en gang"' in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    assert in_cell(Role.COORDINATOR, action, "title", "x").status_code == 404


def test_a_cell_is_offered_to_whom_the_command_lets(in_cell, visit, made):
    action = add(made)
    text = visit(Role.MEMBER).get(at(made, "tasks")).text
    assert f'id="cell-{action.number}-state"' in text
    assert f'id="cell-{action.number}-due_on"' not in text
    assert in_cell(Role.MEMBER, action, "due_on").status_code == 403
    assert in_cell(Role.MEMBER, action, "due_on", "+3d").status_code == 403
    assert in_cell(Role.MEMBER, action, "state", "under_way").status_code == 200


def test_ticked_rows_are_changed_in_one_go(visit, made):
    picked = [str(add(made, title=f"Sak {n}").pk) for n in range(3)]
    client, address = visit(Role.COORDINATOR), at(made, "edit_actions")
    asked = client.post(address, {"pick": [*picked, "x", "None"]})
    assert asked.text.count('name="pick"') == 3
    nothing = client.post(address, {"pick": picked, "apply": "1"})
    assert nothing.status_code == 422
    typed = {"pick": picked, "apply": "1", "due_on": "22.11.2030", "owner": "nobody"}
    assert client.post(address, typed).status_code == 302
    rows = Action.objects.values_list("due_on", "owner")
    assert {(str(due), owner) for due, owner in rows} == {("2030-11-22", None)}
    client.post(address, {"pick": picked, "apply": "1", "due_on": "-"})
    assert not Action.objects.filter(due_on__isnull=False).exists()
    assert client.post(address, {}).url == at(made, "tasks")


def test_reminding_everyone_says_how_many_and_then_that_it_is_done(visit, made):
    add(made, 2, due_on=day(-2))
    client = visit(Role.COORDINATOR)
    client.cookies["language"] = "en"
    assert "Remind of 2 overdue" in client.get(at(made, "tasks")).text
    page = client.post(at(made, "remind_overdue"), follow=True).text
    assert "1 person was reminded" in page
    assert "Remind of" not in page
    assert "Remind of" not in visit(Role.MEMBER).get(at(made, "tasks")).text


def test_the_page_of_an_action_shows_what_was_said(visit, made):
    action = add(made, due_on=day(-2))
    commands.comment_on(made.member, action, id=new_id(), text="<b>Snart</b> ferdig")
    commands.add_link(
        made.member, action, id=new_id(), title="Tegning", address="https://example.org/t"
    )
    commands.remind(made.manager, action)
    action.refresh_from_db()
    commands.report_stuck(made.member, action, text="Venter på svar")
    commands.report_late(made.member, action, days=3)
    text = visit(Role.COORDINATOR).get(at(made, "action", action.number)).text
    for part in ("ferdig", "https://example.org/t", "Venter på svar"):
        assert part in text
    assert "<b>Snart" not in text
    assert at(made, "answer_late", action.number) in text
    member = visit(Role.MEMBER).get(at(made, "action", action.number)).text
    assert at(made, "answer_late", action.number) not in member


def test_what_is_said_on_the_page_is_kept(visit, made):
    action = add(made, due_on=day(2))
    client = visit(Role.MEMBER)
    for name, typed in (
        ("begin_action", {}),
        ("action_late", {"days": "3"}),
        ("action_stuck", {"text": "Venter"}),
        ("action_unstuck", {}),
        ("comment_on_action", {"text": "Snart"}),
        ("add_action_link", {"title": "T", "address": "https://example.org/"}),
    ):
        assert client.post(at(made, name, action.number), typed).status_code == 302, name
    for name, typed in (
        ("action_late", {"days": "0"}),
        ("action_late", {"days": "x"}),
        ("action_stuck", {"text": ""}),
        ("comment_on_action", {"text": " "}),
        ("add_action_link", {"title": "T", "address": "javascript:alert(1)"}),
    ):
        assert client.post(at(made, name, action.number), typed).status_code == 422, name
    link = action.links.get()
    assert client.post(at(made, "remove_action_link", link.pk)).status_code == 302
    answer = visit(Role.COORDINATOR).post(at(made, "answer_late", action.number), {"accept": "yes"})
    assert answer.status_code == 302
    action.refresh_from_db()
    assert action.due_on == day(5)


def test_whoever_leaves_hands_over_what_she_owes_or_leaves_it(visit, made):
    for number in range(40):
        add(made, title=f"Sak {number}")
    member = made.project.memberships.get(role=Role.MEMBER)
    client, address = visit(Role.MANAGER), at(made, "leave_project", member.pk)
    assert address in client.get(at(made, "team")).text
    page = client.get(address).text
    assert page.count("owed-line") == 40
    before = AuditEntry.objects.count()
    to = made.people[Role.COORDINATOR]
    assert client.post(address, {"hand_over_to": str(to.pk)}).status_code == 302
    assert AuditEntry.objects.count() == before + 3, "released; handed over, and what that did"
    assert set(Action.objects.values_list("owner", flat=True)) == {to.pk}
    coordinator = made.project.memberships.get(role=Role.COORDINATOR)
    client.post(at(made, "leave_project", coordinator.pk), {})
    assert set(Action.objects.values_list("owner", flat=True)) == {to.pk}, "nothing is lost"
    assert client.get(at(made, "tasks")).text.count("data-select ") == 40


def test_the_last_manager_stays_and_nothing_is_handed_over(visit, made):
    add(made, owner=Role.OWNER)
    owner = made.project.memberships.get(role=Role.OWNER)
    to = str(made.people[Role.COORDINATOR].pk)
    address = at(made, "leave_project", owner.pk)
    answer = visit(Role.MANAGER).post(address, {"hand_over_to": to})
    assert answer.status_code in {403, 422}
    assert Action.objects.get().owner == made.people[Role.OWNER]


def test_changes_in_bulk_stand_in_the_history_of_each(visit, made):
    actions = [add(made, title=f"Sak {n}") for n in range(2)]
    commands.edit_actions(
        made.manager,
        made.project,
        actions=[one.pk for one in actions],
        change=["priority"],
        priority="high",
    )
    client = visit(Role.COORDINATOR)
    client.cookies["language"] = "en"
    text = client.get(at(made, "action", actions[0].number)).text
    history = text[text.index('id="history"') :]
    assert "Change several actions at once" in history
    assert history.count("<del>Normal</del>") == 1, "what happened to this one alone"
