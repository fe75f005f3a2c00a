"""Documents through the API: listed, sent, fetched in ranges, and locked ones left alone."""

import pytest

from tospann.documents import commands
from tospann.documents.models import Document
from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db
RAW = "application/octet-stream"


@pytest.fixture
def visit(client, made):
    def as_role(role=Role.COORDINATOR):
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(made.people[role], backend)
        return client

    return as_role


def test_a_file_is_sent_listed_and_fetched(visit, made, folders):
    as_her, key = visit(), made.project.key
    sent = as_her.post(
        f"/api/v1/projects/{key}/documents?folder={folders['02.1'].pk}&comment=F%C3%B8rste",
        b"0123456789",
        content_type=RAW,
        headers={"X-File-Name": "Rapport%20%C3%A5.bin"},
    )
    assert sent.status_code == 201, sent.content
    shown = sent.json()
    assert (shown["name"], shown["classification"]) == ("Rapport å.bin", "confidential")
    listed = as_her.get(f"/api/v1/projects/{key}/documents?count=true").json()
    assert (listed["count"], listed["items"][0]["id"]) == (1, shown["id"])
    part = as_her.get(f"/api/v1/documents/{shown['id']}/content", headers={"Range": "bytes=2-4"})
    assert (part.status_code, b"".join(part)) == (206, b"234")
    (version,) = as_her.get(f"/api/v1/documents/{shown['id']}/versions").json()
    assert version["comment"] == "Første"
    assert visit(Role.MEMBER).get(f"/api/v1/documents/{shown['id']}").status_code == 404
    labels = [
        one["label"] for one in visit(Role.MEMBER).get(f"/api/v1/projects/{key}/folders").json()
    ]
    assert labels == ["01 Styring"]


def test_a_version_is_added_unless_somebody_else_has_it(visit, made, add):
    one = add()
    commands.check_out(made.member, one)
    place = f"/api/v1/documents/{one.pk}/versions"
    assert visit().post(place, b"ny", content_type=RAW).status_code == 423
    assert visit(Role.MEMBER).post(place, b"ny", content_type=RAW).status_code == 201
    assert Document.objects.get().version_number == 2


def test_somebody_from_elsewhere_finds_no_document(client, made, add):
    from tests import making

    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(making.person("Fremmed"), backend)
    assert client.get(f"/api/v1/documents/{add().pk}/content").status_code == 404
