"""The portal as the sharing model plays with it: people, things, browsers, and what they reach."""

import io
import re
import zipfile
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.test import Client
from PIL import Image
from tests import making
from tests.sharing import portal_lists as lists

from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.documents.access import Item
from tospann.documents.models import Document, Folder
from tospann.documents.previews import making as making_previews
from tospann.documents.tree import Tree
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.people.commands import create_app_password, give_organisation_role
from tospann.people.models import Person
from tospann.projects import commands as projects
from tospann.search import indexing
from tospann.sharing import seeing, visiting
from tospann.sharing.models import Share, Visit

NAMES = ("Anbud sak.txt", "Budsjett sak.txt", "Charter sak.png")
PASSWORD = "et langt passord"
_IN_ROOM = re.compile(r"/documents/([0-9a-f-]{36})\"")


@dataclass
class Browser:
    """Somebody outside with a link: the browser keeps its cookie whatever happens to the share."""

    share_id: UUID
    token: str
    client: Client = field(default_factory=Client)
    entered: bool = False


@dataclass
class Portal:
    """Three documents in folders of different classes, and eight people."""

    made: making.Made
    people: dict[str, Person]
    clients: dict[str, Client]
    passwords: dict[str, str]
    folders: list[Folder]
    documents: list[Document]
    browsers: list[Browser] = field(default_factory=list)

    cookies: dict[str, str] = field(default_factory=dict)
    began: int = 0

    def begin(self) -> None:
        """Everybody as they were when the portal was made, and nobody outside."""
        self.began += 1
        self.browsers.clear()
        for name, client in self.clients.items():
            self.cookies.setdefault(name, client.cookies.output())
            client.cookies.clear()
            client.cookies.load(self.cookies[name].replace("Set-Cookie: ", ""))

    def knock(self, name: str) -> dict[str, str]:
        """Her app password, from a machine of her own: nobody is shut out by others' failures."""
        whose = list(self.people).index(name)
        return {
            "HTTP_AUTHORIZATION": f"Basic {self.passwords[name]}",
            "REMOTE_ADDR": f"10.{whose}.{self.began // 250}.{self.began % 250}",
        }

    def sign_in(self) -> None:
        """After days have passed, everybody has been signed out."""
        for name, client in self.clients.items():
            client.force_login(Person.objects.get(pk=self.people[name].pk))

    @property
    def key(self) -> str:
        return self.made.project.key

    def things(self) -> list[Any]:
        return [*self.folders, *self.documents]

    def fresh(self, one: Any) -> Any:
        return type(one).objects.get(pk=one.pk)


def build() -> Portal:
    made = making.project()
    made.project.state = "active"
    making.inside(made.project.save, made.project)
    names = ("coordinator", "manager", "owner", "member", "guest")
    people = {name: made.people[Role(name)] for name in names}
    people["other_member"] = making.person("Ola Annen")
    projects.appoint(SYSTEM, made.project, person=people["other_member"].pk, role=Role.MEMBER)
    people["colleague"] = making.person("Kollega Uten Rolle")
    people["auditor"] = making.person("Rita Revisor")
    give_organisation_role(SYSTEM, people["auditor"], role=Role.AUDITOR)
    clients, passwords = {}, {}
    for name, person in people.items():
        clients[name] = Client(raise_request_exception=True)
        clients[name].force_login(person)
        secret = create_app_password(actor_for(person), person, id=new_id(), name="Disk").secret
        passwords[name] = b64encode(f"{person.email}:{secret}".encode()).decode()
    top, inner, closed = _folders(made)
    words, drawn = blobs.put_bytes(b"Innhold"), blobs.put_bytes(_picture())
    making_previews.draw(drawn.sha256, NAMES[2])
    listed = [
        documents.add_document(
            made.actor(role),
            made.project,
            id=new_id(),
            name=name,
            folder=folder and folder.pk,
            sha256=kept.sha256,
            size=kept.size,
            media_type=media_type,
        )
        for name, folder, role, kept, media_type in (
            (NAMES[0], inner, Role.MANAGER, words, "text/plain"),
            (NAMES[1], closed, Role.COORDINATOR, words, "text/plain"),
            (NAMES[2], None, Role.MEMBER, drawn, "image/png"),
        )
    ]
    return Portal(made, people, clients, passwords, [top, inner, closed], listed)


def _picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (30, 90, 160)).save(made, "PNG")
    return made.getvalue()


def _folders(made: making.Made) -> tuple[Folder, Folder, Folder]:
    def add(name: str, **values: Any) -> Folder:
        return documents.add_folder(made.manager, made.project, id=new_id(), name=name, **values)

    top = add("Leveranser")
    return top, add("Fase 1", parent=top.pk), add("Avtaler", classification="confidential")


def listed(portal: Portal, document: Document) -> set[str]:
    """Who *who can see this?* names: people by name in the test, guests by address, links by id."""
    names = {person.pk: name for name, person in portal.people.items()}
    found = set()
    for one in seeing.principals(Item.of_document(document)):
        if one.kind == "person":
            found.add(names[one.person_id])
        elif one.kind == "guest":
            found.add(one.email)
        else:
            found |= {str(why.share.id) for why in one.reasons if why.share}
    return found


def in_lists(portal: Portal) -> dict[str, dict[str, set[UUID]]]:
    """Who gets which documents from each list there is of them."""
    by_name = {one.name: one.pk for one in portal.documents}
    got: dict[str, dict[str, set[UUID]]] = {}
    indexing.keep("documents.document", [str(one.pk) for one in portal.documents])
    for name, client in portal.clients.items():
        found = lists.of_person(portal, client)
        zipped = {by_name[part] for part in _zipped(client, portal.key)}
        got[name] = {**found, "zip": zipped, "room": _in_room(client, portal.key)}
    for browser in portal.browsers:
        share = Share.objects.get(pk=browser.share_id)
        of_all = got.setdefault(share.email or str(share.pk), {"room": set()})
        of_all["room"] |= _visited(browser, share, portal.key)
    return got


def told(portal: Portal) -> dict[str, dict[str, set[UUID]]]:
    """Who is told of which documents by feeds; visitors see neither these nor any list."""
    for browser in portal.browsers:
        assert not any(lists.of_person(portal, browser.client).values())
        assert not any(lists.told(portal, browser.client).values())
    return {name: lists.told(portal, client) for name, client in portal.clients.items()}


def _zipped(client: Client, key: str) -> set[str]:
    answer = client.get(f"/p/{key}/documents/zip")
    if answer.status_code != 200:
        return set()
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        return {name.rpartition("/")[2] for name in archive.namelist()}


def _in_room(client: Client, key: str) -> set[UUID]:
    answer = client.get(f"/rooms/{key}/")
    found = _IN_ROOM.findall(answer.content.decode()) if answer.status_code == 200 else []
    return {UUID(one) for one in found}


def _visited(browser: Browser, share: Share, key: str) -> set[UUID]:
    """What the browser sees in the room; it comes in by its link the first time it works."""
    if not browser.entered:
        browser.client.get(f"/room/{browser.token}")
        if visit := Visit.objects.filter(share=share).first():
            browser.entered = _unlocked(browser.client, visit, key)
    return _in_room(browser.client, key)


def _unlocked(client: Client, visit: Visit, key: str) -> bool:
    if visiting.asks_code(visit.share):
        typed = {"code": visiting.new_code(visit)}
    elif visit.share.asks_password:
        typed = {"password": PASSWORD}
    else:
        return True
    return client.post(f"/rooms/{key}/unlock", typed).status_code == 302


def ways(portal: Portal, document: Document) -> dict[str, str]:
    """Every address by which somebody inside may fetch a document, or something of it."""
    page = f"/p/{portal.key}/documents/{document.number}"
    api, reference = f"/api/v1/documents/{document.pk}", f"documents.document:{document.pk}"
    of_project = f"/api/v1/projects/{portal.key}"
    found = {
        "page": page,
        "file": f"{page}/file",
        "version": f"{page}/versions/1",
        "preview": f"{page}/preview",
        "compare": f"{page}/compare?old=1&new=1",
        "who_sees": f"/p/{portal.key}/sharing/of/documents.document/{document.pk}",
        "api": f"{of_project}/access?reference={reference}",
        "api_shares": f"{of_project}/shares?reference={reference}",
        "api_number": f"{of_project}/documents/{document.number}",
        "api_id": api,
        "api_content": f"{api}/content",
        "api_versions": f"{api}/versions",
        "api_version": f"{api}/versions/1/content",
    }
    if document.name.endswith(".png"):
        found["preview_page"] = f"{page}/preview/1"
    return found


def drive_of(portal: Portal, document: Document) -> str:
    parts = [*Tree.of(portal.made.project.pk).path(document.folder_id), document.name]
    return f"/dav/{portal.key}/" + "/".join(quote(part) for part in parts)


def one_by_one(portal: Portal, document: Document) -> dict[str, dict[str, bool]]:
    """What each gets of one document from every page, the API, the drive and the room."""
    got: dict[str, dict[str, bool]] = {}
    addresses, drive = ways(portal, document), drive_of(portal, document)
    for name, client in portal.clients.items():
        basic = portal.knock(name)
        got[name] = {way: _gets(client, address) for way, address in addresses.items()}
        got[name]["drive"] = _gets(Client(), drive, **basic)
        got[name]["drive_list"] = _is_listed(drive, basic)
        got[name]["opened"] = _opens(client, document)
    inside = f"/rooms/{portal.key}/documents/{document.pk}"
    for browser in portal.browsers:
        share = Share.objects.get(pk=browser.share_id)
        answers = got.setdefault(share.email or str(share.pk), {"page": False})
        of_room = {"room": inside, "room_file": f"{inside}/file"}
        if "preview_page" in addresses:
            of_room["room_preview"] = f"{inside}/pages/1"
        for way, address in of_room.items():
            answers[way] = answers.get(way, False) or _gets(browser.client, address)
        for address in (*addresses.values(), drive):
            assert not _gets(browser.client, address), f"{address} opened for {share}"
    return got


def _is_listed(drive: str, basic: dict[str, str]) -> bool:
    """Whether the drive names it in the folder it lies in."""
    folder = drive.rpartition("/")[0] + "/"
    answer = Client().generic("PROPFIND", folder, headers={"Depth": "1"}, **basic)  # type: ignore[arg-type]  # Django's own stubs
    assert answer.status_code in {207, 401, 404}, (folder, answer.status_code)
    return answer.status_code == 207 and f">{drive}<" in answer.content.decode()


def _opens(client: Client, document: Document) -> bool:
    """Whether an address for an office program is handed out, and opens the document."""
    answer = client.post(f"/api/v1/documents/{document.pk}/address")
    assert answer.status_code in {201, 401, 404}, answer.status_code
    if answer.status_code != 201:
        return False
    return _gets(Client(), urlsplit(answer.json()["address"]).path)


def _gets(client: Client, address: str, **headers: str) -> bool:
    answer = client.get(address, **headers)
    if answer.streaming:
        answer.getvalue()
    assert answer.status_code in {200, 302, 401, 403, 404}, (address, answer.status_code)
    return answer.status_code == 200
