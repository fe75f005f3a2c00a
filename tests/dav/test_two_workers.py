"""What only shows with two web processes and real connections: races for locks, cut-off saves."""

import base64
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from tests.dav.asking import LOCK

pytestmark = pytest.mark.drives
_SHARED = LOCK.replace(b"exclusive", b"shared")


def test_of_many_that_want_a_lock_one_gets_it(drive):
    drive.ask("PUT", "ettertraktet.txt", b"x")
    with ThreadPoolExecutor(12) as pool:
        tried = [
            pool.submit(drive.of(who).ask, "LOCK", "ettertraktet.txt", LOCK)
            for who in ("coordinator", "manager", "member") * 8
        ]
        statuses = sorted(one.result()[0] for one in tried)
    assert statuses == [200] + [423] * 23


def test_of_many_that_make_the_same_document_one_makes_it_and_the_rest_save_it(drive):
    with ThreadPoolExecutor(8) as pool:
        tried = [
            pool.submit(drive.ask, "PUT", "samtidig.txt", f"{number}".encode())
            for number in range(16)
        ]
        statuses = [one.result()[0] for one in tried]
    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 204, 409}
    told = drive.told("""
from tospann.documents.models import Document
found = Document.objects.filter(name="samtidig.txt")
print(json.dumps([[one.version_number, one.versions.count()] for one in found]))
""")
    saved = 1 + statuses.count(204)
    assert told == [[saved, saved]]


def test_shared_locks_are_had_together_and_exclusive_ones_not_beside_them(drive):
    drive.ask("PUT", "delt.txt", b"x")
    assert drive.ask("LOCK", "delt.txt", _SHARED)[0] == 200
    assert drive.of("manager").ask("LOCK", "delt.txt", _SHARED)[0] == 200
    assert drive.of("member").ask("LOCK", "delt.txt", LOCK)[0] == 423
    assert drive.of("member").ask("PUT", "delt.txt", b"y")[0] == 423


_CHUNKS = b"Transfer-Encoding: chunked"
_LONG = b"X-Expected-Entity-Length: 100000"


@pytest.mark.parametrize(
    ("length", "body"),
    [
        (b"Content-Length: 100000", b"x" * 60_000),
        (_CHUNKS, b"ea60\r\n" + b"x" * 60_000),
        (_CHUNKS, b"ea60\r\n" + b"x" * 60_000 + b"\r\n"),
        (_CHUNKS + b"\r\n" + _LONG, b"ea60\r\n" + b"x" * 60_000 + b"\r\n"),
    ],
)
def test_a_save_that_is_cut_off_is_no_version(drive, length, body):
    name = f"avbrutt-{len(length)}-{len(body)}.txt"
    assert drive.ask("PUT", name, b"hel og god")[0] == 201
    _sent_and_gone(drive, name, length, body)
    _sent_and_gone(drive, f"ny-{name}", length, body)
    assert drive.ask("GET", name)[2] == b"hel og god"
    assert drive.ask("GET", f"ny-{name}")[0] == 404


def test_a_save_in_pieces_arrives_whole_if_it_says_its_length(drive):
    body = b"5\r\nhel o\r\n5\r\ng god\r\n0\r\n\r\n"
    told = _CHUNKS + b"\r\nX-Expected-Entity-Length: 10"
    said = _sent_and_gone(drive, "biter.txt", told, body, waits=True)
    assert b" 201 " in said.splitlines()[0]
    assert drive.ask("GET", "biter.txt")[2] == b"hel og god"
    said = _sent_and_gone(drive, "biter.txt", _CHUNKS, body, waits=True)
    assert b" 411 " in said.splitlines()[0]


def _sent_and_gone(drive, name, length, body, *, waits=False):
    """A PUT by hand, whose connection ends before (or after) the answer comes."""
    split = urlsplit(drive.url)
    signed = base64.b64encode(f"{drive.user}:{drive.password}".encode())
    head = (
        f"PUT {split.path}{name} HTTP/1.1\r\nHost: {split.netloc}\r\n".encode()
        + b"Connection: close\r\nAuthorization: Basic " + signed + b"\r\n" + length + b"\r\n\r\n"
    )  # fmt: skip
    with socket.create_connection((split.hostname, split.port), timeout=30) as connection:
        connection.sendall(head + body)
        if not waits:
            connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))
