"""Uploads as requests bring them: raw or in a form, whole or not at all."""

import io
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from tospann.documents import blobs, receiving
from tospann.documents.blobs import room
from tospann.foundation.errors import Invalid

PLAIN = b"Tegning \xc3\xa6\xc3\xb8\xc3\xa5\n" * 400


class Unread(io.BytesIO):
    """A body nobody may read."""

    def read(self, *_size):
        raise AssertionError("it was read")


def put(data=PLAIN, length=None, **headers):
    request = RequestFactory().put("/x", data, "application/octet-stream", **headers)
    if length is not None:
        request.META["CONTENT_LENGTH"] = str(length)
        request._stream = io.BytesIO(data)
    return request


def left(settings):
    return list((settings.DATA_DIR / "files" / "parts").glob("*.tmp"))


@pytest.mark.parametrize("name", ["Møtereferat æøå.docx", "日本 (1)%20.pdf", "a#b&c=d.txt"])
def test_a_raw_body_is_kept_under_the_name_in_its_header(name):
    got = receiving.received(put(HTTP_X_FILE_NAME=quote(name)))
    assert (got.name, got.size) == (name, len(PLAIN))
    assert blobs.read(got.sha256) == PLAIN
    assert got.kept == {"sha256": got.sha256, "size": got.size, "media_type": got.media_type}


def test_without_the_header_the_address_names_it():
    assert receiving.received(put(), "Plan.pdf").name == "Plan.pdf"
    assert receiving.received(put(), "Plan.pdf").media_type == "application/pdf"


def test_a_form_brings_a_file_too():
    upload = SimpleUploadedFile("Referat.txt", PLAIN)
    got = receiving.received(RequestFactory().post("/x", {"file": upload}))
    assert (got.name, blobs.read(got.sha256)) == ("Referat.txt", PLAIN)
    with pytest.raises(Invalid):
        receiving.received(RequestFactory().post("/x", {"file": ""}))


def test_an_empty_body_is_a_file_without_content():
    assert receiving.received(put(b""), "tom.txt").size == 0


def test_too_long_is_refused_before_it_is_read(settings):
    settings.DOCUMENT_MOST_MEGABYTES = 1
    request = put()
    request.META["CONTENT_LENGTH"] = str(2 * blobs.MEGABYTE)
    request._stream = Unread()
    with pytest.raises(blobs.TooLarge):
        receiving.received(request, "x")
    with pytest.raises(blobs.TooLarge):
        receiving.received(put(b"x" * (blobs.MEGABYTE + 1)), "x")
    assert left(settings) == []


def test_more_than_there_is_room_for_is_refused_before_it_is_read(settings):
    settings.DOCUMENT_MOST_MEGABYTES = room.free()
    request = put()
    request.META["CONTENT_LENGTH"] = str(room.free())
    request._stream = Unread()
    with pytest.raises(blobs.NoRoom):
        receiving.received(request, "x")


def test_a_body_that_ends_too_early_is_not_kept(settings):
    with pytest.raises(receiving.CutShort):
        receiving.received(put(PLAIN[:100], length=len(PLAIN)), "x")
    assert list(blobs.listed()) == left(settings) == []


def in_chunks(data, **headers):
    request = put()
    del request.META["CONTENT_LENGTH"]
    request.META |= {"HTTP_TRANSFER_ENCODING": "chunked", **headers}
    request.META["wsgi.input"] = io.BytesIO(data)
    return request


def test_a_body_in_chunks_says_its_length_beside_them():
    told = {"HTTP_X_EXPECTED_ENTITY_LENGTH": str(len(PLAIN))}
    assert blobs.read(receiving.kept_body(in_chunks(PLAIN, **told)).sha256) == PLAIN
    with pytest.raises(receiving.CutShort):
        receiving.kept_body(in_chunks(PLAIN[:-1], **told))


def test_a_body_in_chunks_that_may_have_been_cut_off_is_refused():
    with pytest.raises(receiving.LengthWanted):
        receiving.kept_body(in_chunks(PLAIN))
