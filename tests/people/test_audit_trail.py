"""What the audit log shows: who, what, on whose authority, before and after."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation
from tests.making import organisation, person, project
from tests.people.accounts import account, acting, administrator

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.people import audit_trail, commands
from tospann.people.audit_trail import audit_rows, authority_text, title_of
from tospann.projects import commands as projects
from tospann.stakeholders import commands as stakeholders

pytestmark = pytest.mark.django_db


def test_a_row_says_who_did_what_and_what_changed():
    organisation()
    admin, somebody = administrator("Anne Admin"), person("Nils Nilsen")
    commands.change_person(acting(admin), somebody, name="Nils Hansen", phone="12345678")
    with translation.override("en"):
        row = audit_rows(SYSTEM, ORGANISATION_SCOPE).rows[0]
    assert (row.who, row.what, row.about, row.authority) == (
        "Anne Admin",
        "Change a person's details",
        "Nils Hansen",
        "Administrator",
    )
    shown = {(c.what, c.field, c.before, c.after) for c in row.changes}
    assert shown == {
        ("Nils Hansen", "Name", "Nils Nilsen", "Nils Hansen"),
        ("Nils Hansen", "Phone", "–", "12345678"),
    }


def test_people_are_shown_by_name_and_secrets_not_at_all():
    organisation()
    me, standing_in = account("Kari Nordmann"), person("Siri Stand-In")
    today = timezone.localdate()
    commands.appoint_deputy(
        acting(me), me, id=new_id(), deputy=standing_in.pk, starts_on=today, ends_on=today
    )
    issued = commands.create_api_token(acting(me), me, id=new_id(), name="skript", scopes=["read"])
    token, deputy = audit_rows(SYSTEM, ORGANISATION_SCOPE).rows[:2]
    assert "Siri Stand-In" in {change.after for change in deputy.changes}
    assert issued.token.token_hash not in str(token)
    assert issued.secret not in str(token)


def test_whatever_a_field_points_at_is_shown_by_name():
    made = project()
    contact = stakeholders.add_contact(
        made.coordinator, made.project, id=new_id(), name="Rør AS", organisation=""
    )
    stakeholders.note_call(
        made.coordinator, made.project, id=new_id(), contact=contact.pk, text="Ringte"
    )
    shown = {
        change.after for row in audit_rows(SYSTEM, made.project.pk).rows for change in row.changes
    }
    assert "Rør AS" in shown
    assert str(contact.pk) not in shown


def test_a_deputys_act_names_the_absent_one():
    made, standing_in = project(), person("Siri Stand-In")
    manager = made.people[Role.MANAGER]
    today = timezone.localdate()
    commands.appoint_deputy(
        SYSTEM,
        manager,
        id=new_id(),
        deputy=standing_in.pk,
        starts_on=today,
        ends_on=today + timedelta(days=1),
    )
    projects.edit_project(acting(standing_in), made.project, name="Nytt navn")
    row = audit_rows(SYSTEM, made.project.pk).rows[0]
    assert row.who == "Siri Stand-In"
    assert manager.name in row.authority


def test_pages_are_clamped_and_newest_first():
    organisation()
    me = person()
    for number in range(5):
        commands.change_person(SYSTEM, me, name=f"Navn {number}")
    total = audit_rows(SYSTEM, ORGANISATION_SCOPE).total
    first, last = (audit_rows(SYSTEM, ORGANISATION_SCOPE, n, per_page=2) for n in (0, 99))
    assert [row.sequence for row in first.rows] == [total, total - 1]
    assert (last.number, last.pages) == (-(-total // 2), -(-total // 2))
    assert last.rows[-1].sequence == 1


def test_every_act_without_a_command_has_a_title():
    for name in audit_trail._OTHER_ACTS:
        assert title_of(name) != name
    assert title_of("nobody.knows") == "nobody.knows"


def test_an_authority_nobody_knows_is_shown_as_it_is():
    assert authority_text("case 12") == "case 12"


def test_the_log_of_one_project_holds_nothing_of_another():
    first, second = project(), project()
    projects.edit_project(SYSTEM, first.project, name="Første")
    projects.set_project_dates(
        SYSTEM, second.project, start=date(2027, 1, 4), finish=date(2027, 12, 1)
    )
    shown = {
        change.after for row in audit_rows(SYSTEM, second.project.pk).rows for change in row.changes
    }
    assert "Første" not in shown


def test_the_authority_of_a_person_is_said_in_words():
    assert authority_text("person") != "person"
