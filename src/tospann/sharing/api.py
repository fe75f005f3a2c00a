"""Reading shares, and who can see what, through the REST API. Changes go through the commands."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Body, Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.people.pages import require_decides
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.sharing import access, commands, queries, seeing, visiting
from tospann.sharing.models import Share

router = Router(tags=["sharing"])


class ShareShown(Schema):
    """Something shared with somebody, and whether it works now."""

    id: UUID
    reference: str
    title: str
    kind: str
    person_id: UUID | None
    email: str
    name: str
    role: str
    may_download: bool
    has_watermark: bool
    asks_code: bool
    asks_password: bool
    expires_on: date | None
    until: date | None = Field(description="The day it ends by its own terms or by the rules")
    download_limit: int | None
    downloads: int
    state: str
    works: bool
    because: str | None = Field(description="Why it does not work now")
    made_by_id: UUID | None
    made_at: datetime
    approved_case: str
    reviewed_on: date | None
    version: int


class ShareList(Schema):
    """The shares of a project, of what the caller sees."""

    items: list[ShareShown]
    count: int


class ReasonShown(Schema):
    """Why somebody sees it."""

    kind: str
    text: str
    share_id: UUID | None


class PrincipalShown(Schema):
    """Somebody who can see it."""

    kind: str
    name: str
    person_id: UUID | None
    email: str
    is_outside: bool
    right: str
    may_download: bool
    reasons: list[ReasonShown]


class WhoSees(Schema):
    """Everybody who can see a thing now."""

    reference: str
    title: str
    classification: str
    principals: list[PrincipalShown]


class LinkMade(Schema):
    """A new link, given this once; the one before it is void."""

    address: str


class LinkWanted(Schema):
    """What the link is to ask for, when the share asks for a password."""

    password: Annotated[str, Field(max_length=100)] = ""


Reference = Annotated[str, Field(max_length=100, description="Such as documents.document:01928f…")]


def _project(request: HttpRequest, key: str) -> tuple[Actor, Project]:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor, projects.project(actor, key)


@router.get("/projects/{key}/shares", response=ShareList, summary="What is shared, with whom")
def shares(request: HttpRequest, key: str, reference: str = "") -> dict[str, Any]:
    """Those that work first. With a reference: of that thing and of what it lies in."""
    actor, project = _project(request, key)
    if reference:
        what = queries.thing_for(actor, project, reference)
        found = queries.of_subjects(actor, project, [what.reference, *what.above])
    else:
        found = queries.of_project(actor, project)
    return {"items": [_shown(one) for one in found], "count": len(found)}


def _shown(one: queries.Shown) -> dict[str, Any]:
    share: Share = one.share
    names = set(ShareShown.model_fields) - {"reference", "until", "works", "because"}
    return {name: getattr(share, name) for name in names} | {
        "reference": share.subject,
        "until": one.until,
        "works": one.works,
        "because": str(one.because) if one.because else None,
    }


@router.get("/projects/{key}/access", response=WhoSees, summary="Who can see this, and why")
def who_sees(request: HttpRequest, key: str, reference: Reference) -> dict[str, Any]:
    """Of a document or a folder the caller sees."""
    actor, project = _project(request, key)
    what = queries.thing_for(actor, project, reference)
    return {
        "reference": what.reference,
        "title": what.title,
        "classification": what.classification,
        "principals": [_principal(one) for one in seeing.principals(what)],
    }


def _principal(one: seeing.Principal) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("kind", "name", "person_id", "email")},
        "is_outside": one.is_outside,
        "right": one.right.name.lower(),
        "may_download": one.access.may_download,
        "reasons": [_reason(why) for why in one.reasons],
    }


def _reason(why: access.Reason) -> dict[str, Any]:
    share = why.share.id if why.share else None
    return {"kind": why.kind, "text": str(why), "share_id": share}


@router.post("/projects/{key}/shares/{uuid:pk}/link", response=LinkMade, summary="Fetch a new link")
def fetch_link(
    request: HttpRequest, key: str, pk: UUID, body: Annotated[LinkWanted, Body()]
) -> dict[str, str]:
    """The link a share is opened with. It is given once; a link made before stops working."""
    actor, project = _project(request, key)
    one = queries.share(actor, project, pk).share
    require_decides(commands.renew_link.ruling(actor, one))
    token = visiting.issue(actor, one, body.password)
    return {"address": f"{settings.BASE_URL}{reverse('room_link', args=[token])}"}
