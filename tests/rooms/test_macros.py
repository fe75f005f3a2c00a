"""Files with macros: told of wherever they are shown, and given to nobody from outside."""

import io
import zipfile
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests import making
from tests.dav.asking import Asking
from tests.documents import hostile

from tospann.documents import blobs, contents
from tospann.documents import commands as documents
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.sharing import commands as sharing

pytestmark = pytest.mark.django_db
MACROS = [one for one in hostile.BAD if "macros" in one.expects]
GUEST, EXTERNAL, COLLEAGUE = "guest", "external member", "colleague as guest"
OUTSIDE, INSIDE = (GUEST, EXTERNAL, COLLEAGUE), ("member", "manager")


@pytest.fixture
def shelf(made, add, folder):
    """Every macro file and a plain one, in a folder shared with the guests; and everybody."""
    kept = {}
    for number, one in enumerate([*MACROS, hostile.GOOD[0]]):
        kept[one] = add(f"{number} {one.name}", one.data, folder=folder.pk)
        contents.examined(kept[one].sha256)
    people = {
        GUEST: made.people[Role.GUEST],
        EXTERNAL: making.person("Ekstern Elin", is_external=True),
        COLLEAGUE: making.person("Kollega Kåre"),
        "member": made.people[Role.MEMBER],
        "manager": made.people[Role.MANAGER],
    }
    for name, role in ((EXTERNAL, Role.MEMBER), (COLLEAGUE, Role.GUEST)):
        projects.appoint(SYSTEM, made.project, person=people[name].pk, role=role)
    for name in (GUEST, COLLEAGUE):
        _share(made, folder, people[name])
    return kept, people


def _share(made, folder, person):
    values = {"id": new_id(), "reference": f"documents.folder:{folder.pk}", "person": person.pk}
    if person.is_external:
        return sharing.share_outside(made.manager, made.project, kind="person", **values)
    return sharing.share(made.manager, made.project, **values)


def ways(made, person, document, folder):
    """What each way of fetching the document gives this person."""
    client = Client()
    client.force_login(person)
    page, api = f"/p/{made.project.key}/documents", f"/api/v1/documents/{document.pk}"
    room = f"/rooms/{made.project.key}/documents/{document.pk}/file"
    drive = Asking(Client(), person, made.project)
    got = {
        "file": client.get(f"{page}/{document.number}/file"),
        "version": client.get(f"{page}/{document.number}/versions/1"),
        "api": client.get(f"{api}/content"),
        "api version": client.get(f"{api}/versions/1/content"),
        "drive": drive("GET", f"{folder.name}/{document.name}"),
        "room": client.get(room),
    }
    address = client.post(f"{api}/address")
    if address.status_code == 201:
        got["office"] = Client().get(urlsplit(address.json()["address"]).path)
    found = {way: bytes_of(answer) for way, answer in got.items()}
    ticked = client.post(f"{page}/zip", {"pick": [document.pk]})
    found["zip"] = packed(ticked).get(document.name)
    found["zip of the folder"] = packed(client.get(f"{page}/zip?folder={folder.pk}")).get(
        document.name
    )
    return found


def bytes_of(answer):
    """None where there were none to be had."""
    assert answer.status_code in {200, 403, 404}, answer.status_code
    return answer.getvalue() if answer.status_code == 200 else None


def packed(answer):
    if answer.status_code != 200:
        return {}
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        return {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_nobody_from_outside_gets_a_macro_file_by_any_way(made, folder, shelf):
    kept, people = shelf
    for name in OUTSIDE:
        for one in MACROS:
            got = ways(made, people[name], kept[one], folder)
            assert {way for way, data in got.items() if data is not None} == set(), (name, one)


def test_the_same_ways_give_those_inside_all_and_those_outside_a_plain_file(made, folder, shelf):
    """The control: each way is open, so it was the macros that closed it."""
    kept, people = shelf
    plain, macro = hostile.GOOD[0], MACROS[0]
    for name in INSIDE:
        got = ways(made, people[name], kept[macro], folder)
        assert {way for way, data in got.items() if data != macro.data} <= {"room"}, name
    opened = set()
    for name in OUTSIDE:
        got = ways(made, people[name], kept[plain], folder)
        assert set(got.values()) <= {plain.data, None}
        opened |= {way for way, data in got.items() if data is not None}
        assert plain.data in (got["file"], got["room"]), name
    assert opened == {*ways(made, people["manager"], kept[plain], folder)}


def test_a_link_opens_the_room_but_gives_no_macro_file(made, shelf, folder, share, enter, client):
    kept, _people = shelf
    _one, token = share(folder)
    assert enter(token).status_code == 200
    answers = {
        one: bytes_of(client.get(f"/rooms/{made.project.key}/documents/{document.pk}/file"))
        for one, document in kept.items()
    }
    assert answers == {**dict.fromkeys(MACROS), hostile.GOOD[0]: hostile.GOOD[0].data}


def test_it_is_told_where_it_is_shown_and_no_button_leads_to_nothing(
    made, shelf, folder, share, enter, client
):
    kept, people = shelf
    document = kept[MACROS[0]]
    _one, token = share(folder)
    listed = enter(token).text
    at = f"/rooms/{made.project.key}/documents/"
    offered = {one for one, kept_one in kept.items() if f"{at}{kept_one.pk}/file" in listed}
    assert offered == {hostile.GOOD[0]}
    here = f"/rooms/{made.project.key}/documents/{document.pk}"
    page = client.get(here).text
    assert "makro" in page.lower()
    assert f"{here}/file" not in page
    number = f"/p/{made.project.key}/documents/{document.number}"
    for name, is_offered in ((EXTERNAL, False), ("manager", True)):
        client.force_login(people[name])
        assert (f'href="{number}/file"' in client.get(number).text) is is_offered
        assert "makro" in client.get(f"{number}/preview").text.lower()


def test_a_macro_that_comes_with_a_later_version_closes_that_and_not_the_one_before(
    made, add, folder, client
):
    one = add("Notat.docx", hostile.docx(), folder=folder.pk)
    kept = blobs.put_bytes(hostile.docx_with({"word/vbaProject.bin": "x"}))
    values = {"sha256": kept.sha256, "size": kept.size, "media_type": one.media_type}
    documents.add_version(made.manager, one, **values)
    outside = making.person("Ekstern Elin", is_external=True)
    projects.appoint(SYSTEM, made.project, person=outside.pk, role=Role.MEMBER)
    client.force_login(outside)
    page = f"/p/{made.project.key}/documents/{one.number}"
    asked = (f"{page}/file", f"{page}/versions/2", f"{page}/versions/1")
    assert [client.get(address).status_code for address in asked] == [403, 403, 200]
