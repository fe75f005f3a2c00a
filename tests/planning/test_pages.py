"""The pages of the plan, as people use them, and what they cost."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import making, oracles
from tests.planning.test_imports import HOSTILE, task, xml

import planengine as engine
from tospann.foundation.authority import Role
from tospann.jobs import confined
from tospann.planning import commands, imports, queries, store
from tospann.planning.models import Activity, Plan, Revision, StagedImport
from tospann.planning.skeleton import PlannedRow, outline_edits

pytestmark = pytest.mark.django_db

ROWS = [
    PlannedRow("Forberede", 1),
    PlannedRow("Kartlegge behov", 2, date(2027, 1, 11), date(2027, 1, 22)),
    PlannedRow("Krav godkjent", 2, finish=date(2027, 2, 12), milestone=True, after=(2,)),
]


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def plan(made):
    return commands.start_plan(made.coordinator, made.project, edits=outline_edits(ROWS))


@pytest.fixture
def visit(client, made):
    """``visit(role, route, …)``: the page as that person gets it; with ``post`` what it answers."""

    def go(role, route, *args, post=None, query=None, **headers):
        client.force_login(made.people[role])
        address = reverse(route, args=[made.project.key, *args])
        if post is None:
            return client.get(address, query or {}, headers=headers)
        return client.post(address, post, headers=headers)

    return go


def names(project):
    return list(
        Activity.objects.filter(project=project).order_by("position").values_list("number", "name")
    )


PAGES = ["plan", "milestones", "plan_revisions", "plan_import", "new_task", "freeze_plan"]
TASK_PAGES = ["plan_task", "edit_task", "remove_task", "report_progress"]
READS = {
    Role.COORDINATOR: 200,
    Role.MANAGER: 200,
    Role.OWNER: 200,
    Role.MEMBER: 200,
    Role.GUEST: 404,
}


@pytest.mark.parametrize("role", READS)
def test_everybody_in_the_project_reads_the_plan(visit, plan, role):
    for route in ("plan", "milestones", "plan_revisions"):
        assert visit(role, route).status_code == READS[role]
    assert visit(role, "plan_task", 2).status_code == READS[role]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_can_be_shown(visit, plan, language, client):
    client.cookies["language"] = language
    for route in PAGES:
        assert visit(Role.MANAGER, route).status_code == 200, route
    for route in TASK_PAGES:
        for uid in (2, 3):
            assert visit(Role.MANAGER, route, uid).status_code == 200, route
    assert visit(Role.MANAGER, "plan_task", 99).status_code == 404


def test_a_project_without_a_plan_offers_to_start_one(visit, made):
    page = visit(Role.COORDINATOR, "plan").content.decode()
    assert reverse("start_plan", args=[made.project.key]) in page
    assert visit(Role.COORDINATOR, "start_plan", post={}).status_code == 302
    assert queries.plan(made.project).revision == 1


def test_a_task_is_added_changed_and_removed(visit, made, plan):
    said = {"base_revision": 1, "name": "Innhente tilbud", "start": "01.02.2027", "parent": "1"}
    person = made.people[Role.MEMBER].pk
    said |= {
        "finish": "12.02.2027",
        "responsible": person,
        "deadline": "15.02.2027",
        "notes": "Tre",
    }
    assert visit(Role.COORDINATOR, "new_task", post=said).status_code == 302
    row = Activity.objects.get(project=made.project, name="Innhente tilbud")
    assert (row.number, row.start, row.finish) == ("1.3", date(2027, 2, 1), date(2027, 2, 12))
    assert (row.responsible_id, row.deadline, row.duration) == (person, date(2027, 2, 15), 270_000)

    said |= {"base_revision": 2, "name": "Hente inn tilbud", "finish": "19.02.2027", "parent": ""}
    assert visit(Role.COORDINATOR, "edit_task", row.uid, post=said).status_code == 302
    row = Activity.objects.get(project=made.project, uid=row.uid)
    assert (row.number, row.name, row.duration) == ("2", "Hente inn tilbud", 15 * 27_000)
    kinds = {edit["kind"] for edit in Revision.objects.get(plan=plan, number=3).edits}
    assert kinds == {"activity.rename", "activity.dates", "activity.duration", "activity.move"}

    assert (
        visit(Role.COORDINATOR, "remove_task", row.uid, post={"base_revision": 3}).status_code
        == 302
    )
    assert names(made.project)[-1] == ("1.2", "Krav godkjent")


def test_a_form_that_changes_nothing_makes_no_revision(visit, made, plan):
    page = visit(Role.COORDINATOR, "edit_task", 2).content.decode()
    assert 'value="11.01.2027"' in page
    said = {"base_revision": 1, "name": "Kartlegge behov", "start": "11.01.2027"}
    said |= {"finish": "22.01.2027", "parent": "1"}
    assert visit(Role.COORDINATOR, "edit_task", 2, post=said).status_code == 302
    assert Revision.objects.filter(plan=plan).count() == 1


def test_a_task_is_added_by_its_name_alone(visit, made, plan):
    said = {"base_revision": 1, "name": "Rydde", "under": "1"}
    assert visit(Role.COORDINATOR, "quick_task", post=said).status_code == 302
    said = {"base_revision": 2, "name": "Levert", "finish": "1.6.2027", "milestone": "on"}
    assert visit(Role.COORDINATOR, "quick_task", post=said).status_code == 302
    assert names(made.project)[3:] == [("1.3", "Rydde"), ("2", "Levert")]
    assert [row["name"] for row in queries.milestones(made.project)] == ["Krav godkjent", "Levert"]


WAYS = [
    ("down", 2, [("1", "Forberede"), ("1.1", "Krav godkjent"), ("1.2", "Kartlegge behov")]),
    ("up", 3, [("1", "Forberede"), ("1.1", "Krav godkjent"), ("1.2", "Kartlegge behov")]),
    ("in", 3, [("1", "Forberede"), ("1.1", "Kartlegge behov"), ("1.1.1", "Krav godkjent")]),
    ("out", 2, [("1", "Forberede"), ("1.1", "Krav godkjent"), ("2", "Kartlegge behov")]),
    ("up", 2, None),
    ("out", 1, None),
    ("sideways", 2, None),
]


@pytest.mark.parametrize(("way", "uid", "expected"), WAYS)
def test_rows_are_moved_without_a_mouse(visit, made, way, uid, expected):
    rows = [*ROWS[:2], PlannedRow("Krav godkjent", 2, finish=date(2027, 2, 12), milestone=True)]
    commands.start_plan(made.coordinator, made.project, edits=outline_edits(rows))
    before = names(made.project)
    said = {"base_revision": 1, "uid": uid, "way": way}
    answer = visit(Role.COORDINATOR, "move_task", post=said)
    assert (answer.status_code, f"selected={uid}" in answer["Location"]) == (302, True)
    assert names(made.project) == (expected or before)


def test_work_on_an_older_revision_is_refused_on_the_page(visit, made, plan):
    said = {"base_revision": 1, "name": "Først ute"}
    assert visit(Role.MANAGER, "quick_task", post=said).status_code == 302
    answer = visit(Role.COORDINATOR, "quick_task", post={**said, "name": "For sent"})
    assert answer.status_code == 409
    assert "For sent" not in str(names(made.project))


BAD = {
    "no name": ({"name": ""}, 422),
    "reversed": ({"start": "12.02.2027", "finish": "1.2.2027"}, 422),
    "no date": ({"start": "torsdag uka etter"}, 422),
    "absurd date": ({"finish": "1.1.2999"}, 422),
    "somebody elsewhere": ({"responsible": "01900000-0000-7000-8000-000000000000"}, 422),
    "no such parent": ({"parent": "77"}, 422),
    "under itself": ({"parent": "2"}, 422),
    "too long": ({"name": "x" * 501}, 422),
    "unstorable": ({"notes": "a\x00b"}, 422),
    "no revision": ({"base_revision": "x"}, 422),
}


@pytest.mark.parametrize(("wrong", "status"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_and_nothing_changes(visit, made, plan, wrong, status):
    said = {"base_revision": 1, "name": "Kartlegge", "start": "11.01.2027", "parent": "1"}
    answer = visit(Role.COORDINATOR, "edit_task", 2, post=said | wrong)
    assert answer.status_code == status
    assert Revision.objects.filter(plan=plan).count() == 1


def test_the_owner_is_told_that_the_plan_is_not_hers_to_edit(visit, plan):
    assert reverse("new_task", args=["X"])[-9:] not in visit(Role.OWNER, "plan").content.decode()
    assert visit(Role.OWNER, "edit_task", 2).status_code == 403
    assert (
        visit(Role.OWNER, "quick_task", post={"base_revision": 1, "name": "x"}).status_code == 403
    )


def test_a_member_proposes_with_the_same_form(visit, plan):
    page = visit(Role.MEMBER, "edit_task", 2).content.decode()
    assert re.search(r"<button[^>]*type=\"submit\"[^>]*>\s*(Foreslå|Propose)", page)


def test_a_member_reports_progress_on_her_own_task_alone(visit, made, plan):
    person = str(made.people[Role.MEMBER].pk)
    edit = engine.edit_to_json(engine.SetResponsible(2, person))
    commands.apply_edits(made.coordinator, plan, base_revision=1, edits=[edit])
    assert visit(Role.MEMBER, "report_progress", 2, post={"percent": "40"}).status_code == 302
    row = Activity.objects.get(project=made.project, uid=2)
    assert (row.percent, row.state) == (40.0, "under_way")
    assert visit(Role.MEMBER, "report_progress", 3, post={"percent": "40"}).status_code == 403
    done = {"percent": "40", "actual_finish": "20.01.2027"}
    assert visit(Role.MEMBER, "report_progress", 2, post=done).status_code == 302
    row = Activity.objects.get(project=made.project, uid=2)
    assert (row.percent, row.state, row.finish) == (100.0, "done", date(2027, 1, 20))


def test_freezing_is_the_owners(visit, made, plan):
    assert visit(Role.OWNER, "freeze_plan", post={"base_revision": 1}).status_code == 302
    row = Activity.objects.get(project=made.project, uid=2)
    assert (row.baseline_start, row.baseline_finish) == (date(2027, 1, 11), date(2027, 1, 22))
    assert visit(Role.MEMBER, "freeze_plan", post={"base_revision": 2}).status_code in {302, 403}
    assert Plan.objects.get(pk=plan.pk).baseline_revision == 2


def upload(content, name="plan.xml"):
    return {"file": SimpleUploadedFile(name, content, "text/xml")}


def test_a_plan_is_brought_in_through_the_pages(visit, made, plan):
    answer = visit(Role.COORDINATOR, "plan_import", post=upload(xml(task(1) + task(2))))
    staged = StagedImport.objects.get()
    assert answer["Location"] == reverse("import_report", args=[made.project.key, staged.pk])
    page = visit(Role.COORDINATOR, "import_report", staged.pk).content.decode()
    assert "Oppgave 2" in page
    answer = visit(Role.COORDINATOR, "import_report", staged.pk, post={"base_revision": 1})
    assert answer.status_code == 302
    assert names(made.project) == [("1", "Oppgave 1"), ("2", "Oppgave 2")]


@pytest.mark.parametrize(("content", "place"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_becomes_a_readable_message(visit, made, plan, content, place):
    answer = visit(Role.COORDINATOR, "plan_import", post=upload(content or b" "))
    assert answer.status_code == 422
    assert place in answer.content.decode()
    assert not StagedImport.objects.exists()
    assert len(names(made.project)) == 3


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(client, made, plan):
    client.force_login(made.people[Role.COORDINATOR])

    class Untouched:
        def read(self, *_args):
            raise AssertionError("the body was read")

        readline = __iter__ = __next__ = close = read

    answer = client.generic(
        "POST",
        reverse("plan_import", args=[made.project.key]),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * confined.MEGABYTE),
        **{"wsgi.input": Untouched()},
    )
    assert answer.status_code == 413
    assert re.search(r"50\sMB", answer.content.decode())


def test_the_upload_is_still_guarded_against_forgery(made, plan):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(made.people[Role.COORDINATOR])
    address = reverse("plan_import", args=[made.project.key])
    assert strict.post(address, upload(xml(task(1)))).status_code == 403


def test_a_file_of_another_project_is_not_there(visit, made, plan):
    other = making.project()
    import io

    staged = imports.stage(other.coordinator, other.project, io.BytesIO(xml(task(1))), "a.xml")
    assert visit(Role.MANAGER, "import_report", staged.pk).status_code == 404


def test_a_real_file_is_reported_in_plain_sentences(visit, made, plan):
    sample = oracles.there(oracles.SAMPLE)
    visit(Role.COORDINATOR, "plan_import", post=upload(sample.read_bytes(), sample.name))
    staged = StagedImport.objects.get()
    page = visit(Role.COORDINATOR, "import_report", staged.pk).content.decode()
    assert "Aktiviteter: 19." in page
    assert "Innstillinger i Microsoft Project: " in page


COSTS = {"plan": 2, "milestones": 3, "plan_revisions": 1}


@pytest.mark.parametrize("route", COSTS)
def test_a_page_costs_the_same_for_one_and_three_rows(
    visit, client, made, django_assert_num_queries, route
):
    """Session, person, roles (3), inbox, project and plan (3), then the page's own."""
    bare = [replace(row, level=1, after=()) for row in ROWS]
    plan = commands.start_plan(made.coordinator, made.project, edits=outline_edits(bare[2:]))
    for rows in (1, 3):
        address = reverse(route, args=[made.project.key])
        visit(Role.COORDINATOR, route)
        with django_assert_num_queries(6 + COSTS[route]):
            answer = client.get(address)
        assert answer.status_code == 200
        if rows == 1:
            more = outline_edits(bare[1:], first_uid=10)
            commands.apply_edits(made.coordinator, plan, base_revision=1, edits=more)


def test_ten_thousand_tasks_cost_a_page_no_more(visit, client, made, django_assert_num_queries):
    rows = [PlannedRow(f"Oppgave {n}", 1 if n % 20 == 0 else 2) for n in range(10_000)]
    plan = commands.start_plan(made.coordinator, made.project, edits=outline_edits(rows[:5000]))
    more = outline_edits(rows[5000:], first_uid=5001)
    commands.apply_edits(made.coordinator, plan, base_revision=1, edits=more)
    store._kept.clear()
    visit(Role.COORDINATOR, "plan")
    with django_assert_num_queries(8):
        page = client.get(reverse("plan", args=[made.project.key]), {"page": "50"})
    assert page.content.decode().count('<tr id="row-') == 100
    assert "Oppgave 4999" in page.content.decode()
