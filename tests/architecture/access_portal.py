"""A portal for trying the table of docs/authority.md: every role, things of every class."""

import io
import json
from base64 import b64encode, b85encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.meetings import meet
from tests.reports import reporting

from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.documents.dav import tokens
from tospann.documents.models import Document, Folder
from tospann.documents.previews import keeping
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.meetings import publishing
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.projects import commands as projects
from tospann.quality import commands as quality
from tospann.reports.editions import issuing
from tospann.reports.editions.making import Chosen
from tospann.rooms import commands as rooms
from tospann.rooms.models import AcceptanceRequest
from tospann.sharing import commands as sharing
from tospann.sharing import visiting
from tospann.sharing.models import Share
from tospann.sharing.queries import grant_of
from tospann.sharing.seeing import visitor

CLASSES = {
    "O": "open",
    "I": "internal",
    "C": "confidential",
    "S": "strictly_confidential",
}
ORGANISATION = ("portfolio leader", "auditor", "administrator")
ROLES = (
    *("coordinator", "manager", "owner", "steering group", "benefit manager", "team member"),
    *(*ORGANISATION, "guest", "elsewhere", "link", "signed out", "deactivated"),
)
_NAMES = {
    "steering group": Role.STEERING,
    "benefit manager": Role.BENEFIT_RESPONSIBLE,
    "team member": Role.MEMBER,
    "portfolio leader": Role.PORTFOLIO_LEADER,
}
FILE = {"is_photo": "false"}
"""A file to attach; what it belongs to is the portal's to say."""
UPLOADS = {"content_type": "text/plain", "data": b"Nytt"}


@dataclass
class Portal:
    made: making.Made
    clients: dict[str, Client] = field(default_factory=dict)
    basic: dict[str, dict[str, str]] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    pks: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.made.project.key

    def address(self, route: str, letter: str) -> str:
        """The route with things of that class in it."""
        document = self.documents[letter]
        wanted = {
            "number": document.number,
            "version": 1,
            "sheet": 1,
            "program": "excel",
            "ask": "name",
            "act": "trash",
            "label": "documents.document",
            "pk": self._pk(route, letter),
            "token": self.pks["token"],
            "path": f"/{document.name}",
        }
        if route == "dav_document":
            return f"/dav/t/{self.pks['dav_token']}/{quote(self.documents['I'].name)}"
        if route == "room_link":
            return f"/room/{self.pks['token']}"
        names = _arguments(route)
        return reverse(route, kwargs={n: self.key if n == "key" else wanted[n] for n in names})

    def drive(self, letter: str) -> str:
        return f"/dav/{self.key}/{quote(self.documents[letter].name)}"

    def api(self, template: str, letter: str) -> str:
        """An address of the API with this project and these things in it."""
        is_share = "/shares/" in template
        pk = self.shares[letter].pk if is_share else self.documents[letter].pk
        pk = self.pks["attachment"] if "/files/" in template else pk
        return (
            template.replace("{key}", self.key)
            .replace("{number}", str(self.documents[letter].number))
            .replace("{version}", "1")
            .replace("{id}", str(pk))
            .replace("{reference}", reference(self.documents[letter]))
            .replace("{action}", self.pks["born_in"])
        )

    def _pk(self, route: str, letter: str) -> Any:
        if route in self.pks:
            return self.pks[route]
        if route in {"change_folder", "move_folder", "folder_act"}:
            return self.folders[letter].pk
        if route in _OF_SHARES:
            return self.shares[letter].pk
        return self.documents[letter].pk


_OF_SHARES = frozenset(
    ("share", "change_share", "stop_share", "pause_share", "confirm_share", "fetch_link", "see_as")
)


def _arguments(route: str) -> list[str]:
    from django.urls import get_resolver

    found: list[str] = get_resolver().reverse_dict.getlist(route)[0][0][0][1]
    return found


def build() -> Portal:
    made = making.project()
    made.project.state = "active"
    making.inside(made.project.save, made.project)
    portal = Portal(made)
    persons = {role: _person(made, role) for role in ROLES if role not in ("link", "signed out")}
    for role in ROLES:
        client = portal.clients[role] = Client(raise_request_exception=False)
        portal.basic[role] = {}
        if person := persons.get(role):
            client.force_login(person)
            secret = people.create_app_password(
                actor_for(person), person, id=new_id(), name="Disk"
            ).secret
            token = b64encode(f"{person.email}:{secret}".encode()).decode()
            portal.basic[role] = {"HTTP_AUTHORIZATION": f"Basic {token}"}
    people.deactivate_person(SYSTEM, persons["deactivated"])
    for letter, name in CLASSES.items():
        _things_of(portal, letter, name, persons["guest"])
    _told(portal)
    _room(portal)
    return portal


def _person(made: making.Made, role: str) -> Person:
    if role in ("coordinator", "manager", "owner", "team member", "guest"):
        return made.people[_NAMES.get(role) or Role(role)]
    person = making.person(role.title())
    if role == "elsewhere":
        projects.appoint(SYSTEM, making.project().project, person=person.pk, role=Role.MANAGER)
    elif role in ORGANISATION:
        people.give_organisation_role(SYSTEM, person, role=_NAMES.get(role) or Role(role))
    else:
        held = _NAMES.get(role, Role.MANAGER)
        projects.appoint(SYSTEM, made.project, person=person.pk, role=held)
    return person


def _things_of(portal: Portal, letter: str, name: str, guest: Person) -> None:
    made = portal.made
    kept = blobs.put_bytes(f"Innhold {letter}".encode())
    values: dict[str, Any] = {
        "sha256": kept.sha256,
        "size": kept.size,
        "media_type": "text/plain",
        "classification": name,
    }
    one = documents.add_document(
        made.manager, made.project, id=new_id(), name=f"{letter}.csv", **values
    )
    portal.documents[letter] = one
    sheet = {"width": 1, "height": 1, "webp": b85encode(b"x").decode()}
    keeping.keep(kept.sha256, {"total": 1, "pictures": [sheet]})
    portal.folders[letter] = documents.add_folder(
        made.manager, made.project, id=new_id(), name=f"Mappe {letter}", classification=name
    )
    portal.shares[letter] = sharing.share_outside(
        made.manager,
        made.project,
        id=new_id(),
        reference=reference(one),
        kind="person",
        person=guest.pk,
    )
    if letter != "S":
        _link(portal, one)


def _link(portal: Portal, what: Any, role: str = "view") -> Share:
    """A share by link, which the browser of “link” has opened."""
    one = sharing.share_outside(
        portal.made.manager,
        portal.made.project,
        id=new_id(),
        reference=reference(what),
        kind="link",
        role=role,  # type: ignore[arg-type]  # one of the literals
    )
    portal.pks["token"] = visiting.issue(SYSTEM, one)
    portal.clients["link"].get(f"/room/{portal.pks['token']}")
    return one


def _told(portal: Portal) -> None:
    """An edition of a report, a view of a register and a meeting with minutes, shared."""
    made, project = portal.made, portal.made.project
    edition = issuing.make(made.manager, reporting.signed(made), Chosen(title="Ut", done="Klart"))
    view = rooms.make_register_view(
        *(made.manager, project),
        id=new_id(),
        of="actions",
        title="Tiltak",
        columns=["title"],
    )
    removed = rooms.make_register_view(
        *(made.manager, project),
        id=new_id(),
        of="risks",
        title="Risiko",
        columns=["title"],
    )
    held = meet.under_way(made, days=0, roles=(Role.COORDINATOR, Role.MANAGER))
    publishing.publish(made.coordinator, held, timezone.localdate())
    portal.pks |= {
        **dict.fromkeys(("room_report", "room_report_pdf"), edition.result.pk),
        **dict.fromkeys(("room_register", "register_view"), view.pk),
        **dict.fromkeys(("room_meeting", "room_minutes"), held.pk),
        "remove_register_view": removed.pk,
    }
    for one in (edition.result, view, held):
        sharing.share_outside(
            made.manager,
            project,
            id=new_id(),
            reference=reference(one),
            kind="person",
            person=made.people[Role.GUEST].pk,
        )
        _link(portal, one)


def _room(portal: Portal) -> None:
    made, project = portal.made, portal.made.project
    slot = documents.add_folder(made.manager, project, id=new_id(), name="Til oss")
    _link(portal, slot, "upload")
    share = _link(portal, portal.documents["I"])
    asked = rooms.ask_acceptance(
        made.manager,
        project,
        id=new_id(),
        share=share.pk,
        document=portal.documents["I"].pk,
        title="Godta",
    )
    handed = quality.add_deliverable(made.manager, project, id=new_id(), title="Skjema")
    reaching = _link(portal, handed)
    quality.put_deliverable_forward(made.manager, handed, share=reaching.pk)
    comes = visitor(project.pk, [grant_of(share)])
    question = rooms.ask_question(comes, project, id=new_id(), text="Når?")
    item = rooms.publish_item(
        made.manager, project, id=new_id(), kind="meeting", item=str(new_id()), title="Møte"
    )
    needed = documents.ask_for_document(made.manager, project, id=new_id(), title="Plan")
    kept = blobs.put_bytes(b"Vedlegg")
    rooms.set_room_logo(made.manager, project, sha256=kept.sha256, size=kept.size)
    born_in = reference(made.project)
    attached = documents.attach(
        made.manager,
        project,
        id=new_id(),
        born_in=born_in,
        name="Vedlegg.txt",
        media_type="text/plain",
        size=kept.size,
        sha256=kept.sha256,
    )
    portal.pks |= {
        "hand_in": slot.pk,
        "answer_delivered": handed.pk,
        "answer_room_request": AcceptanceRequest.objects.get(pk=asked.pk).pk,
        "withdraw_request": asked.pk,
        **dict.fromkeys(("answer_room_question", "assign_room_question"), question.pk),
        "withdraw_from_room": item.pk,
        **dict.fromkeys(("change_needed", "answer_needed", "remove_needed"), needed.pk),
        "attachment": attached.pk,
        "what_can": made.people[Role.MEMBER].pk,
        "born_in": born_in,
        "dav_token": tokens.address_for(made.manager, portal.documents["I"]).split("/")[-2],
    }


def tried(portal: Portal, role: str, method: str, address: str, sent: Any) -> str:
    """What the role gets: ``yes``, ``no`` (403), ``–`` (404) or ``in`` (sign in first)."""
    client, headers = portal.clients[role], dict[str, str]()
    if address.startswith("/dav"):
        client = Client(raise_request_exception=False)
        headers = portal.basic[role]
    cookies, frame = client.cookies.output(), transaction.atomic()
    frame._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests do
    with frame:
        answer = _asked(portal, client, method, address, sent, headers)
        found = _outcome(answer)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return found


def _asked(
    portal: Portal, client: Client, method: str, address: str, sent: Any, headers: dict[str, str]
) -> Any:
    if method not in ("GET", "POST"):
        return client.generic(method, address, **(sent or {}), **headers)  # type: ignore[arg-type]  # Django's own stubs
    if method == "GET":
        return client.get(address, **headers)
    if isinstance(sent, dict) and sent.get("json") is not None:
        return client.post(address, json.dumps(sent["json"]), "application/json")
    if sent == FILE:
        body = {**FILE, "born_in": portal.pks["born_in"], "file": io.BytesIO(b"Nytt")}
        return client.post(address, body)
    if sent == UPLOADS:
        return client.post(address, **UPLOADS, HTTP_X_FILE_NAME="ny.txt")  # type: ignore[arg-type]  # Django's own stubs
    return client.post(address, sent or {})


def _outcome(answer: Any) -> str:
    if answer.streaming:
        answer.getvalue()
    is_door = answer.status_code == 302 and "/login/" in answer["Location"]
    if answer.status_code == 401 or is_door:
        return "in"
    about = (answer.request["REQUEST_METHOD"], answer.request["PATH_INFO"], answer.status_code)
    assert answer.status_code < 500, about
    assert answer.status_code != 405, about
    return {403: "no", 404: "–"}.get(answer.status_code, "yes")
