"""COPY and MOVE.

What comes to lie over a document becomes its newest version: programs that save by moving a
temporary file over the old one keep its history. What comes to lie over a folder replaces it, and
the old one lies in the trash.
"""

from uuid import UUID

from django.http import HttpResponse

from tospann.documents import commands, locks
from tospann.documents.dav import properties, replacing
from tospann.documents.dav.addresses import Path
from tospann.documents.dav.call import Call
from tospann.documents.dav.drive import Resource
from tospann.documents.dav.refusals import Refused
from tospann.documents.dav.writing import trash
from tospann.documents.models import Document, Folder
from tospann.foundation.ids import new_id


def copy(call: Call) -> HttpResponse:
    source, to = _both(call)
    depth = call.depth()
    if depth == 1:
        raise Refused(400)
    if source.is_collection and depth is None and _lies_in(to, call.path):
        raise Refused(409)
    target, above = _place(call, to)
    with call.acting():
        if source.document is not None and target is not None and target.document is not None:
            _over(call, source.document, target.document)
        else:
            instead_of = _replace(call, source, target)
            _copy(call, source, above, to[-1], deep=depth is None, instead_of=instead_of)
    return HttpResponse(status=201 if target is None else 204)


def move(call: Call) -> HttpResponse:
    source, to = _both(call)
    if call.depth() is not None and source.is_collection:
        raise Refused(400)
    if source.is_collection and _lies_in(to, call.path):
        raise Refused(403)
    call.must_be_unlocked(source.what, deep=True)
    call.must_be_unlocked(call.above(call.path).what)
    target, above = _place(call, to)
    with call.acting():
        if source.document is not None and target is not None and target.document is not None:
            _over(call, source.document, target.document)
            trash(call, source)
        else:
            instead_of = _replace(call, source, target)
            _move(call, source, above, to[-1], instead_of)
    return HttpResponse(status=201 if target is None else 204)


def _both(call: Call) -> tuple[Resource, Path]:
    """What is copied or moved, and where to; within one project."""
    call.must_be_changeable()
    source, to = call.resource, call.destination()
    call.must_hold(source)
    if len(call.path) < 2 or to == call.path:
        raise Refused(403)
    if len(to) < 2 or to[0].upper() != call.path[0].upper():
        raise Refused(403, said="Within one project only.")
    return source, (call.path[0], *to[1:])


def _place(call: Call, to: Path) -> tuple[Resource | None, Resource]:
    """What lies there already, and what it is to lie in; nobody may have locked either."""
    above, target = call.above(to), call.at(to)
    if target is not None and call.request.headers.get("Overwrite", "T").strip().upper() == "F":
        raise Refused(412)
    if target is not None:
        call.must_be_unlocked(target.what, deep=True)
    call.must_be_unlocked(above.what)
    return target, above


def _lies_in(path: Path, above: Path) -> bool:
    return path[: len(above)] == above


def _replace(call: Call, source: Resource, target: Resource | None) -> UUID | None:
    """What a document comes instead of is thrown away first; a folder takes it along in one act."""
    if target is None:
        return None
    if _lies_in(source.path, target.path):
        raise Refused(403)
    if isinstance(source.what, Folder) and isinstance(target.what, Folder | Document):
        return target.what.pk
    trash(call, target)
    return None


def _over(call: Call, source: Document, target: Document) -> None:
    """The source's bytes become the target's newest version, and its properties the target's."""
    if source.sha256 != target.sha256:
        commands.add_version(call.actor, target, sha256=source.sha256, size=source.size)
    properties.copy_dead(source, target)


def _copy(
    call: Call,
    source: Resource,
    above: Resource,
    name: str,
    *,
    deep: bool,
    instead_of: UUID | None,
) -> None:
    made, what = new_id(), source.what
    if isinstance(what, Document):
        copied = commands.copy_document(
            call.actor, what, id=made, folder=above.folder_id, name=name
        )
        properties.copy_dead(what, copied)
    elif isinstance(what, Folder):
        folder = commands.copy_folder(
            call.actor,
            what,
            id=made,
            parent=above.folder_id,
            name=name,
            deep=deep,
            instead_of=instead_of,
        )
        properties.copy_dead(what, folder)
    else:
        raise Refused(403)


def _move(
    call: Call, source: Resource, above: Resource, name: str, instead_of: UUID | None
) -> None:
    what, place = source.what, above.folder_id
    if isinstance(what, Document):
        one = replacing.former(call, above, name) if replacing.is_young(what, call) else None
        if one is not None and one.pk != what.pk:
            _over(call, what, replacing.take_back(call, one, above, name))
            trash(call, source)
            return
        before = what.folder_id, what.name
        moved = commands.move_document(call.actor, what, folder=place, name=name)
        _let_go(what.pk)
        replacing.moved_away(call, moved, *before)
    elif isinstance(what, Folder):
        commands.move_folder(call.actor, what, parent=place, name=name, instead_of=instead_of)
    else:
        raise Refused(403)


def _let_go(document: UUID) -> None:
    """A drive's lock belongs to the old address; a check-out goes along with the document."""
    locks.live().filter(document=document, is_checkout=False).delete()
