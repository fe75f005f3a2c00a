"""Attached files: kept safely once, photos redrawn, served only to those who see the project."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from tests import making

from tospann.documents import blobs, commands, files, queries
from tospann.documents.blobs import scrubbing
from tospann.documents.models import Attachment
from tospann.documents.queries import attached
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.projects.commands import add_goal

pytestmark = pytest.mark.django_db
GPS, ORIENTATION, TURNED_RIGHT = 0x8825, 0x0112, 6
PLAIN = b"Referat <fra> byggem\xc3\xb8tet\n" * 50


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def goal(made):
    one = add_goal(
        made.manager, made.project, id=new_id(), level="output_goal", description="Ny hall"
    )
    return f"projects.goal:{one.pk}"


def path_of(sha256):
    return Path(settings.DATA_DIR, "files", blobs.key(sha256))


def photo(width=3000, height=1000, kind="JPEG", **values):
    """A picture, red to the left and blue to the right, that says where it was taken."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[ORIENTATION] = values.get("turned", 1)
    exif[0x010F] = "Secret Camera Company"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (59.0, 54.0, 47.0)
    written = io.BytesIO()
    image.save(written, kind, exif=exif)
    return written.getvalue()


def bomb(side=60_000):
    """A PNG of a few hundred bytes that says it is enormous."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def attach(actor, made, born_in, data=PLAIN, name="referat.txt", **values):
    kept = files.keep(data, name, is_photo=values.pop("is_photo", False))
    return commands.attach(
        actor, made.project, id=new_id(), born_in=born_in, name=kept.name,
        media_type=kept.media_type, size=kept.size, sha256=kept.sha256,
    )  # fmt: skip


def test_bytes_are_kept_once_under_their_hash():
    first, second = files.keep(PLAIN, "a.txt"), files.keep(PLAIN, "b.txt")
    assert first.sha256 == second.sha256 == hashlib.sha256(PLAIN).hexdigest()
    kept = path_of(first.sha256)
    assert kept.read_bytes() == PLAIN
    assert [path.name for path in kept.parent.iterdir()] == [kept.name], "nothing half-written"
    assert (second.name, second.media_type, second.size) == ("b.txt", "text/plain", len(PLAIN))


def test_a_cut_file_is_written_again():
    kept = files.keep(PLAIN, "a.txt")
    path_of(kept.sha256).write_bytes(PLAIN[:10])
    files.keep(PLAIN, "a.txt")
    assert path_of(kept.sha256).read_bytes() == PLAIN


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kari\\Referat.docx", "Referat.docx"),
        ('a"b<c>\r\n\x00.pdf', "abc.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 179 + ".pdf"),
    ],
)
def test_names_are_only_names(typed, shown):
    assert files.clean_name(typed) == shown


def test_a_photo_is_upright_smaller_and_says_nothing_of_its_place():
    kept = files.keep(photo(turned=TURNED_RIGHT), "IMG 1.JPG", is_photo=True)
    assert (kept.name, kept.media_type) == ("IMG 1.jpg", "image/jpeg")
    data = path_of(kept.sha256).read_bytes()
    with Image.open(io.BytesIO(data)) as shown:
        assert shown.size == (800, 2400), "turned upright, and at most 2,400 points high"
        assert not shown.getexif()
        top, bottom = shown.getpixel((400, 100)), shown.getpixel((400, 2300))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]
    assert b"Secret Camera" not in data
    assert b"Exif" not in data


def test_what_one_sees_through_becomes_white():
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(written, "PNG")
    kept = files.keep(written.getvalue(), "x.png", is_photo=True)
    with Image.open(path_of(kept.sha256)) as shown:
        assert shown.getpixel((10, 10)) == (255, 255, 255)
        assert shown.size == (20, 20), "small pictures are not made larger"


@pytest.mark.parametrize(
    "data",
    [
        b"not a picture",
        bomb(),
        photo()[:300],
        b"<svg onload='alert(1)'/>",
        b"GIF89a" + b"\x00" * 50,
    ],
    ids=["text", "bomb", "cut", "svg", "gif"],
)
def test_what_is_no_readable_picture_is_refused_and_not_kept(tmp_path, data):
    with pytest.raises(Invalid) as refused:
        files.keep(data, "x.jpg", is_photo=True)
    assert refused.value.field == "file"
    assert not (tmp_path / "files").exists()


def test_a_photo_as_an_iphone_keeps_it_is_refused_by_name():
    head = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
    with pytest.raises(Invalid, match="HEIC"):
        files.keep(head + b"\x00" * 500, "IMG_1.HEIC", is_photo=True)


def test_too_large_and_empty_files_are_refused(settings):
    settings.ATTACHMENT_MOST_MEGABYTES = 1
    with pytest.raises(Invalid, match=r"1.MB"):
        files.keep(b"x" * (1024 * 1024 + 1), "x.bin")
    with pytest.raises(Invalid):
        files.keep(b"", "x.bin")


def test_nothing_is_recorded_before_its_bytes_are_safe(made, goal):
    with pytest.raises(Invalid):
        commands.attach(
            made.manager, made.project, id=new_id(), born_in=goal, name="x", size=3,
            media_type="text/plain", sha256="0" * 64,
        )  # fmt: skip
    assert not Attachment.objects.exists()


def test_it_belongs_to_a_record_of_this_project(made, goal):
    other = making.project()
    for reference in (f"projects.goal:{new_id()}", "no.such:" + str(new_id())):
        with pytest.raises(Invalid):
            attach(made.manager, made, reference)
    with pytest.raises(Invalid):
        attach(other.manager, other, goal)
    with pytest.raises(NotAllowed):
        attach(made.guest, made, goal)


def test_whoever_sees_the_project_is_sent_the_file(visit, made, goal):
    one = attach(made.member, made, goal)
    answer = visit(Role.OWNER).get(one.get_absolute_url())
    assert b"".join(answer) == PLAIN
    assert answer["Content-Disposition"] == 'attachment; filename="referat.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private")


def test_a_photo_is_shown_and_a_page_never(visit, made, goal):
    shown = attach(made.member, made, goal, photo(40, 20), "bad & bil.jpg", is_photo=True)
    page = attach(made.member, made, goal, b"<script>alert(1)</script>", "side.html")
    client = visit(Role.MEMBER)
    for one, how in ((shown, "inline"), (page, "attachment")):
        answer = client.get(one.get_absolute_url())
        assert b"".join(answer)
        assert answer["Content-Disposition"].startswith(how)


def test_guests_strangers_and_other_projects_find_no_file(visit, client, made, goal):
    one = attach(made.member, made, goal)
    other = making.project()
    elsewhere = reverse("attachment", args=[other.project.key, one.pk])
    assert visit(Role.GUEST).get(one.get_absolute_url()).status_code == 404
    assert visit(Role.MANAGER).get(elsewhere).status_code == 404
    client.logout()
    assert client.get(one.get_absolute_url()).status_code == 302


def test_a_guarded_record_guards_its_files(visit, made, goal, monkeypatch):
    one = attach(made.member, made, goal)
    monkeypatch.setattr(attached, "_guards", {})
    queries.seen_with("projects.goal", lambda actor, _ref: actor.name.startswith("Manager"))
    assert b"".join(visit(Role.MANAGER).get(one.get_absolute_url())) == PLAIN
    assert visit(Role.MEMBER).get(one.get_absolute_url()).status_code == 404


def test_a_file_that_is_gone_is_404_and_found_by_the_verification(visit, made, goal):
    one = attach(made.member, made, goal)
    assert list(scrubbing.missing()) == []
    path_of(one.sha256).unlink()
    assert visit(Role.MEMBER).get(one.get_absolute_url()).status_code == 404
    assert len(list(scrubbing.missing())) == 1


def test_a_file_comes_in_through_the_api(visit, made, goal):
    address = f"/api/v1/projects/{made.project.key}/files"
    client = visit(Role.MEMBER)
    upload = SimpleUploadedFile("IMG.jpg", photo(60, 30, turned=TURNED_RIGHT))
    sent = client.post(address, {"born_in": goal, "is_photo": "true", "file": upload})
    assert sent.status_code == 200, sent.text
    listed = client.get(address, {"born_in": goal}).json()
    assert [row["name"] for row in listed] == ["IMG.jpg"]
    with Image.open(io.BytesIO(b"".join(client.get(listed[0]["link"])))) as shown:
        assert shown.size == (30, 60)
    again = b"".join(client.get(f"{address}/{listed[0]['id']}"))
    assert hashlib.sha256(again).hexdigest() == listed[0]["sha256"]


def test_the_api_says_what_is_wrong_with_a_file(visit, made, goal):
    address = f"/api/v1/projects/{made.project.key}/files"
    bad = {"born_in": goal, "is_photo": "true", "file": SimpleUploadedFile("x.jpg", b"no")}
    answer = visit(Role.MEMBER).post(address, bad)
    assert (answer.status_code, answer.json()["field"]) == (422, "file")
    assert visit(Role.GUEST).post(address, bad).status_code == 404
