"""The pages of sharing: who sees a thing, sharing it, and the API that says the same."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making

from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.sharing import commands, jobs
from tospann.sharing.models import Share, SharingPolicy

pytestmark = pytest.mark.django_db
SHARES_QUERIES, WHO_QUERIES = 18, 24


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    made = making.project("Svømmehall <nord>")
    made.project.state = "active"
    making.inside(made.project.save, made.project)
    return made


@pytest.fixture
def document(made):
    kept = blobs.put_bytes(b"Innhold")
    values = {"sha256": kept.sha256, "size": kept.size, "media_type": "text/plain"}
    return documents.add_document(
        made.manager, made.project, id=new_id(), name="Tilbud <1>.txt", **values
    )


def page_of(document):
    return f"/p/{document.project.key}/sharing/of/documents.document/{document.pk}"


def guest(**values):
    return {"kind": "guest", "email": "kari@kunde.no", "name": "Kari", "role": "view"} | values


def shared(made, document, by=None, **values):
    return commands.share_outside(
        by or made.manager,
        made.project,
        id=new_id(),
        reference=f"documents.document:{document.pk}",
        **guest(**values),
    )


def test_the_coordinators_share_outside_is_a_case_and_works_when_the_manager_approves(
    made, document, client
):
    client.force_login(made.people["coordinator"])
    answer = client.post(f"{page_of(document)}/new", guest(may_download="on", asks_code="on"))
    assert answer.status_code == 302
    assert not Share.objects.exists()
    case = Case.objects.get()
    cases.decide(made.manager, case, alternative="A")
    one = Share.objects.get()
    assert (one.email, one.approved_case) == ("kari@kunde.no", f"cases.case:{case.pk}")


def test_the_manager_shares_at_once_and_the_page_says_with_whom_and_why(made, document, client):
    client.force_login(made.people["manager"])
    client.post(f"{page_of(document)}/new", guest(name="Kari <Kunde>"))
    page = client.get(page_of(document)).content.decode()
    assert "Kari &lt;Kunde&gt;" in page
    assert "Tilbud &lt;1&gt;.txt" in page
    api = f"/api/v1/projects/{made.project.key}/access?reference=documents.document:{document.pk}"
    listed = {one["name"]: one for one in client.get(api).json()["principals"]}
    assert listed["Kari <Kunde>"]["reasons"][0]["kind"] == "share"
    assert {one["kind"] for one in listed.values()} == {"person", "guest"}


def test_a_member_proposes_only_what_she_may_manage(made, document, client):
    client.force_login(made.people["member"])
    person = {"kind": "person", "person": str(making.person("Ola").pk), "role": "view"}
    assert client.post(f"{page_of(document)}/new", person).status_code == 403
    assert not Case.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_shares_asks_a_fixed_number_of_queries(
    made, document, client, django_assert_num_queries, rows
):
    for number in range(rows):
        shared(made, document, email=f"kari{number}@kunde.no")
    client.force_login(made.people["manager"])
    address = f"/p/{made.project.key}/sharing"
    client.get(address)
    with django_assert_num_queries(SHARES_QUERIES):
        assert client.get(address).content.decode().count("@kunde.no)") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_who_can_see_this_asks_a_fixed_number_of_queries(
    made, document, client, django_assert_num_queries, rows
):
    for number in range(rows):
        shared(made, document, email=f"kari{number}@kunde.no")
    client.force_login(made.people["manager"])
    client.get(page_of(document))
    with django_assert_num_queries(WHO_QUERIES):
        client.get(page_of(document))


def test_what_nobody_answers_for_in_a_quarter_is_paused(made, document):
    one = shared(made, document)
    today = timezone.localdate()
    for days, state in ((60, "active"), (95, "active"), (106, "paused")):
        making.inside(lambda d=days: counted(one, today - timedelta(d)), made.project)
        jobs.review.func()
        one.refresh_from_db()
        assert one.state == state, days
    commands.change_outside_share(made.manager, one)
    one.refresh_from_db()
    assert (one.state, one.counts_from) == ("active", today)


def counted(one, day):
    one.refresh_from_db()
    one.counts_from = day
    one.save()


def test_confirming_keeps_it_for_another_quarter(made, document):
    one = shared(made, document)
    making.inside(lambda: counted(one, timezone.localdate() - timedelta(100)), made.project)
    one.refresh_from_db()
    commands.confirm_reviewed(made.manager, one)
    jobs.review.func()
    one.refresh_from_db()
    assert one.state == "active"


def test_rules_refuse_with_their_own_sentence(made, document):
    making.inside(SharingPolicy(project=made.project, max_days=10).save, made.project)
    with pytest.raises(commands.shares.Invalid) as refused:
        shared(made, document, expires_on=timezone.localdate() + timedelta(11))
    assert "10" in refused.value.message
    assert shared(made, document).expires_on == timezone.localdate() + timedelta(10)


def test_stopping_all_is_for_good(made, document):
    shared(made, document)
    commands.stop_all_sharing(made.manager, made.project, reason="Feil mottaker")
    commands.set_policy(made.manager, made.project)
    assert [one.state for one in Share.objects.all()] == ["revoked"]
    carry_out_owed()
