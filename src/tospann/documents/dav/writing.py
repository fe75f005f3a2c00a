"""PUT, DELETE and MKCOL."""

from uuid import UUID

from django.http import HttpResponse

from tospann.documents import blobs, commands, files, locks, receiving
from tospann.documents.dav import incoming, replacing
from tospann.documents.dav.call import LARGEST_XML, Call, version_of
from tospann.documents.dav.drive import Resource
from tospann.documents.dav.refusals import Refused
from tospann.documents.models import Document, Folder, Lock
from tospann.foundation.authority import Ruling
from tospann.foundation.commands import submit
from tospann.foundation.errors import NotAllowed
from tospann.foundation.ids import new_id


def put(call: Call) -> HttpResponse:
    """Save a document: a new one, or a new version of the one that is there.

    Everything that can be refused is refused before the body is read.
    """
    if call.is_slashed or "Content-Range" in call.request.headers:
        raise Refused(400 if not call.is_slashed else 405)
    found, above = call.here, call.above(call.path)
    if found is not None and found.document is None:
        raise Refused(405)
    call.must_hold(found or above)
    document = found.document if found is not None else None
    if document is not None:
        _must_be_allowed(commands.add_version.ruling(call.actor, document))
        call.must_be_unlocked(document)
    else:
        call.must_be_changeable()
        _must_be_allowed(commands.add_document.ruling(call.actor, above.project))
        call.must_be_unlocked(above.what)
    blob = receiving.kept_body(call.request)
    with call.acting():
        made = _version(call, document, blob) if document else _new(call, above, blob)
    response = HttpResponse(status=204 if document else 201)
    response["ETag"] = Resource(call.path, made).etag
    return response


def _version(call: Call, document: Document, blob: blobs.Blob) -> Document:
    """The same bytes again are no new version."""
    if blob.sha256 == document.sha256:
        return document
    expected = version_of(document, call)
    if (held := _own_lock(call, document)) is not None:
        bound = commands.save_in_lock.on(document, expected)
        submit(call.actor, bound, sha256=blob.sha256, size=blob.size, since=held.made_at)
    else:
        plain = commands.add_version.on(document, expected)
        submit(call.actor, plain, sha256=blob.sha256, size=blob.size)
    return Document(sha256=blob.sha256)


def _own_lock(call: Call, document: Document) -> Lock | None:
    """The lock on the document itself whose token the program shows: it may save by itself."""
    mine = (one for one in locks.covering(document) if one.token in call.tokens)
    return next((one for one in mine if one.document_id and not one.is_shared), None)


def _new(call: Call, above: Resource, blob: blobs.Blob) -> Document:
    name = call.path[-1]
    if (one := replacing.former(call, above, name)) is None:
        return add(call, above, name, blob)
    return _version(call, replacing.take_back(call, one, above, name), blob)


def add(call: Call, above: Resource, name: str, blob: blobs.Blob) -> Document:
    """A document of that name with these bytes."""
    return commands.add_document(
        call.actor,
        above.project,
        id=new_id(),
        folder=above.folder_id,
        name=name,
        sha256=blob.sha256,
        size=blob.size,
        media_type=files.media_type_of(name),
    )


def throw_away(call: Call) -> HttpResponse:
    """Into the trash, where the page brings it back from."""
    call.must_be_changeable()
    found = call.resource
    if call.depth() is not None and found.is_collection:
        raise Refused(400)
    call.must_hold(found)
    with call.acting():
        trash(call, found)
    return HttpResponse(status=204)


def trash(call: Call, found: Resource) -> None:
    if isinstance(found.what, Document):
        commands.trash_document(call.actor, found.what)
    elif isinstance(found.what, Folder):
        commands.trash_folder(call.actor, found.what)
    else:
        raise Refused(403)


def mkcol(call: Call) -> HttpResponse:
    """Make a folder."""
    call.must_be_changeable()
    if incoming.everything(call.request, LARGEST_XML):
        raise Refused(415)
    if call.here is not None:
        raise Refused(405)
    above = call.above(call.path)
    call.must_hold(above)
    with call.acting():
        add_folder(call, above, call.path[-1])
    return HttpResponse(status=201)


def add_folder(call: Call, above: Resource, name: str) -> UUID:
    made = commands.add_folder(
        call.actor, above.project, id=new_id(), name=name, parent=above.folder_id
    )
    return made.pk


def _must_be_allowed(ruling: Ruling) -> None:
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
