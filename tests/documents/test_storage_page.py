"""What administrators see of the files, and what everybody sees when there is no room."""

import pytest
from django.urls import reverse
from tests import making

from tospann.documents import blobs
from tospann.documents.blobs import scrubbing
from tospann.foundation.authority import SYSTEM, Role
from tospann.people.commands import give_organisation_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def shown(client):
    person = making.person("Ada Admin")
    give_organisation_role(SYSTEM, person, role=Role.ADMINISTRATOR)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")

    def page():
        return client.get(reverse("admin_storage")).content.decode()

    return page


def test_the_page_says_what_the_last_reading_found(shown, settings):
    assert "tospann scrub" in shown()
    kept = blobs.put_bytes(b"Innhold")
    scrubbing.scrub()
    assert "slik det ble lagret" in shown() or "as it was kept" in shown()
    files = [one for one in settings.DATA_DIR.rglob("*") if one.is_file()]
    (path,) = [one for one in files if one.read_bytes() == b"Innhold"]
    path.chmod(0o600)
    path.write_bytes(b"innhold")
    scrubbing.scrub()
    assert kept.sha256[:16] in shown()


def test_a_disk_that_is_nearly_full_is_told(shown, settings, client):
    made = making.project()
    settings.DISK_RESERVE_MEGABYTES = 0
    before = shown()
    settings.DISK_RESERVE_MEGABYTES = 10**9
    assert len(shown()) > len(before)
    client.force_login(
        made.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    page = reverse("documents", args=[made.project.key])
    told = client.get(page).content
    settings.DISK_RESERVE_MEGABYTES = 0
    assert len(told) > len(client.get(page).content)
