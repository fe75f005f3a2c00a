"""“Open in Word”: a short-lived address of one document, for one person."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone
from tests import making
from tests.dav.asking import LOCK, Asking, content

from tospann.documents import commands
from tospann.documents.dav import tokens
from tospann.documents.models import Classification, Document, OpenAddress
from tospann.foundation.authority import SYSTEM, Role
from tospann.people.administration import api_token
from tospann.people.commands import deactivate_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def one(client, made):
    Asking(client, made.people[Role.COORDINATOR], made.project)("PUT", "Notat æ.docx", b"en")
    return Document.objects.get()


def path_of(actor, one):
    address = tokens.address_for(actor, one)
    return address[address.index("/dav/") :]


def test_the_page_offers_the_programs_and_hands_the_address_over(client, made, one):
    client.force_login(made.people[Role.MEMBER])
    page = f"/p/{made.project.key}/documents/{one.number}"
    assert f'action="{page}/open/word"' in client.get(page).content.decode()
    answer = client.post(f"{page}/open/word")
    assert answer["Cache-Control"] == "no-store"
    said = unescape(answer.content.decode())
    link = re.search(r'href="ms-word:ofe\|u\|(https?://[^"]+)"', said)[1]
    path = link[link.index("/dav/t/") :]
    assert path.endswith("/Notat%20%C3%A6.docx")
    assert content(client.get(path)) == b"en"
    assert "vnd.libreoffice.command:ofe|u|http" in unescape(
        client.post(f"{page}/open/libreoffice").content.decode()
    )
    assert client.post(f"{page}/open/excel").status_code == 404
    assert client.get(f"{page}/open/word").status_code == 405
    assert OpenAddress.objects.filter(token_hash__in=[path.split("/")[3]]).count() == 0


def test_office_finds_its_way_locks_saves_and_lets_go(client, made, one):
    path = path_of(made.member, one)
    folder = path.rpartition("/")[0]
    assert client.options(folder)["DAV"] == "1, 2"
    assert client.options(folder)["MS-Author-Via"] == "DAV"
    assert client.head(path).status_code == 200
    assert client.generic("PROPFIND", folder, headers={"Depth": "1"}).status_code == 207
    locked = client.generic("LOCK", path, LOCK, headers={"Timeout": "Second-3600"})
    assert b"Second-3600" in locked.content
    held = {"If": f"({locked['Lock-Token']})"}
    assert client.generic("PUT", path, b"to", headers=held).status_code == 204
    assert client.generic("PUT", path, b"tre").status_code == 423
    assert client.generic("LOCK", path, headers=held).status_code == 200
    let_go = {"Lock-Token": locked["Lock-Token"]}
    assert client.generic("UNLOCK", path, headers=let_go).status_code == 204
    one.refresh_from_db()
    assert (one.version_number, one.changed_by_id) == (2, made.people[Role.MEMBER].pk)


def test_it_opens_nothing_but_its_document(client, made, one):
    path = path_of(made.member, one)
    folder = path.rpartition("/")[0]
    Asking(client, made.people[Role.COORDINATOR], made.project)("PUT", "Annet.docx", b"x")
    assert client.get(f"{folder}/Annet.docx").status_code == 404
    assert client.generic("PUT", f"{folder}/Ny.docx", b"x").status_code == 403
    assert client.generic("MKCOL", f"{folder}/Ny").status_code == 403
    assert client.generic("DELETE", path).status_code == 403
    elsewhere = {"Destination": f"http://testserver/dav/{made.project.key}/x.docx"}
    for method in ("COPY", "MOVE"):
        assert client.generic(method, path, headers=elsewhere).status_code == 403
    assert client.generic("LOCK", folder, LOCK).status_code in {403, 409}
    changed = ("A" if folder[-1] != "A" else "B").join([folder[:-1], ""])
    assert client.get(f"{changed}/Notat%20%C3%A6.docx").status_code == 404
    assert Document.objects.filter(trashed_at=None).count() == 2


def test_a_renamed_document_stays_open_under_the_name_it_was_opened_by(client, made, one):
    path = path_of(made.member, one)
    commands.rename_document(made.coordinator, one, name="Nytt navn.docx")
    assert client.generic("PUT", path, b"to").status_code == 204
    one.refresh_from_db()
    assert (one.name, one.version_number) == ("Nytt navn.docx", 2)


def test_it_ends_by_itself_but_not_while_it_is_used(client, made, one):
    path, start = path_of(made.member, one), timezone.now()
    for hours in (10, 20, 30, 40, 50, 60, 70):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert client.head(path).status_code == 200, hours
    with time_machine.travel(start + timedelta(hours=73)):
        assert client.head(path).status_code == 404
    unused = path_of(made.member, one)
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        assert client.head(unused).status_code == 404
        path_of(made.member, one)
        assert OpenAddress.objects.count() == 2


def test_it_ends_with_the_account_and_with_the_right_to_see(client, made, one):
    path = path_of(made.member, one)
    commands.change_document(made.manager, one, classification=Classification.STRICTLY_CONFIDENTIAL)
    assert client.head(path).status_code == 404
    commands.change_document(made.manager, one)
    assert client.head(path).status_code == 200
    commands.trash_document(made.manager, one)
    assert client.head(path).status_code == 404
    commands.restore_document(made.manager, one)
    deactivate_person(SYSTEM, made.people[Role.MEMBER])
    assert client.head(path).status_code == 404


def test_addresses_are_not_written_in_the_log():
    from tospann.config.log import cleaned

    assert cleaned("GET /dav/t/abcdefghijklmnop/x.docx 200") == "GET /dav/t/…/x.docx 200"


def test_the_api_hands_the_address_over_as_well(client, made, one):
    secret = api_token(made.people[Role.MEMBER].email, "skript", ["write"])
    asked = {"headers": {"authorization": f"Bearer {secret}"}}
    answer = client.post(f"/api/v1/documents/{one.pk}/address", **asked)
    assert answer.status_code == 201
    told = answer.json()
    assert [with_["program"] for with_ in told["programs"]] == ["word", "libreoffice"]
    path = told["address"][told["address"].index("/dav/t/") :]
    assert client.generic("PUT", path, b"to").status_code == 204
    commands.trash_document(made.manager, Document.objects.get())
    assert client.post(f"/api/v1/documents/{one.pk}/address", **asked).status_code == 404
