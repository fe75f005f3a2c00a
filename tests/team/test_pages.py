"""The pages of working together: what they ask of the database, what they show, who is told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.team import colleague

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.foundation.authority import Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.notifications.models import OutboxMail
from tospann.projects.models import Membership
from tospann.team import commands
from tospann.team.models import DeliveredLetter, Duty, Memo, Responsibility
from tospann.team.queries import delivered, week

pytestmark = pytest.mark.django_db
WEEK_QUERIES, MATRIX_QUERIES, DELIVERED_QUERIES = 14, 8, 10


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def row(made, title="Byggesøknad <7>", **values):
    wanted = {"accountable": made.people[Role.MEMBER].pk, "responsible": [], "title": title}
    return commands.add_responsibility(
        made.coordinator, made.project, id=new_id(), **{**wanted, **values}
    )


def done(made, number=1):
    for n in range(number):
        one = colleague.add_action(made, f"Ringt <{n}>")
        actions.complete_action(made.member, one)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_week_asks_the_same_number_of_questions_however_much_there_is(
    visit, made, rows, django_assert_num_queries
):
    colleague.start_plan(made, *[f"Oppgave <{n}>" for n in range(rows)])
    for n in range(rows):
        colleague.add_action(made, f"Tiltak <{n}>")
    client = visit(Role.MANAGER)
    client.get(at(made, "team_week"))
    with django_assert_num_queries(WEEK_QUERIES):
        text = client.get(at(made, "team_week")).text
    assert text.count('class="owed-line"') == 2 * rows
    assert "<0>" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_matrix_asks_the_same_number_of_questions_however_many_rows(
    visit, made, rows, django_assert_num_queries
):
    for n in range(rows):
        row(made, f"Rad <{n}>", responsible=[made.people[Role.COORDINATOR].pk])
    client = visit(Role.MANAGER)
    client.get(at(made, "team_responsibilities"))
    with django_assert_num_queries(MATRIX_QUERIES):
        text = client.get(at(made, "team_responsibilities")).text
    assert text.count('data-letter="A"') == rows
    assert text.count('data-letter="R"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_delivered_asks_the_same_number_of_questions_however_much(
    visit, made, rows, django_assert_num_queries
):
    done(made, rows)
    client = visit(Role.MANAGER)
    client.get(at(made, "team_delivered"))
    with django_assert_num_queries(DELIVERED_QUERIES):
        text = client.get(at(made, "team_delivered")).text
    assert text.count('class="owed-line"') == rows


def test_a_row_has_exactly_one_who_answers_for_it(made):
    one = row(made)
    commands.change_responsibility(
        made.manager,
        one,
        title=one.title,
        accountable=made.people[Role.COORDINATOR].pk,
        responsible=[made.people[Role.MEMBER].pk],
        consulted=[made.people[Role.OWNER].pk],
    )
    assert Responsibility.objects.get().accountable_id == made.people[Role.COORDINATOR].pk
    assert sorted(Duty.objects.values_list("letter", flat=True)) == ["C", "R"]
    commands.change_responsibility(
        made.manager, one, title="Ny", accountable=made.people[Role.COORDINATOR].pk
    )
    assert not Duty.objects.exists()


@pytest.mark.parametrize("field", ["accountable", "informed"])
def test_nobody_from_outside_the_team_stands_in_the_matrix(made, field):
    stranger = making.person().pk
    with pytest.raises(Invalid):
        row(made, **{field: stranger if field == "accountable" else [stranger]})


def test_the_form_of_a_row_needs_one_who_answers(visit, made):
    data = {"title": "FDV", "responsible": [str(made.people[Role.MEMBER].pk)]}
    answer = visit(Role.COORDINATOR).post(at(made, "new_responsibility"), data)
    assert answer.status_code == 422
    assert "FDV" in answer.text
    assert not Responsibility.objects.exists()
    data["accountable"] = str(made.people[Role.OWNER].pk)
    assert visit(Role.COORDINATOR).post(at(made, "new_responsibility"), data).status_code == 302
    assert Responsibility.objects.get().title == "FDV"


def test_the_list_goes_out_by_mail_to_those_who_are_ticked(made):
    done(made)
    commands.send_delivered(
        made.manager,
        made.project,
        id=new_id(),
        month=timezone.localdate(),
        people=[made.people[Role.MEMBER].pk],
        message="Godt jobbet <alle>",
    )
    while carry_out_owed():
        pass
    mail = OutboxMail.objects.get(key__startswith="delivered:")
    assert mail.to == made.people[Role.MEMBER].email
    assert "Ringt <0>" in mail.body
    assert "Godt jobbet" in mail.body
    assert "Ringt &lt;0&gt;" in mail.html
    assert DeliveredLetter.objects.get().content[0]["title"] == "Ringt <0>"


def test_a_coordinator_proposes_to_send_the_list(made):
    done(made)
    outcome = submit(
        made.coordinator,
        commands.send_delivered.on(made.project),
        id=new_id(),
        month=timezone.localdate(),
        people=[made.people[Role.MEMBER].pk],
    )
    assert isinstance(outcome, Proposed)


@pytest.mark.parametrize(
    ("asked", "first"),
    [("2026-11", (2026, 11)), ("2026-13", None), ("x", None), ("9999-01", None), ("٢٠٢٦-11", None)],
)
def test_a_month_is_what_it_says_or_this_one(asked, first):
    today = timezone.localdate()
    wanted = first or (today.year, today.month)
    assert delivered.month_of(asked).first.timetuple()[:2] == wanted


@pytest.mark.parametrize("asked", ["", "9999-12-31", "2026-02-31", "2026-11-2x"])
def test_a_week_is_what_it_says_or_this_one(asked):
    assert week.week_of(asked) == week.week_of("")


def test_leaving_hands_over_everything_and_keeps_a_memo(visit, made):
    member, to = made.people[Role.MEMBER], made.people[Role.COORDINATOR]
    colleague.add_action(made)
    colleague.start_plan(made, "Grave")
    row(made)
    held = Membership.objects.get(project=made.project, person=member)
    answer = visit(Role.MANAGER).post(
        at(made, "leave_project", held.pk), {"hand_over_to": str(to.pk), "memo": "on"}
    )
    assert answer.status_code == 302
    assert Action.objects.get().owner_id == to.pk
    assert Responsibility.objects.get().accountable_id == to.pk
    memo = Memo.objects.get()
    assert memo.to_id == to.pk
    assert {one["kind"] for one in memo.content} == {"action", "task", "responsibility"}
    assert not Membership.objects.filter(pk=held.pk).exists()
    shown = visit(Role.COORDINATOR).get(memo.get_absolute_url())
    assert "Ring &lt;leverandøren&gt;" in shown.text
    assert visit(Role.OWNER).get(memo.get_absolute_url()).status_code == 403


def test_a_leavers_rows_go_to_somebody_who_stays(made):
    from tospann.foundation.authority import SYSTEM
    from tospann.people.commands import deactivate_person

    row(made)
    deactivate_person(SYSTEM, made.people[Role.MEMBER])
    assert Responsibility.objects.get().accountable_id in {
        made.people[Role.MANAGER].pk,
        made.people[Role.COORDINATOR].pk,
    }


def test_away_writes_memos_and_tells_afterwards(client, made):
    me, deputy = made.people[Role.MEMBER], made.people[Role.COORDINATOR]
    colleague.add_action(made)
    client.force_login(me, "allauth.account.auth_backends.AuthenticationBackend")
    today = timezone.localdate()
    data = {
        "starts_on": today.strftime("%d.%m.%Y"),
        "ends_on": (today + timedelta(days=5)).strftime("%d.%m.%Y"),
        "deputy": str(deputy.pk),
        "memo": "on",
    }
    assert client.post(reverse("go_away"), data).status_code == 302
    assert Memo.objects.get().to_id == deputy.pk
    actions.add_action(
        made.manager, made.project, id=new_id(), title="Nytt <mens borte>", owner=me.pk
    )
    text = client.get(reverse("away")).text
    assert "Nytt &lt;mens borte&gt;" in text
    assert deputy.name in text
