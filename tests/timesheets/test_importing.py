"""Hours from a file: tried whole, every wrong cell named, recorded whole or not at all."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from tests import making
from tests.timesheets import working

from tospann.budget.models import ClosedMonth
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.timesheets.importing import checking
from tospann.timesheets.models import Hours, Sheet, StagedHours, State

pytestmark = pytest.mark.django_db
HEAD = ["Person", "Dato", "Oppgave", "Type", "Timer", "Kommentar"]


@pytest.fixture
def made():
    return working.project()


def day(back):
    """A working day of a week that has been."""
    return working.this_monday() - working.timedelta(days=7 - back)


def row(made, *, who="", on=None, task="1", kind="", hours="7,5", comment=""):
    who = who or made.people[Role.MEMBER].email
    return [who, (on or day(0)).isoformat(), task, kind, hours, comment]


def tried(made, *rows):
    with translation.override("en"):
        return checking.check([HEAD, *rows], made.project)


def test_a_file_is_tried_and_then_recorded_as_one_act(visit, made):
    rows = [row(made, on=day(n)) for n in range(5)]
    rows.append(row(made, on=day(0), task="", kind="Møter", hours="\u00a01,5", comment="Oppstart"))
    text = "\n".join(";".join(one) for one in [HEAD, *rows])
    client = visit(Role.COORDINATOR)
    file = SimpleUploadedFile("timer.csv", text.encode("cp1252"))
    upload = reverse("import_hours", args=[made.project.key])
    answer = client.post(upload, {"file": file})
    assert answer.status_code == 302
    assert "39" in client.get(answer.url).text
    assert not Hours.objects.exists()
    acts = AuditEntry.objects.count()
    client.post(answer.url)
    assert AuditEntry.objects.count() == acts + 1
    sheet = Sheet.objects.get()
    assert (sheet.state, sheet.hours) == (State.SUBMITTED, Decimal(39))
    assert Hours.objects.count() == 6
    assert not StagedHours.objects.exists()


def test_every_wrong_cell_is_named_and_nothing_is_imported(visit, made):
    far = working.this_monday() + working.timedelta(days=8)
    found = tried(
        made,
        row(made),
        row(made, who="ukjent@example.org"),
        [row(made)[0], "31.02.2027", "1", "", "7,5"],
        row(made, task="9.9"),
        row(made, task="", kind="golf"),
        row(made, task=""),
        row(made, hours="\u22121"),
        row(made, hours="37,5"),
        row(made, hours="mange"),
        row(made, hours=""),
        row(made, on=far),
    )
    cells = [cell for cell, _why in found.problems]
    assert cells == ["A3", "B4", "C5", "D6", "C7", "E8", "E9", "E10", "E11", "B12"]
    staged = StagedHours.objects.create(
        id=new_id(),
        project=made.project,
        person=made.people[Role.MANAGER],
        rows=[HEAD, row(made), row(made, task="9.9")],
        content_hash="0" * 64,
        expires_at=working.timezone.now() + working.timedelta(hours=1),
    )
    address = reverse("hours_report", args=[made.project.key, staged.pk])
    client = visit(Role.MANAGER)
    assert "C3" in client.get(address).text
    assert client.post(address).status_code == 422
    assert not Sheet.objects.exists()
    assert visit(Role.COORDINATOR).get(address).status_code == 404


def test_more_than_24_hours_counts_what_is_kept_elsewhere(made):
    other = working.project()
    membership = made.people[Role.MEMBER].memberships.get()
    making.inside(lambda: _join(membership, other), other.project)
    working.save(made, working.line(other, 18), monday=day(0))
    [(cell, why)] = tried(made, row(made, hours="3"), row(made, hours="4", task="2")).problems
    assert cell == "E3"
    assert "25" in why


def _join(membership, other):
    type(membership)(project=other.project, person=membership.person, role=membership.role).save()


def test_what_is_sent_stays_and_the_same_again_is_passed_over(made):
    working.sent(made, working.line(made, 7.5), monday=day(0))
    assert tried(made, row(made)).already == 1
    [(cell, _why)] = tried(made, row(made, hours="3")).problems
    assert cell == "E2"


def test_a_closed_month_and_a_holiday(made):
    with working.may():
        made = working.project()
        on = working.at("2027-05-17")
        found = tried(made, row(made, on=on))
        assert found.holidays == ["E2"]
        assert not found.problems
        close(made, on)
        [(cell, why)] = tried(made, row(made, on=on)).problems
        assert cell == "B2"
        assert "May 2027 is closed" in why


def close(made, on):
    closing = ClosedMonth(
        project=made.project, month=on.replace(day=1), costs=Decimal(0), accruals=Decimal(0)
    )
    making.inside(closing.save, made.project)


def test_hours_of_a_closed_month_stay_as_they_are(made):
    with working.may():
        made = working.project()
        week = working.at("2027-05-10")
        working.save(made, working.line(made, 7.5), monday=week)
        close(made, week)
        with pytest.raises(checking.checks.Invalid), translation.override("en"):
            working.save(made, working.line(made, 7.5, 3), monday=week)
        working.save(made, working.line(made, 7.5), monday=week, send=True)


def test_a_file_without_the_columns_says_which(made):
    [(_cell, why)] = checking.check([["Navn", "Antall"], ["Kari", "3"]], made.project).problems
    assert "Dato" in why or "Date" in why
