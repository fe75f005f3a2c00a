"""The weekly grid and the page where hours are approved, for each role."""

import pytest
from django.urls import reverse
from django.utils import translation
from tests import making
from tests.timesheets import working

from tospann.foundation.authority import Role
from tospann.people.audit_trail import organisation_rows
from tospann.timesheets import commands
from tospann.timesheets.models import Sheet, State, Week

pytestmark = pytest.mark.django_db
WEEK_QUERIES = 14
TEAM_QUERIES = 11
SHEET_QUERIES = 14


@pytest.fixture
def made():
    return working.project(3)


def hours():
    return reverse("hours")


def team(made, name="team_hours", *more):
    return reverse(name, args=[made.project.key, *more])


def typed(made, *cells, do="save", uid=1, **more):
    """What the grid sends of one line."""
    given = {f"h-0-{step}": cell for step, cell in enumerate(cells)}
    return {"what-0": f"{made.project.pk}:{uid}:", "do": do, **given, **more}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_week_asks_the_same_number_of_questions_however_many_lines(
    visit, rows, django_assert_num_queries
):
    made = working.project(rows)
    working.save(made, *(working.line(made, 2, uid=uid + 1) for uid in range(rows)))
    client = visit_as(visit, made)
    client.get(hours())
    with django_assert_num_queries(WEEK_QUERIES):
        text = client.get(hours()).text
    assert text.count('class="hours-name">Bygg &lt;') == rows


def visit_as(visit, made, role=Role.MEMBER):
    client = visit(Role.MEMBER)
    client.force_login(made.people[role], "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_hours_asks_the_same_number_of_questions_however_long(
    visit, made, rows, django_assert_num_queries
):
    for n in range(rows):
        monday = working.this_monday() - working.timedelta(weeks=n)
        working.sent(made, working.line(made, 2), working.line(made, 3, uid=2), monday=monday)
    client = visit(Role.MANAGER)
    client.get(team(made))
    with django_assert_num_queries(TEAM_QUERIES):
        text = client.get(team(made)).text
    assert text.count('name="pick"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_week_asks_the_same_number_of_questions_however_many_lines(
    visit, made, rows, django_assert_num_queries
):
    sheet = working.sent(made, *(working.line(made, 2, uid=uid + 1) for uid in range(rows)))
    client = visit(Role.MANAGER)
    client.get(sheet.get_absolute_url())
    with django_assert_num_queries(SHEET_QUERIES):
        text = client.get(sheet.get_absolute_url()).text
    assert text.count("Bygg &lt;") == rows


def test_the_history_of_a_week_tells_of_its_writer_and_of_who_approved_it(visit, made):
    sheet = working.sent(made, working.line(made, 7.5))
    commands.approve_hours(made.manager, made.project, sheets=[sheet.pk])
    text = visit(Role.MANAGER).get(sheet.get_absolute_url()).text
    told = text[text.index('id="history"') :]
    assert made.people[Role.MEMBER].name in told
    assert made.people[Role.MANAGER].name in told


def test_the_organisations_log_holds_the_hours_people_keep(made):
    before = organisation_rows(making.SYSTEM).total
    working.sent(made, working.line(made, 7.5))
    found = organisation_rows(making.SYSTEM)
    assert found.rows[0].command == "timesheets.save_week"
    assert found.total == before + 1


def test_hours_are_typed_as_people_type_them(visit, made):
    client = visit(Role.MEMBER)
    client.post(hours(), typed(made, "7,5", "7:30", "\u00a07.5", " 8 ", "0", "", "\u202f1,25"))
    assert [str(one) for one in Sheet.objects.get().lines[0]["hours"]] == [
        *("7.5", "7.5", "7.5", "8", "0", "0", "1.25")
    ]


@pytest.mark.parametrize("cell", ["\u22121", "-1", "37,5", "syv", "1,234", "=1+1", "7,5,5", "٧"])
def test_what_cannot_be_hours_is_said_at_its_cell_and_nothing_is_saved(visit, made, cell):
    with translation.override("en"):
        answer = visit(Role.MEMBER).post(hours(), typed(made, "7,5", cell))
    assert answer.status_code == 422
    assert 'href="#h-0-1"' in answer.text
    assert 'id="e-0-1"' in answer.text
    assert 'value="7,5"' in answer.text
    assert not Week.objects.exists()


def test_as_planned_fills_the_empty_days_and_leaves_the_others(visit, made):
    visit(Role.MEMBER).post(hours(), typed(made, "3", do="planned"))
    sheet = Sheet.objects.get()
    by_task = {one["uid"]: one["hours"] for one in sheet.lines}
    assert by_task[1][0] == "3"
    assert by_task[1][1:5] == ["2.5"] * 4
    assert [by_task[uid][0] for uid in (2, 3)] == ["0", "0"]
    assert sheet.hours == 33
    assert sheet.state == State.OPEN


def test_last_week_is_copied_to_the_days_that_are_empty(visit, made):
    before = working.this_monday() - working.timedelta(weeks=1)
    working.sent(made, working.line(made, 1, 2, 3), monday=before)
    visit(Role.MEMBER).post(hours(), typed(made, "", "6", do="copy"))
    assert Sheet.objects.get(state=State.OPEN).lines[0]["hours"][:3] == ["1", "6", "3"]


def test_nothing_to_copy_is_said_and_what_was_typed_stays(visit, made):
    answer = visit(Role.MEMBER).post(hours(), typed(made, "6", do="copy"))
    assert answer.status_code == 422
    assert 'value="6"' in answer.text
    assert not Week.objects.exists()


def test_a_line_is_added_without_saving_and_found_by_words(visit, made):
    client = visit(Role.MEMBER)
    other = f"{made.project.pk}::meetings"
    text = client.post(hours(), typed(made, "6", do="add", add=other)).text
    assert f'value="{other}"' in text
    assert 'value="6"' in text
    assert not Week.objects.exists()
    text = client.post(hours(), typed(made, "6", do="add", find="bygg 3")).text
    assert f'value="{made.project.pk}:3:"' in text


def test_sent_and_taken_back_from_the_page(visit, made):
    client = visit(Role.MEMBER)
    client.post(hours(), typed(made, "7,5", do="send"))
    assert Sheet.objects.get().state == State.SUBMITTED
    assert 'name="h-0-0"' not in client.get(hours()).text
    client.post(reverse("take_back_hours"))
    assert Sheet.objects.get().state == State.OPEN


def test_one_tap_from_my_page_sends_the_week_as_planned(visit, made):
    visit(Role.MEMBER).post(reverse("send_planned_hours"))
    sheet = Sheet.objects.get()
    assert (sheet.state, sheet.hours) == (State.SUBMITTED, working.Decimal("37.5"))


def test_a_week_changed_elsewhere_keeps_what_was_typed_and_counts_when_saved_again(visit, made):
    working.save(made, working.line(made, 7.5))
    client = visit(Role.MEMBER)
    answer = client.post(hours(), typed(made, "4", seen="0"))
    assert answer.status_code == 409
    assert 'value="4"' in answer.text
    version = Week.objects.get().version
    assert f'name="seen" value="{version}"' in answer.text
    client.post(hours(), typed(made, "4", seen=str(version)))
    assert Sheet.objects.get().hours == 4


def test_hours_on_a_holiday_are_asked_about_on_the_page(visit):
    with working.may():
        made = working.project()
        client = visit_as(visit, made)
        address = f"{hours()}?week=2027-W20"
        answer = client.post(address, typed(made, "7,5"))
        assert answer.status_code == 422
        assert 'name="on_holidays"' in answer.text
        client.post(address, typed(made, "7,5", on_holidays="1"))
        assert Sheet.objects.get().hours == working.Decimal("7.5")


def test_many_weeks_are_approved_at_once_and_one_is_returned(visit, made):
    sheets = [
        working.sent(made, monday=working.this_monday() - working.timedelta(weeks=n))
        for n in range(3)
    ]
    client = visit(Role.COORDINATOR)
    client.post(team(made, "approve_hours"), {"pick": [str(one.pk) for one in sheets[1:]]})
    assert Sheet.objects.filter(state=State.APPROVED).count() == 2
    picked = {"pick": str(sheets[0].pk)}
    assert client.post(team(made, "return_hours"), picked).status_code == 200
    assert client.post(team(made, "return_hours"), picked | {"reason": ""}).status_code == 422
    client.post(team(made, "return_hours"), picked | {"reason": "Feil <uke>"})
    assert Sheet.objects.get(pk=sheets[0].pk).state == State.RETURNED
    assert "Feil &lt;uke&gt;" in visit(Role.MEMBER).get(hours()).text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 200),
        (Role.MANAGER, 200),
        (Role.OWNER, 200),
        (Role.MEMBER, 403),
        (Role.GUEST, 404),
    ],
)
def test_the_teams_hours_are_for_whoever_approves_or_answers_for_the_money(
    visit, made, role, status
):
    assert visit(role).get(team(made)).status_code == status


def test_a_week_is_its_writers_until_it_is_sent(visit, made):
    week = working.save(made, working.line(made, 7.5))
    sheet = Sheet.objects.get(week=week)
    assert visit(Role.MANAGER).get(sheet.get_absolute_url()).status_code == 404
    assert visit(Role.MEMBER).get(sheet.get_absolute_url()).status_code == 200
    working.sent(made)
    assert visit(Role.MANAGER).get(sheet.get_absolute_url()).status_code == 200
    assert visit(Role.OWNER).get(sheet.get_absolute_url()).status_code == 200


def test_somebody_elses_hours_on_another_project_stay_theirs(visit, made):
    other = working.project()
    sheet = working.sent(other)
    address = reverse("team_sheet", args=[made.project.key, sheet.pk])
    assert visit(Role.MANAGER).get(address).status_code == 404
    assert visit(Role.MANAGER).get(sheet.get_absolute_url()).status_code == 404


def test_approving_what_is_not_there_any_more_says_so(visit, made):
    sheet = working.sent(made)
    commands.take_back_week(made.member, made.people[Role.MEMBER], monday=sheet.monday)
    answer = visit(Role.MANAGER).post(team(made, "approve_hours"), {"pick": str(sheet.pk)})
    assert answer.status_code == 422
