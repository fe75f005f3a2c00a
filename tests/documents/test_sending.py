"""Downloads: saved rather than shown, in ranges, with a tag of their content."""

from dataclasses import dataclass

import pytest
from django.http import Http404
from django.test import RequestFactory

from tospann.documents import blobs, sending

PLAIN = bytes(range(256)) * 5000


@dataclass
class Kept:
    name: str
    media_type: str
    size: int
    sha256: str


@pytest.fixture
def one():
    blob = blobs.put_bytes(PLAIN)
    return Kept("Årsplan “ny”.html", "text/html", blob.size, blob.sha256)


def ask(one, method="get", **headers):
    return sending.sent(one, getattr(RequestFactory(), method)("/x", **headers))


def test_a_file_is_saved_and_never_runs(one):
    response = ask(one)
    assert response.getvalue() == PLAIN
    assert response["Content-Length"] == str(len(PLAIN))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%85rsplan")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["ETag"] == f'"{one.sha256[:32]}"'


def test_an_unchanged_file_is_not_sent_again(one):
    mine = f'"{one.sha256[:32]}"'
    for tag in (mine, f"W/{mine}", "*", f'"x", {mine}'):
        assert ask(one, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert ask(one, HTTP_IF_NONE_MATCH='"other"').status_code == 200


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=5-9", 5, 10),
        ("bytes=100-", 100, len(PLAIN)),
        ("bytes=-7", len(PLAIN) - 7, len(PLAIN)),
        (f"bytes=10-{len(PLAIN) * 2}", 10, len(PLAIN)),
        (f"bytes=-{len(PLAIN) * 2}", 0, len(PLAIN)),
    ],
)
def test_a_range_is_that_part(one, asked, start, end):
    response = ask(one, HTTP_RANGE=asked)
    assert (response.status_code, response.getvalue()) == (206, PLAIN[start:end])
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/{len(PLAIN)}"
    assert response["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", [f"bytes={len(PLAIN)}-", "bytes=9-5", "bytes=-0"])
def test_a_range_that_cannot_be_is_told(one, asked):
    response = ask(one, HTTP_RANGE=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(PLAIN)}")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "pages=1-2", "bytes=-", "bytes=x-y"])
def test_what_is_not_one_range_is_answered_with_everything(one, asked):
    response = ask(one, HTTP_RANGE=asked)
    assert (response.status_code, response.getvalue()) == (200, PLAIN)


def test_a_range_of_something_else_is_everything(one):
    assert ask(one, HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"other"').status_code == 200
    assert ask(one, HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE=f'"{one.sha256[:32]}"').status_code == 206


def test_head_says_the_same_without_the_file(one):
    response = ask(one, "head")
    assert (response["Content-Length"], response.getvalue()) == (str(len(PLAIN)), b"")


def test_a_file_that_is_gone_is_404(one):
    blobs.delete(one.sha256)
    with pytest.raises(Http404):
        ask(one)


def test_a_web_server_in_front_sends_it(one, settings):
    settings.X_ACCEL = "/kept/"
    response = ask(one)
    assert response["X-Accel-Redirect"] == f"/kept/{one.sha256[:2]}/{one.sha256[2:]}"
    assert response.getvalue() == b""
    assert response["Content-Disposition"].startswith("attachment")
