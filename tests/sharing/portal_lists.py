"""Every list of documents in the portal: which of the model's documents it shows somebody."""

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.test import Client

if TYPE_CHECKING:
    from tests.sharing.portal_model import Portal

WORD = "sak"
"""In the name of each of them."""


def of_person(portal: "Portal", client: Client) -> dict[str, set[UUID]]:
    """The documents that each list of them shows somebody."""
    key, api = portal.key, f"/api/v1/projects/{portal.key}"
    return {
        "documents": _numbered(portal, client, f"/p/{key}/documents"),
        "api_list": {UUID(one["id"]) for one in _json(client, f"{api}/documents")["items"]},
        "search": _found(portal, client),
        "search_page": _searched(portal, client),
    }


def told(portal: "Portal", client: Client) -> dict[str, set[UUID]]:
    """The documents that pages and feeds about what has happened name, or lead to."""
    key, api = portal.key, f"/api/v1/projects/{portal.key}"
    return {
        "changes": _mentioned(portal, client, f"/p/{key}/changes?since=0"),
        "audit": _mentioned(portal, client, f"{api}/audit?limit=200"),
        "history": _named(portal, client, f"/p/{key}/history"),
        "overview": _named(portal, client, f"/p/{key}/"),
        "my_page": _named(portal, client, "/"),
        "inbox": _leading(portal, client),
    }


def _json(client: Client, address: str) -> Any:
    answer = _asked(client, address)
    return answer.json() if answer.status_code == 200 else {"items": []}


def _text(client: Client, address: str) -> str:
    answer = _asked(client, address)
    return answer.content.decode() if answer.status_code == 200 else ""


def _asked(client: Client, address: str) -> Any:
    """There, or not there for whoever asks: no address is simply wrong."""
    answer = client.get(address)
    assert answer.status_code in {200, 302, 401, 404}, (address, answer.status_code)
    return answer


def _numbered(portal: "Portal", client: Client, address: str) -> set[UUID]:
    """By the links to their pages."""
    numbers = re.findall(rf"/p/{portal.key}/documents/(\d+)\b", _text(client, address))
    return {one.pk for one in portal.documents if str(one.number) in numbers}


def _found(portal: "Portal", client: Client) -> set[UUID]:
    """Each hit leads to where its finder can open it."""
    hits = _hits(client, f"/api/v1/search?q={WORD}")
    titles = [hit["title"] for hit in hits if client.get(hit["link"]).status_code == 200]
    return {one.pk for one in portal.documents if one.name in titles}


def _hits(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    return list(answer.json()) if answer.status_code == 200 else []


def _searched(portal: "Portal", client: Client) -> set[UUID]:
    """The words that were asked for are marked."""
    shown = re.sub(r"</?mark>", "", _text(client, f"/search?q={WORD}"))
    return {one.pk for one in portal.documents if one.name in shown}


def _mentioned(portal: "Portal", client: Client, address: str) -> set[UUID]:
    """By their ids or their names, anywhere."""
    text = _text(client, address)
    return {one.pk for one in portal.documents if str(one.pk) in text or one.name in text}


def _named(portal: "Portal", client: Client, address: str) -> set[UUID]:
    text = _text(client, address)
    return {one.pk for one in portal.documents if one.name in text}


def _leading(portal: "Portal", client: Client) -> set[UUID]:
    """The documents that a line of the inbox leads to, and that then open."""
    links = {one["link"] for one in _json(client, "/api/v1/inbox?limit=100")["items"]}
    return {
        one.pk
        for one in portal.documents
        for link in links
        if link.endswith(f"/documents/{one.number}") and client.get(link).status_code == 200
    }
