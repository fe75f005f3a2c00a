"""Handing a document to a program on somebody's own machine, through the REST API."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Schema, Status

from tospann.documents import access
from tospann.documents.api.documents import known
from tospann.documents.api.routing import router
from tospann.documents.dav import office, tokens


class OpenWith(Schema):
    """A program, and the link that makes a browser open the document in it."""

    program: str
    link: str


class AddressShown(Schema):
    """A short-lived WebDAV address of one document, for whoever asked. Shown once."""

    address: str
    programs: list[OpenWith]


@router.post(
    "/documents/{uuid:pk}/address", response={201: AddressShown}, summary="Open in a program"
)
def open_address(request: HttpRequest, pk: UUID) -> Status[AddressShown]:
    """An address that reads the document and, if I may, saves it: until 12 hours after last use."""
    actor, found = known(request, pk)
    if found.is_link or found.is_trashed or not access.of_document(actor, found).may_download:
        raise Http404
    address = tokens.address_for(actor, found)
    with_links = [
        OpenWith(program=one.key, link=one.link(address)) for one in office.programs_for(found)
    ]
    return Status(201, AddressShown(address=address, programs=with_links))
