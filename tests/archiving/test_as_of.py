"""A project as of any moment: what held then and nothing later, for whoever may see it today."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from tests import making

import planengine as engine
from tospann.actions.commands import add_action
from tospann.actions.models import Action
from tospann.budget.commands import add_line, start_budget
from tospann.cases.commands import record_decision
from tospann.cases.models import Decision
from tospann.documents import commands as papers
from tospann.documents import files
from tospann.documents.models import Document
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.people.actors import actor_for
from tospann.people.commands import deactivate_person, give_organisation_role
from tospann.people.privacy.commands import erase_person
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.planning.skeleton import PlannedRow, outline_edits
from tospann.projects import commands as projects
from tospann.projects.models import Membership, Project
from tospann.risks.commands import change_risk, raise_risk
from tospann.risks.models import Risk
from tospann.seals import marks
from tospann.seals.ring import Ring

pytestmark = pytest.mark.django_db
BEGUN = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
THEN, TODAY = date(2027, 2, 10), datetime(2027, 3, 15, 9, 0, tzinfo=UTC)
EXACT = "2027-02-10T12:00:00Z"
QUERIES = 40


@pytest.fixture
def made(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with time_machine.travel(BEGUN):
        return making.project(name="Ny hall")


@pytest.fixture
def auditor(made):
    with time_machine.travel(BEGUN + timedelta(hours=2)):
        one = making.person("Ragnhild Revisor")
        give_organisation_role(SYSTEM, one, role=Role.AUDITOR)
    return one


@pytest.fixture
def past(made):
    """A project that was one thing on 10 February and is another today, 15 March."""
    with time_machine.travel(BEGUN + timedelta(days=7)):
        rows = [PlannedRow("Grave", 1, date(2027, 2, 1), date(2027, 2, 12))]
        planning.start_plan(made.coordinator, made.project, edits=outline_edits(rows))
        keep(made, "Avtale.txt", b"Utgave en")
        keep(made, "Gammelt.txt", b"Gammelt")
        raise_risk(made.coordinator, made.project, id=new_id(), title="Grunnen er bløt")
        start_budget(SYSTEM, made.project, id=new_id())
        add_line(made.manager, made.project, id=new_id(), name="Graving", amount="1000")
        decide(made, "Vi graver", date(2027, 1, 11))
        add_action(made.manager, made.project, id=new_id(), title="Ring naboen")
        guide = making.person("Gunn Gitt")
        projects.appoint(SYSTEM, made.project, person=guide.pk, role=Role.MEMBER)
    with time_machine.travel(TODAY - timedelta(days=5)):
        head = Plan.objects.get(project=made.project)
        edit = engine.edit_to_json(engine.RenameActivity(1, "Sprenge"))
        planning.apply_edits(SYSTEM, head, base_revision=head.revision, edits=[edit])
        version(made, "Avtale.txt", b"Utgave to")
        papers.trash_document(SYSTEM, document("Gammelt.txt"))
        keep(made, "Nytt.txt", b"Nytt")
        change_risk(SYSTEM, Risk.objects.get(), title="Grunnen er berg")
        raise_risk(made.coordinator, made.project, id=new_id(), title="Ny risiko")
        add_line(made.manager, made.project, id=new_id(), name="Sprenging", amount="9000")
        decide(made, "Vi sprenger", date(2027, 1, 12))
        projects.release(SYSTEM, Membership.objects.get(person=guide))
        projects.edit_project(SYSTEM, project(made), name="Gammel hall")
    with time_machine.travel(TODAY, tick=False):
        yield made


def project(made):
    return Project.objects.get(pk=made.project.pk)


def document(name):
    return Document.objects.get(name=name)


def bytes_of(data):
    kept = files.keep(data, "x.txt")
    return {"sha256": kept.sha256, "size": kept.size, "media_type": "text/plain"}


def keep(made, name, data, **values):
    return papers.add_document(
        made.coordinator, made.project, id=new_id(), name=name, folder=None,
        **bytes_of(data), **values,
    )  # fmt: skip


def version(made, name, data):
    return papers.add_version(made.coordinator, document(name), **bytes_of(data))


def decide(made, title, on):
    return record_decision(made.owner, made.project, id=new_id(), title=title, decided_on=on)


@pytest.fixture
def ask(client):
    def go(person, made, page="as_of", **query):
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        client.cookies["language"] = "en"
        return client.get(reverse(f"archiving:{page}", args=[made.project.key]), query)

    return go


def told(answer):
    return answer.content.decode()


def test_what_came_after_the_day_is_not_there(past, auditor, ask):
    page = ask(auditor, past, date="10.02.2027")
    assert page.status_code == 200
    html = told(page)
    for then in ("Ny hall", "Grave", "Avtale.txt", "Gammelt.txt", "Grunnen er bløt", "Vi graver"):
        assert then in html, then
    for then in ("Gunn Gitt", "Ring naboen", "Graving"):
        assert then in html, then
    html = html.split('id="then"')[1].split("</main>")[0]
    for later in ("Sprenge", "Nytt.txt", "berg", "Ny risiko", "Sprenging", "Vi sprenger"):
        assert later not in html, later
    assert "Gammel hall" not in html


def test_today_is_as_it_is_now(past, auditor, ask):
    html = told(ask(auditor, past))
    for now in ("Gammel hall", "Sprenge", "Nytt.txt", "Grunnen er berg", "Vi sprenger"):
        assert now in html, now
    assert "Gammelt.txt" not in html
    assert "Gunn Gitt" not in html


def test_the_version_is_the_one_of_then_and_its_bytes_can_be_fetched(past, auditor, ask, client):
    html = told(ask(auditor, past, date="10.02.2027"))
    address = reverse("version_file", args=[past.project.key, document("Avtale.txt").number, 1])
    assert f'href="{address}"' in html
    assert b"".join(client.get(address).streaming_content) == b"Utgave en"
    found = client.get(f"/api/v1/projects/{past.project.key}/as-of", {"at": "2027-02-10"}).json()
    row = next(one for one in found["sections"]["documents"] if one["title"] == "Avtale.txt")
    assert (row["version"], row["sha256"]) == (1, hashlib.sha256(b"Utgave en").hexdigest())


def test_what_was_approved_counts_though_a_newer_was_there(past, auditor, client):
    with time_machine.travel(TODAY + timedelta(days=1)):
        one = document("Avtale.txt")
        papers.approve_document(past.manager, one, number=2)
    with time_machine.travel(TODAY + timedelta(days=2)):
        version(past, "Avtale.txt", b"Utgave tre")
        client.force_login(auditor, "allauth.account.auth_backends.AuthenticationBackend")
        found = client.get(f"/api/v1/projects/{past.project.key}/as-of").json()
    row = next(one for one in found["sections"]["documents"] if one["title"] == "Avtale.txt")
    assert (row["version"], row["sha256"]) == (2, hashlib.sha256(b"Utgave to").hexdigest())


def test_the_log_says_where_it_was(past, auditor, client):
    client.force_login(auditor, "allauth.account.auth_backends.AuthenticationBackend")
    found = client.get(f"/api/v1/projects/{past.project.key}/as-of", {"at": EXACT}).json()
    acts = AuditEntry.objects.filter(scope_id=past.project.pk)
    last = acts.filter(at__lte=datetime(2027, 2, 10, 12, tzinfo=UTC)).order_by("sequence").last()
    chain = found["chain"]
    assert (chain["sequence"], chain["hash"]) == (last.sequence, last.hash)
    assert chain["later_acts"] == acts.count() - last.sequence
    assert (found["plan_revision"], chain["later_acts_erased"]) == (1, 0)
    assert [one["name"] for one in found["sections"]["plan"]] == ["Grave"]
    assert found["project"]["name"] == "Ny hall"


def test_a_time_of_the_day_is_exact(past, auditor, client):
    client.force_login(auditor, "allauth.account.auth_backends.AuthenticationBackend")
    address = f"/api/v1/projects/{past.project.key}/as-of"
    first = AuditEntry.objects.filter(scope_id=past.project.pk, command__endswith="add_document")
    at = first.order_by("sequence").first().at
    before = (at - timedelta(microseconds=1)).isoformat()
    assert client.get(address, {"at": before}).json()["sections"]["documents"] == []
    there = client.get(address, {"at": at.isoformat()}).json()["sections"]["documents"]
    assert [one["title"] for one in there] == ["Avtale.txt"]


BAD = (
    ({"date": "i fjor en gang"}, "is not a date"),
    ({"date": "31.02.2027"}, "is not a date"),
    ({"date": "10.02.2027", "time": "halv to"}, "is not a time"),
    ({"date": "10.02.2027", "time": "25:00"}, "is not a time"),
    ({"date": "01.01.2027"}, "was not here"),
    ({"date": "16.03.2027"}, "has not been yet"),
    ({"date": "15.03.2027", "time": "23:00"}, "has not been yet"),
    ({"at": "10.02"}, "is not a moment"),
    ({"at": "2027-02-10T12:00:00+99:00"}, "is not a moment"),
    ({"at": "\x00"}, "is not a moment"),
    ({"date": "29.03.2026", "time": "02:30"}, "no such time"),
)


def test_what_cannot_be_answered_says_why(past, auditor, ask):
    for query, says in BAD:
        for page in ("as_of", "as_of_package", "as_of_paper"):
            answer = ask(auditor, past, page, **query)
            assert (answer.status_code, says in told(answer)) == (422, True), (page, query)


def test_documents_follow_the_rights_of_today(past, auditor, ask):
    member, owner = past.people[Role.MEMBER], past.people[Role.OWNER]
    assert "Avtale.txt" in told(ask(member, past, date="10.02.2027"))
    with time_machine.travel(TODAY + timedelta(hours=1)):
        one = document("Avtale.txt")
        papers.change_document(past.owner, one, classification="strictly_confidential")
        assert "Avtale.txt" not in told(ask(member, past, date="10.02.2027"))
        made = ask(member, past, "as_of_package", date="10.02.2027").content
        assert all(b"Avtale.txt" not in data for data in unpacked(made).values())
        for person in (owner, auditor):
            assert "Avtale.txt" in told(ask(person, past, date="10.02.2027"))


def test_guests_and_others_find_nothing(past, ask):
    stranger = making.person("Fremmed")
    for page in ("as_of", "as_of_package", "as_of_paper"):
        for person in (past.people[Role.GUEST], stranger):
            assert ask(person, past, page).status_code == 404


def test_who_has_been_erased_is_named_nowhere_and_the_page_says_what_is_unknown(past, auditor, ask):
    with time_machine.travel(TODAY + timedelta(hours=1)):
        manager = past.people[Role.MANAGER]
        name = manager.name
        deactivate_person(SYSTEM, manager, hand_over_to=past.people[Role.OWNER].pk)
        manager.refresh_from_db()
        erase_person(SYSTEM, manager, reason="Krav etter artikkel 17")
        html = told(ask(auditor, past, date="10.02.2027"))
        assert name not in html
        assert "has been erased from the log" in html
        # What she made later is not there, though the act that made it can no longer be read.
        assert "Sprenging" not in html.split('id="then"')[1]


def test_a_project_that_was_deleted_has_no_past_to_show(past, auditor, ask):
    with time_machine.travel(TODAY + timedelta(hours=1)):
        key = past.project.key
        projects.delete_project(
            SYSTEM,
            making.organisation(),
            id=new_id(),
            project=past.project.pk,
            typed=key,
            reason="Var en prøve",
        )
        assert ask(auditor, past, date="10.02.2027").status_code == 404


def unpacked(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {one.rpartition("/")[2]: archive.read(one) for one in archive.namelist()}


def test_the_files_say_the_same_and_prove_themselves(past, auditor, ask, settings, tmp_path):
    answer = ask(auditor, past, "as_of_package", at=EXACT)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    inside = unpacked(answer.content)
    said = json.loads(inside["as-of.json"])
    assert said["taken_out_by"] == "Ragnhild Revisor"
    assert said["chain"]["hash"] in told(ask(auditor, past, at=EXACT))
    assert "Grave" in inside["plan.csv"].decode("utf-8-sig")
    assert b"Sprenge" not in b"".join(inside[name] for name in inside if name.endswith(".csv"))
    for line in inside["manifest-sha256.txt"].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(inside[name]).hexdigest() == digest
    seal, ring = json.loads(inside["manifest-seal.json"]), Ring.of(settings.DATA_DIR)
    key = ring.find(seal["key"])
    assert key.verifies(bytes.fromhex(seal["signature"]), inside["manifest-sha256.txt"])
    assert marks.check(inside["as-of.pdf"], ring).state == "sealed"
    changed = inside["as-of.pdf"].replace(b"/Title", b"/Tutle", 1)
    assert marks.check(changed, ring).state == "changed"
    (tmp_path / "as-of.pdf").write_bytes(inside["as-of.pdf"])
    (tmp_path / "keys.json").write_bytes(inside["keys.json"])
    verify = [sys.executable, "-m", "tospann", "verify", str(tmp_path / "as-of.pdf"), "--keys"]
    done = subprocess.run([*verify, str(tmp_path / "keys.json")], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_sheets_hold_no_formulas(past, auditor, ask):
    add_action(past.manager, past.project, id=new_id(), title="=HYPERLINK(1)")
    csv = unpacked(ask(auditor, past, "as_of_package").content)["actions.csv"].decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in csv


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(made, auditor, ask, rows, django_assert_num_queries):
    with time_machine.travel(BEGUN + timedelta(days=7)):
        planned = [PlannedRow(f"Oppgave {n}", 1) for n in range(rows)]
        planning.start_plan(made.coordinator, made.project, edits=outline_edits(planned))
        for n in range(rows):
            keep(made, f"Notat {n}.txt", b"Notat %d" % n)
            raise_risk(made.coordinator, made.project, id=new_id(), title=f"Risiko {n}")
            decide(made, f"Beslutning {n}", date(2027, 1, 11))
            add_action(made.manager, made.project, id=new_id(), title=f"Oppgave {n}")
    with time_machine.travel(TODAY):
        for n in range(rows):
            version(made, f"Notat {n}.txt", b"Nytt %d" % n)
        ask(auditor, made, date="10.02.2027")
        with django_assert_num_queries(QUERIES):
            assert ask(auditor, made, date="10.02.2027").status_code == 200


def test_looking_back_writes_nothing(past, auditor, ask):
    before = (AuditEntry.objects.count(), Decision.objects.count(), Action.objects.count())
    for page in ("as_of", "as_of_package", "as_of_paper"):
        assert ask(auditor, past, page, date="10.02.2027").status_code == 200
    after = (AuditEntry.objects.count(), Decision.objects.count(), Action.objects.count())
    assert after == before


def test_the_page_takes_no_posts(past, auditor, client):
    client.force_login(auditor, "allauth.account.auth_backends.AuthenticationBackend")
    for page in ("as_of", "as_of_package", "as_of_paper"):
        address = reverse(f"archiving:{page}", args=[past.project.key])
        assert client.post(address).status_code == 405


def test_the_auditor_walks_from_her_own_page_to_the_files(past, auditor, client):
    client.force_login(auditor, "allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("archiving:as_of", args=[past.project.key])
    assert f'href="{address}"' in client.get("/").content.decode()
    assert f'href="{address}"' in client.get(f"/p/{past.project.key}/settings").content.decode()
    page = client.get(address, {"date": "10.02.2027"}).content.decode()
    assert f'href="{address}/package?at=2027-02-10T22:59:59.999999Z"' in page
    assert f'href="{address}/paper?at=2027-02-10T22:59:59.999999Z"' in page


def test_the_auditor_may_decide_and_propose_nothing_in_a_project(past, auditor):
    from tospann.foundation.authority import Power, rule

    own = {Power.OWN_ACCOUNT}
    actor = actor_for(auditor)
    allowed = {one for one in Power if rule(actor, one, past.project.pk).may_propose}
    assert allowed <= own
