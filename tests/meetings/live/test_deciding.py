"""A case on the agenda: whoever is there with the authority decides; else it is advice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.meetings import meet

from tospann.actions.models import Action
from tospann.cases import commands as cases
from tospann.cases.models import Assent, Case, Decision, Remark
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.meetings import commands
from tospann.meetings.live import deciding
from tospann.meetings.live.models import ItemDraft
from tospann.meetings.models import AgendaItem, Attendance
from tospann.projects import commands as projects

pytestmark = pytest.mark.django_db
EVERYBODY = (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER)


def a_case(made, deciders=("owner",), mode="any"):
    """A submitted case with the alternatives 0 and A."""
    case = cases.open_case(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Utsette pilot",
        recommendation="La det være",
    )
    cases.submit_case(made.coordinator, case)

    def point():
        found = Case.objects.get(pk=case.pk)
        found.deciders, found.mode = list(deciders), mode
        found.save()
        return found

    return making.inside(point, made.project)


def meeting_about(made, case, roles=EVERYBODY):
    item = {"about": reference(case), "about_label": case.title, "kind": "decision"}
    meeting = commands.plan_meeting(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Styringsgruppe 4",
        starts_at=timezone.now() + timedelta(minutes=5),
        duration_minutes=60,
        attendees=meet.attendees(made, *roles),
        agenda=[meet.line("Pilot", **item)],
    )
    commands.start_meeting(made.coordinator, meeting)
    return AgendaItem.objects.get(meeting=meeting)


def tick(made, item, *roles):
    for role in roles:
        who = Attendance.objects.get(meeting=item.meeting, person=made.people[role])
        commands.set_attendance(made.coordinator, who, is_present=True)


def decide(actor, item, **values):
    case = deciding.case_of(item)
    values = {"version": None, "alternative": "0", "reason": "Enighet"} | values
    return deciding.decide(actor, item, case, **values)


@pytest.fixture
def made():
    return making.project()


def test_the_owner_decides_in_the_meeting_and_that_is_the_decision(made):
    item = meeting_about(made, a_case(made))
    decide(made.owner, item)
    decision = Decision.objects.get()
    assert decision.decided_by == made.people[Role.OWNER]
    assert decision.born_in == item.ref
    assert deciding.case_of(item).state == "decided"


def test_a_condition_said_in_the_meeting_becomes_an_action(client, made):
    item = meeting_about(made, a_case(made))
    client.force_login(
        made.people[Role.OWNER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("live_decide", args=[made.project.key, item.meeting.number, item.pk])
    member = str(made.people[Role.MEMBER].pk)
    version = str(deciding.case_of(item).version)
    sent = {"alternative": "A", "reason": "", "condition": "Søke om tilskudd", "version": version}
    wrong = client.post(address, sent | {"reason": "Ja", "condition_due": "en gang"})
    assert wrong.status_code == 422
    assert "Søke om tilskudd" in wrong.text
    assert "en gang" in wrong.text
    assert client.post(address, sent).status_code == 422, "otherwise than recommended: why?"
    sent |= {"reason": "Ja", "condition_owner": member, "condition_due": "+3d"}
    assert client.post(address, sent).status_code == 302
    action = Action.objects.get(origin_kind="condition")
    assert (action.title, str(action.owner_id)) == ("Søke om tilskudd", member)
    assert action.due_on == timezone.localdate() + timedelta(days=3)
    assert Decision.objects.get().outcome == "conditions"


def test_without_authority_it_is_recorded_as_a_recommendation(made):
    item = meeting_about(made, a_case(made))
    standing = deciding.standing(made.coordinator, item.meeting, deciding.case_of(item))
    assert not standing.can_decide
    decide(made.coordinator, item)
    assert not Decision.objects.exists()
    assert deciding.case_of(item).state == "submitted"
    assert "Enighet" in Remark.objects.get().text
    decide(made.coordinator, item, conditions=[{"title": "Søke om tilskudd"}])
    assert "Søke om tilskudd" in Remark.objects.latest("said_at").text
    assert "Enighet" in ItemDraft.objects.get(item=item).text


def test_who_has_no_authority_decides_nothing_even_when_the_owner_is_there(made):
    item = meeting_about(made, a_case(made))
    tick(made, item, Role.OWNER)
    standing = deciding.standing(made.coordinator, item.meeting, deciding.case_of(item))
    assert standing.can_decide
    assert made.people[Role.OWNER].name in standing.because
    decide(made.coordinator, item)
    assert not Decision.objects.exists()


def test_a_joint_decision_needs_everybody_there_and_each_ones_yes(made):
    item = meeting_about(made, a_case(made, ("manager", "owner"), "all"))
    decide(made.owner, item)
    assert not Assent.objects.exists(), "the manager is not there: a recommendation"
    tick(made, item, Role.MANAGER, Role.OWNER)
    decide(made.owner, item)
    assert Assent.objects.get().role == "owner"
    assert not Decision.objects.exists()
    decide(made.manager, item)
    assert Decision.objects.get().born_in == item.ref


def test_a_steering_group_needs_more_than_half_of_its_members(made):
    members = [making.person(f"Medlem {number}") for number in range(3)]
    for member in members:
        projects.appoint(SYSTEM, made.project, person=member.pk, role=Role.STEERING)
    item = meeting_about(made, a_case(made, ("steering",)), roles=(Role.COORDINATOR,))
    meeting = item.meeting
    for member in members:
        commands.add_attendee(made.coordinator, meeting, id=new_id(), person=member.pk)
    case = deciding.case_of(item)
    for here, enough in ((1, False), (2, True)):
        who = Attendance.objects.get(meeting=meeting, person=members[here - 1])
        commands.set_attendance(made.coordinator, who, is_present=True)
        standing = deciding.standing(made.coordinator, meeting, case)
        assert standing.can_decide is enough, standing.because


def test_the_page_says_what_it_will_be(client, made):
    item = meeting_about(made, a_case(made))
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    here = reverse("live", args=[made.project.key, item.meeting.number])
    address = reverse("live_decide", args=[made.project.key, item.meeting.number, item.pk])
    client.force_login(made.people[Role.COORDINATOR], backend)
    client.cookies["language"] = "en"
    assert "What you record here is a recommendation." in client.get(here).text
    client.force_login(made.people[Role.OWNER], backend)
    page = client.get(here)
    assert "What you record here is a recommendation." not in page.text
    case = deciding.case_of(item)
    sent = {"alternative": "0", "reason": "Enighet", "version": str(case.version)}
    assert client.post(address, sent).status_code == 302
    decided = Decision.objects.get()
    assert reverse("decision", args=[made.project.key, decided.number]) in client.get(here).text
