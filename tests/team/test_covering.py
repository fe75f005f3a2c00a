"""Somebody is away: one act over tasks, meetings, documents and decisions; undone as one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pydantic import ValidationError
from tests import making
from tests.team import colleague

from tospann.actions.commands import complete_action, hand_over_action
from tospann.actions.models import Action
from tospann.cases import commands as cases
from tospann.documents import locks
from tospann.foundation.authority import Role
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import carry_out_owed
from tospann.foundation.undo import undo
from tospann.meetings.models import Attendance, Meeting
from tospann.notifications.models import Notification
from tospann.planning.models import Activity, Plan
from tospann.team import commands
from tospann.team.commands import Step
from tospann.team.queries import holdings

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 13


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


@pytest.fixture
def full(made):
    """The member has an action, a task, a meeting and a checked-out document."""
    colleague.add_action(made)
    colleague.start_plan(made, "Grave <grøft>")
    colleague.call(made)
    colleague.check_out(made)
    return made


def address(made):
    return reverse("cover_for", args=[made.project.key, made.people[Role.MEMBER].pk])


def held(made, days=7):
    until = colleague.today() + timedelta(days=days)
    return holdings.of(made.project, made.people[Role.MEMBER].pk, until)


def steps(made, days=7):
    """Everything that can be given goes to the coordinator, the rest is let go."""
    to = made.people[Role.COORDINATOR].pk
    found = []
    for one in held(made, days):
        gives = holdings.GIVE in one.ways
        found.append(Step(kind=one.kind, ref=one.ref, to=to if gives else None, let_go=not gives))
    return found


def cover(made, listed=None, actor=None):
    person = made.people[Role.MEMBER].pk
    what = listed if listed is not None else steps(made)
    return commands.cover_for(actor or made.manager, made.project, person=person, steps=what)


def entry():
    return AuditEntry.objects.filter(command="team.cover_for").latest("pk")


def test_what_is_held_is_tasks_actions_meetings_and_documents(full):
    assert {one.kind for one in held(full)} == {"action", "task", "meeting", "document"}


def test_nothing_of_what_comes_later_is_held(full):
    colleague.add_action(full, "Senere", days=30)
    colleague.call(full, "Senere møte", days=30)
    assert len(held(full)) == 4


def test_one_act_takes_care_of_everything(full):
    member, to = full.people[Role.MEMBER].pk, full.people[Role.COORDINATOR].pk
    cover(full)
    assert Action.objects.get().owner_id == to
    assert Activity.objects.get(name="Grave <grøft>").responsible_id == to
    assert Attendance.objects.get(person=member).answer == "no"
    assert Meeting.objects.get().minutes_by_id == to
    assert not locks.live().exists()
    parts = AuditEntry.objects.filter(parent=entry().sequence, scope_id=full.project.pk)
    assert {part.command for part in parts} >= {
        "actions.edit_actions",
        "planning.apply_edits",
        "meetings.answer_invitation",
        "meetings.give_minutes",
        "documents.release_check_out",
    }


def test_nothing_says_why(full):
    cover(full)
    arguments = entry().detail.arguments
    assert arguments.keys() == {"person", "steps"}
    assert {key for step in arguments["steps"] for key in step} == {
        *("kind", "ref", "to", "on", "let_go")
    }


def test_it_is_undone_as_one(full):
    member = full.people[Role.MEMBER].pk
    cover(full)
    undo(full.manager, entry())
    assert Action.objects.get().owner_id == member
    assert Activity.objects.get(name="Grave <grøft>").responsible_id == member
    assert Attendance.objects.get(person=member).answer == "none"
    assert Meeting.objects.get().minutes_by_id == member
    assert locks.live().get().person_id == member


def test_undo_is_refused_when_somebody_has_built_on_it(full):
    cover(full)
    complete_action(full.coordinator, Action.objects.get())
    with pytest.raises(CommandError):
        undo(full.manager, entry())
    assert Activity.objects.get(name="Grave <grøft>").responsible_id != (
        full.people[Role.MEMBER].pk
    )


def test_a_task_can_be_moved_and_given_at_once(full):
    to, day = full.people[Role.COORDINATOR].pk, colleague.today() + timedelta(days=20)
    task = Activity.objects.get(name="Grave <grøft>")
    cover(full, [Step(kind="task", ref=str(task.uid), to=to, on=day)])
    moved = Activity.objects.get(name="Grave <grøft>")
    assert moved.responsible_id == to
    assert moved.finish >= day
    assert Plan.objects.get().revision == 2


def test_what_is_no_longer_hers_stops_everything(full):
    listed = steps(full)
    hand_over_action(full.manager, Action.objects.get(), owner=full.people[Role.MANAGER].pk)
    with pytest.raises(Invalid):
        cover(full, listed)
    assert locks.live().exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OWNER])
def test_only_those_who_keep_the_team_cover_for_others(full, role):
    with pytest.raises(NotAllowed):
        cover(full, actor=full.actor(role))


@pytest.mark.parametrize("ref", ["zz", "9" * 30, "-", "1e4"])
def test_a_step_names_something_that_can_be(made, ref):
    with pytest.raises(ValidationError):
        Step(kind="action", ref=ref, let_go=True)


def test_everybody_concerned_is_told(full):
    while carry_out_owed():
        pass
    Notification.objects.all().delete()
    cover(full)
    while carry_out_owed():
        pass
    told = set(Notification.objects.values_list("person_id", "kind"))
    assert (full.people[Role.MEMBER].pk, "news") in told
    assert (full.people[Role.COORDINATOR].pk, "action") in told


def test_whoever_else_may_decide_is_told(made):
    case = cases.open_case(
        made.coordinator, made.project, id=new_id(), title="Velg <tak>", situation="", need_by=None
    )
    assert case.number
    found = holdings.other_deciders(made.project, [case.number], made.people[Role.MEMBER].pk)
    assert set(found) == {case}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions_however_much_is_held(
    visit, made, rows, django_assert_num_queries
):
    colleague.start_plan(made, *[f"Oppgave {n}" for n in range(rows)])
    for n in range(rows):
        colleague.add_action(made, f"Tiltak {n}")
        colleague.check_out(made, f"{n}.txt")
    client = visit(Role.MANAGER)
    client.get(address(made))
    with django_assert_num_queries(PAGE_QUERIES):
        text = client.get(address(made)).text
    assert text.count('class="cover-line') == rows * 3


def test_the_page_carries_it_out_and_offers_undo(visit, full):
    client, to = visit(Role.MANAGER), str(full.people[Role.COORDINATOR].pk)
    data = {f"to-{one.key}": to for one in held(full) if holdings.GIVE in one.ways}
    answer = client.post(address(full), data)
    assert answer.status_code == 302
    assert answer.url == reverse("team_week", args=[full.project.key])
    assert Action.objects.get().owner_id == full.people[Role.COORDINATOR].pk
    assert reverse("undo", args=[entry().pk]) in client.get(answer.url).text


def test_nothing_chosen_is_said_and_kept(visit, full):
    answer = visit(Role.MANAGER).post(address(full), {})
    assert answer.status_code == 422
    assert "minst én ting" in answer.text or "at least one" in answer.text


def test_a_move_without_a_day_is_said_beside_it(visit, full):
    one = next(one for one in held(full) if one.kind == "action")
    answer = visit(Role.MANAGER).post(address(full), {f"to-{one.key}": "move"})
    assert answer.status_code == 422
    assert "cover-line has-error" in answer.text


def test_whoever_may_not_is_told_at_once_and_strangers_are_not_there(visit, full):
    assert visit(Role.MEMBER).get(address(full)).status_code == 403
    stranger = making.person()
    other = reverse("cover_for", args=[full.project.key, stranger.pk])
    assert visit(Role.MANAGER).get(other).status_code == 404
