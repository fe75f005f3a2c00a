"""The register of stakeholders, what is thought of them, and what they are told."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests import making

from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail
from tospann.foundation.reactions import carry_out_owed
from tospann.home import desk
from tospann.notifications.models import Notification
from tospann.people.audit_trail import audit_rows
from tospann.search import queries as searching
from tospann.stakeholders import commands, communicating, jobs, registered
from tospann.stakeholders.cadence import after
from tospann.stakeholders.models import (
    Audience,
    Channel,
    CommunicationItem,
    HowOften,
    Judgement,
    Receipt,
    Stakeholder,
)

pytestmark = pytest.mark.django_db
REGISTER_QUERIES = 10
ONE_QUERIES = 13
PLAN_QUERIES = 11
LINE_QUERIES = 16
MATRIX_QUERIES = 8
TODAY = timezone.localdate()
SECRET = "Fast kaffe med lederen, som er vrien"


@pytest.fixture
def made():
    return making.project("Svømmehall")


def at(made, name, *more):
    return reverse(name, args=[made.project.key, *more])


def neighbours(made, name="Naboene <nord>", **values):
    return commands.add_stakeholder(
        made.coordinator, made.project, id=new_id(), name=name, expectation="Mindre støy", **values
    )


def judged(made, of, influence=3, interest=2):
    commands.judge_stakeholder(
        made.coordinator, of, influence=influence, interest=interest, strategy=SECRET
    )
    return of


def line(made, *who, next_on=TODAY, how_often=HowOften.MONTHLY, **values):
    return commands.plan_communication(
        made.coordinator, made.project, id=new_id(), title="Støyvarsel", channel=Channel.MAIL,
        stakeholders=[one.pk for one in who], how_often=how_often, next_on=next_on, **values
    )  # fmt: skip


@pytest.mark.parametrize(
    ("how_often", "planned", "told", "then"),
    [
        (HowOften.ONCE, date(2027, 1, 1), date(2027, 1, 1), None),
        (HowOften.WEEKLY, date(2027, 1, 1), date(2027, 1, 20), date(2027, 1, 22)),
        (HowOften.FORTNIGHTLY, date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 15)),
        (HowOften.MONTHLY, date(2027, 1, 31), date(2027, 1, 30), date(2027, 2, 28)),
        (HowOften.MONTHLY, date(2027, 1, 31), date(2027, 3, 1), date(2027, 3, 31)),
        (HowOften.QUARTERLY, date(2027, 11, 30), date(2027, 11, 30), date(2028, 2, 29)),
        (HowOften.HALF_YEARLY, date(2027, 8, 31), date(2027, 8, 1), date(2028, 2, 29)),
    ],
)
def test_the_next_time_follows_the_plan_and_not_the_delay(how_often, planned, told, then):
    assert after(how_often, planned, told) == then


def test_what_is_thought_is_read_by_those_who_keep_the_register(visit, made):
    one = judged(made, neighbours(made))
    root = f"/api/v1/projects/{made.project.key}/stakeholders"
    pages = [at(made, "stakeholders"), one.get_absolute_url(), at(made, "stakeholder_matrix")]
    files = [at(made, "stakeholders") + "?format=csv&c=own_words&c=influence"]
    api = [root, f"{root}/{one.number}", f"/api/v1/projects/{made.project.key}/entries"]
    for role in (Role.COORDINATOR, Role.MANAGER):
        client = visit(role)
        assert SECRET in client.get(one.get_absolute_url()).text
        assert client.get(root).json()["items"][0]["judgement"]["influence"] == 3
    for role in (Role.OWNER, Role.MEMBER, Role.GUEST):
        client = visit(role)
        for address in (*pages, *files, *api, at(made, "history"), "/"):
            answer = client.get(address)
            said = b"".join(answer) if answer.streaming else answer.content
            assert SECRET.encode() not in said, (role, address)
            assert "Arbeid tett" not in said.decode(errors="ignore"), (role, address)
    assert visit(Role.MEMBER).get(root).json()["items"][0]["judgement"] is None
    assert visit(Role.OWNER).get(pages[2]).status_code == 403
    assert visit(Role.MEMBER).get(at(made, "judge_stakeholder", one.number)).status_code == 403


def test_the_log_says_that_somebody_was_judged_and_not_how(made):
    judged(made, neighbours(made))
    for actor, reads in ((made.coordinator, True), (made.member, False)):
        rows = audit_rows(actor, made.project.pk).rows
        told = [row for row in rows if row.command == "stakeholders.judge_stakeholder"]
        assert bool(told[0].changes) is reads
        assert (SECRET in str(told)) is reads
    kept = AuditDetail.objects.get(entry__command="stakeholders.judge_stakeholder")
    assert SECRET not in str(kept.arguments)


def test_judgements_are_not_searched(made):
    judged(made, neighbours(made))
    while carry_out_owed():
        pass
    found = searching.found(made.coordinator, "naboene")
    assert "Naboene" in str(found)
    assert "Naboene" not in str(searching.found(made.coordinator, "kaffe"))


@pytest.mark.parametrize(
    ("influence", "interest", "key"),
    [(3, 2, "involve"), (2, 1, "satisfy"), (1, 3, "inform"), (0, 0, "watch")],
)
def test_the_strategy_follows_the_quadrant(influence, interest, key):
    assert registered.strategy(influence, interest)[0] == key
    assert registered.strategy(None, interest) is None


def test_the_matrix_places_everybody_who_is_judged(made):
    one, other = judged(made, neighbours(made), 3, 1), judged(made, neighbours(made, "Rådet"), 0, 3)
    neighbours(made, "Uvurdert")
    rows = registered.matrix(made.manager, made.project)
    assert [degree.value for degree, _cells in rows] == [3, 2, 1, 0]
    assert rows[0][1][1].who == (one,)
    assert rows[3][1][3].who == (other,)
    assert sum(len(cell.who) for _degree, cells in rows for cell in cells) == 2


def test_what_was_told_is_logged_for_each_and_the_next_time_follows(made):
    one, other = neighbours(made), neighbours(made, "Skolen")
    item = line(made, one, other, next_on=TODAY - timedelta(days=1))
    commands.record_communication(made.coordinator, item, id=new_id(), note="Sendt brev")
    found = CommunicationItem.objects.get()
    assert found.next_on > TODAY
    commands.record_communication(made.coordinator, found, id=new_id(), stakeholders=[other.pk])
    assert len(registered.received(one)) == 1
    assert len(registered.received(other)) == 2
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Invalid):
        commands.record_communication(made.coordinator, found, id=new_id(), on=tomorrow)
    with pytest.raises(NotAllowed):
        commands.record_communication(made.member, found, id=new_id())


def test_told_once_it_is_done(made):
    item = line(made, neighbours(made), how_often=HowOften.ONCE)
    commands.record_communication(made.coordinator, item, id=new_id())
    ended = CommunicationItem.objects.get()
    assert ended.next_on is None
    with pytest.raises(Invalid):
        commands.end_communication(made.coordinator, ended)


def test_a_line_is_for_somebody_of_this_project(made):
    one = neighbours(made)
    with pytest.raises(Invalid):
        line(made)
    stranger = neighbours(making.project("Annet"))
    with pytest.raises(Invalid):
        line(made, stranger)
    item = line(made, one)
    other = neighbours(made, "Skolen")
    values = {"title": "Ny", "channel": Channel.LETTER, "how_often": HowOften.ONCE}
    commands.change_communication(made.coordinator, item, stakeholders=[other.pk], **values)
    assert [row.stakeholder_id for row in Audience.objects.all()] == [other.pk]
    with pytest.raises(Invalid):
        commands.change_communication(made.coordinator, item, stakeholders=[new_id()], **values)


def test_who_is_still_to_be_told_is_not_removed(made):
    one = judged(made, neighbours(made))
    item = line(made, one)
    with pytest.raises(Invalid):
        commands.remove_stakeholder(made.coordinator, one)
    commands.end_communication(made.coordinator, item)
    commands.remove_stakeholder(made.coordinator, one)
    assert not Judgement.objects.exists()
    assert not Stakeholder.objects.get().is_active


def test_what_is_due_lies_on_the_coordinators_desk_and_with_who_is_to_tell_it(made):
    line(made, neighbours(made), responsible=made.member.person_id)
    for role, there in ((Role.COORDINATOR, True), (Role.MEMBER, True), (Role.OWNER, False)):
        shown = str([block.rows for block in desk.desk(made.actor(role)).main])
        assert ("Støyvarsel" in shown) is there, role


def test_somebody_is_told_on_the_day_once(made):
    line(made, neighbours(made))
    assert [jobs.tell_what_is_told_today.call() for _twice in range(2)] == [1, 0]
    assert Notification.objects.get().person_id == made.coordinator.person_id


def test_what_a_leaver_was_to_tell_is_taken_over(made):
    line(made, neighbours(made), responsible=made.member.person_id)
    leaving = made.people[Role.MEMBER]
    assert communicating.open_count(leaving) == 1
    commands.hand_over_communication(made.manager, leaving, None)
    heirs = {made.coordinator.person_id, made.manager.person_id}
    assert CommunicationItem.objects.get().responsible_id in heirs


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_questions_however_long(visit, made, rows, django_assert_num_queries):
    who = [judged(made, neighbours(made, f"Nabo <{n}>")) for n in range(rows)]
    for _one in range(rows):
        item = line(made, *who)
        commands.record_communication(made.coordinator, item, id=new_id())
    client = visit(Role.COORDINATOR)
    for address, most in (
        (at(made, "stakeholders"), REGISTER_QUERIES),
        (who[0].get_absolute_url(), ONE_QUERIES),
        (at(made, "communication"), PLAN_QUERIES),
        (item.get_absolute_url(), LINE_QUERIES),
        (at(made, "stakeholder_matrix"), MATRIX_QUERIES),
    ):
        client.get(address)
        with django_assert_num_queries(most):
            text = client.get(address).text
        assert "Nabo &lt;0&gt;" in text
        assert "Nabo <" not in text


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_in_both_languages(visit, made, language):
    one = judged(made, neighbours(made))
    item = line(made, one)
    client = visit(Role.COORDINATOR)
    client.cookies["django_language"] = language
    for name, more in (
        *((name, ()) for name in ("communication_log", "new_stakeholder", "new_communication")),
        *((name, (one.number,)) for name in ("edit_stakeholder", "judge_stakeholder")),
        *((name, (one.number,)) for name in ("forget_judgement", "remove_stakeholder")),
        *((name, (item.number,)) for name in ("edit_communication", "record_communication")),
        ("resume_communication", (item.number,)),
    ):
        assert client.get(at(made, name, *more)).status_code == 200, name


def test_from_the_form_to_the_log_and_its_workbook(visit, made, tmp_path):
    client = visit(Role.COORDINATOR)
    typed = {"name": "Velforeningen", "category": "user", "expectation": "Ro om natten"}
    assert client.post(at(made, "new_stakeholder"), typed).status_code == 302
    one = Stakeholder.objects.get()
    wrong = client.post(at(made, "judge_stakeholder", one.number), {"influence": "9"})
    assert wrong.status_code == 422
    typed = {"influence": "3", "interest": "1", "strategy": "Møte hver måned"}
    assert client.post(at(made, "judge_stakeholder", one.number), typed).status_code == 302
    typed = {"title": "Nattarbeid", "channel": "letter", "how_often": "weekly"}
    typed |= {"next_on": "i dag", "stakeholders": str(one.pk)}
    assert client.post(at(made, "new_communication"), typed).status_code == 302
    item = CommunicationItem.objects.get()
    typed = {"on": "i dag", "stakeholders": str(one.pk), "note": "Brev i alle postkasser"}
    assert client.post(at(made, "record_communication", item.number), typed).status_code == 302
    assert Receipt.objects.get().stakeholder == one
    path = tmp_path / "log.xlsx"
    answer = visit(Role.MEMBER).get(at(made, "communication_log") + "?format=xlsx")
    path.write_bytes(answer.getvalue())
    cells = [cell for row in load_workbook(path).active.values for cell in row]
    assert {"Velforeningen", "Nattarbeid", "Brev i alle postkasser"} <= set(cells)
    whole = client.get(f"/api/v1/projects/{made.project.key}/communication/{item.number}").json()
    assert whole["told"][0]["stakeholder_ids"] == [str(one.pk)]
    listed = client.get(f"/api/v1/projects/{made.project.key}/communication").json()
    assert listed["count"] == 1
