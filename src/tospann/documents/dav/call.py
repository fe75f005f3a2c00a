"""One request to a drive: who asks, about what, under which conditions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest

from tospann.documents import locks
from tospann.documents.dav import addresses, conditions, incoming, xml
from tospann.documents.dav.addresses import Path
from tospann.documents.dav.drive import Drive, Resource, What
from tospann.documents.dav.refusals import Refused
from tospann.documents.models import Document, Lock
from tospann.foundation.authority import Actor

LARGEST_XML = 256 * 1024
_DEPTHS = {"0": 0, "1": 1, "infinity": None}


@dataclass
class Call:
    """The request, taken apart."""

    request: HttpRequest
    actor: Actor
    drive: Drive
    path: Path
    is_slashed: bool
    """Whether the address ends as those of collections do."""
    _found: dict[Path, Resource | None] = field(default_factory=dict)

    def at(self, path: Path) -> Resource | None:
        if path not in self._found:
            self._found[path] = self.drive.at(path)
        return self._found[path]

    @property
    def here(self) -> Resource | None:
        return self.at(self.path)

    @property
    def resource(self) -> Resource:
        """What the request is about, which must be there."""
        if self.here is None:
            raise Refused(404)
        return self.here

    def above(self, path: Path) -> Resource:
        """The collection it lies in, or is to lie in."""
        found = self.at(path[:-1]) if path else None
        if found is None or not found.is_collection:
            raise Refused(409)
        return found

    def body(self) -> xml.Element | None:
        """The XML that came along; None when nothing did."""
        data = incoming.everything(self.request, LARGEST_XML)
        try:
            return xml.parsed(data) if data else None
        except xml.NotXml:
            raise Refused(400) from None

    def depth(self, otherwise: str = "infinity") -> int | None:
        """0, 1, or None for everything below."""
        given = self.request.headers.get("Depth", otherwise).strip().lower()
        if given not in _DEPTHS:
            raise Refused(400)
        return _DEPTHS[given]

    def destination(self) -> Path:
        given = self.request.headers.get("Destination")
        if not given:
            raise Refused(400)
        return addresses.of_header(self.request, given)

    @cached_property
    def groups(self) -> list[conditions.Group]:
        """The ``If`` header."""
        header = self.request.headers.get("If")
        if header is None:
            return []
        try:
            return conditions.parsed(header)
        except conditions.Malformed:
            raise Refused(400) from None

    @cached_property
    def tokens(self) -> frozenset[str]:
        return conditions.tokens_in(self.groups)

    def must_hold(self, about: Resource | None) -> None:
        """412 unless what the client counts on is so (``If``, ``If-Match``, ``If-None-Match``)."""
        if self.groups and not conditions.holds(self.groups, lambda at: self._state(at, about)):
            raise Refused(412)
        etag = about.etag if about is not None else ""
        match, none = (self.request.headers.get(f"If-{which}") for which in ("Match", "None-Match"))
        if match is not None and not _names(match, etag):
            raise Refused(412)
        if none is not None and etag and _names(none, etag):
            raise Refused(412)

    def counts_on_version(self) -> bool:
        """Whether the client wrote on top of certain bytes, and of nothing newer."""
        return conditions.has_etags(self.groups) or "If-Match" in self.request.headers

    def _state(self, address: str, about: Resource | None) -> conditions.State:
        found = about
        if address:
            found = self.at(addresses.of_header(self.request, address))
        held = locks_on(found.what) if found is not None else ()
        tokens = frozenset(lock.token for lock in held)
        return conditions.State(tokens, found.etag if found is not None else "")

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Commands inside may change what the shown tokens lock."""
        with locks.presenting(self.tokens):
            yield

    def must_be_unlocked(self, *listed: What | None, deep: bool = False) -> None:
        """Locked (423) before the work is done; the command asks again when it is."""
        for what in listed:
            if what is not None:
                locks.refuse_if_locked(self.actor, what, self.tokens, deep=deep)

    def must_be_changeable(self) -> None:
        """Only a project's own drive has folders to add to and names to change."""
        if not self.drive.may_change_tree:
            raise Refused(403)


def locks_on(what: What | None) -> Sequence[Lock]:
    return () if what is None else locks.covering(what)


def version_of(document: Document, call: Call) -> int | None:
    return document.version if call.counts_on_version() else None


def _names(header: str, etag: str) -> bool:
    """Whether an ``If-Match`` list names the tag."""
    return bool(etag) and (header.strip() == "*" or etag in {one.strip() for one in _split(header)})


def _split(header: str) -> list[str]:
    return header.split(",")
