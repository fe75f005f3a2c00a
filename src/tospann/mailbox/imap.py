"""Fetching mail by IMAP. The mailbox stays as it is: what is read is only marked as seen.

How far it has been read is kept here (the folder's UIDs only grow), so a crash loses no mail, and
a mail that cannot be dealt with does not stop those behind it.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.utils import timezone

from tospann.mailbox import letters, receiving
from tospann.mailbox.models import Because, Fetched, NotLetIn

TIMEOUT = 30
AT_ONCE = 200
MOST_FAILURES = 5
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
log = structlog.get_logger()


class NotReached(Exception):
    """The server does not answer, refuses us, or the folder is not there."""


def fetch() -> int:
    """Everything new, at most so many; returns how many were dealt with."""
    place = _place()
    try:
        with _connected() as server:
            done = _fetch(server, place)
    except (OSError, imaplib.IMAP4.error, NotReached) as error:
        Fetched.objects.filter(pk=place.pk).update(error=str(error)[:300], at=timezone.now())
        log.warning("mail not fetched", error=str(error))
        return 0
    Fetched.objects.filter(pk=place.pk).update(error="", at=timezone.now())
    return done


def _place() -> Fetched:
    where = f"{settings.IMAP_USER}@{settings.IMAP_HOST}/{settings.IMAP_FOLDER}"[:200]
    found, _new = Fetched.objects.get_or_create(place=where)
    return found


@contextmanager
def _connected() -> Iterator[imaplib.IMAP4]:
    server = _opened()
    try:
        server.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        yield server
    finally:
        try:
            server.logout()
        except (OSError, imaplib.IMAP4.error):
            server.shutdown()


def _opened() -> imaplib.IMAP4:
    host, port, how = settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_SECURITY
    if how == "tls":
        return imaplib.IMAP4_SSL(
            host, port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT
        )
    server = imaplib.IMAP4(host, port, timeout=TIMEOUT)
    if how == "starttls":
        server.starttls(ssl.create_default_context())
    elif not _is_here(host):
        server.shutdown()
        raise NotReached("a password is sent in clear text only within this machine")
    return server


def _is_here(host: str) -> bool:
    found = {str(one[4][0]) for one in socket.getaddrinfo(host, None)}
    return all(one == "::1" or one.startswith("127.") for one in found)


def _fetch(server: imaplib.IMAP4, place: Fetched) -> int:
    status, said = server.select(_quoted(settings.IMAP_FOLDER))
    if status != "OK":
        raise NotReached(f"no folder {settings.IMAP_FOLDER}: {said!r}")
    _status, found = server.response("UIDVALIDITY")
    validity = int(found[0]) if found and found[0] else 0
    if validity != place.validity:
        place.validity, place.uid, place.failures = validity, 0, 0
        place.save()
    new = _new(server, place.uid)
    for uid in new[:AT_ONCE]:
        if not _one(server, place, uid):
            break
    return len(new[:AT_ONCE])


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _new(server: imaplib.IMAP4, after: int) -> list[int]:
    """The server answers with the last mail there is even when it is not new."""
    _status, found = server.uid("SEARCH", f"UID {after + 1}:*")
    uids = (found[0] or b"").split() if found else []
    return sorted(uid for one in uids if (uid := int(one)) > after)


def _one(server: imaplib.IMAP4, place: Fetched, uid: int) -> bool:
    """Whether to go on. What fails again and again is written down and left in the mailbox."""
    try:
        _received(server, uid)
    except (OSError, imaplib.IMAP4.error):
        raise
    except Exception as error:
        log.exception("mail not dealt with", uid=uid)
        place.failures += 1
        if place.failures < MOST_FAILURES:
            place.save()
            return False
        NotLetIn.objects.create(because=Because.UNREADABLE, detail=f"UID {uid}: {error!r}"[:300])
    place.uid, place.failures = uid, 0
    place.save()
    server.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")
    return True


def _received(server: imaplib.IMAP4, uid: int) -> None:
    _status, said = server.uid("FETCH", str(uid), "(RFC822.SIZE)")
    found = _SIZE.search(
        b" ".join(one if isinstance(one, bytes) else one[0] for one in said if one)
    )
    if found is None:
        return  # removed in the meantime
    size = int(found[1])
    what = "BODY.PEEK[HEADER]" if size > letters.most_bytes() else "BODY.PEEK[]"
    _status, said = server.uid("FETCH", str(uid), f"({what})")
    data = next((one[1] for one in said if isinstance(one, tuple)), b"")
    with letters.on_disk(data) as file:
        if size > letters.most_bytes():
            receiving.refuse_too_large(file, size)
        else:
            receiving.receive(file)
