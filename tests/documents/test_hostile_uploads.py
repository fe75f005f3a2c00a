"""The hostile corpus and hostile names through every door: each is kept or refused, in words."""

import unicodedata
from urllib.parse import quote

import pytest
from django_tasks_db.models import DBTaskResult
from tests.dav.asking import Asking, content
from tests.documents import hostile
from tests.home.seeing import sign_in

from tospann.documents.contents.jobs import examine
from tospann.documents.models import Document
from tospann.foundation.authority import Role
from tospann.foundation.errors import CommandError
from tospann.foundation.reactions import carry_out_owed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

GIGABYTE = 1024**3
KEPT, REFUSED = {200, 201, 204}, {400, 403, 409, 413, 414, 415, 422, 507}
NAMES = [
    "a" * 246 + ".txt",
    "a" * 400 + ".txt",
    "Møte.txt",
    unicodedata.normalize("NFD", "Møte på Åsen.txt"),
    unicodedata.normalize("NFC", "Møte på Åsen.txt"),
    "NOTAT.txt",
    "notat.TXT",
    "..",
    ".",
    "...",
    " ",
    "../../etc/passwd",
    "..\\..\\windows\\system32\\x.dll",
    "/etc/shadow",
    "C:\\autoexec.bat",
    "con.txt",
    "nul",
    "a\x00b.txt",
    "a\nb.txt",
    "a\r\nSet-Cookie: x=1.txt",
    'sitat"; filename="x.exe.txt',
    "avtale\u202efdp.exe",
    "usynlig\u200b.txt",
    "\ud7ff\ufffe.txt",
    "\U0001f600\U0001f469\u200d\U0001f680.txt",
    "<script>alert(1)</script>.txt",
    "{{ 7*7 }}.txt",
    "%00.txt",
    "%2e%2e%2f.txt",
    "a;b&c#d?e=f.txt",
    "~$Notat.docx",
    "._Notat.docx",
    "Thumbs.db",
    "-rf.txt",
    "|cat.txt",
    "punktum.txt.",
    "mellomrom.txt ",
    "é" * 200 + ".txt",
]


def page_upload(client, made, name, data, **more):
    return client.generic(
        "POST",
        f"/p/{made.project.key}/documents/upload?taken=both",
        data,
        content_type="application/octet-stream",
        headers={"X-File-Name": quote(name)} | more,
    )


def api_upload(client, made, name, data):
    return client.generic(
        "POST",
        f"/api/v1/projects/{made.project.key}/documents",
        data,
        content_type="application/octet-stream",
        headers={"X-File-Name": quote("api " + name)},
    )


@pytest.fixture
def browser(client, made):
    sign_in(client, made.people[Role.COORDINATOR])
    return client


def test_every_hostile_file_is_kept_or_refused_through_page_api_and_drive(browser, made, client):
    """Whatever is kept comes back as it was, to be saved and never shown."""
    drive = Asking(client, made.people[Role.COORDINATOR], made.project)
    for number, one in enumerate(hostile.ALL):
        name = f"{number:03} {one.name}"
        for answer in (
            page_upload(browser, made, name, one.data),
            api_upload(browser, made, name, one.data),
            drive("PUT", f"dav {name}", one.data),
        ):
            assert answer.status_code in KEPT | REFUSED, (one.name, answer.status_code)
            assert answer.status_code in KEPT or answer.content, one.name
    kept = list(Document.objects.filter(project=made.project))
    assert len(kept) >= 3 * len(hostile.ALL) - 6
    for document in kept:
        answer = browser.get(f"/p/{made.project.key}/documents/{document.number}/file")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert len(content(answer)) == document.size
    carry_out_owed(most=5000)


def test_every_hostile_name_is_kept_cleaned_or_refused(browser, made, client):
    drive = Asking(client, made.people[Role.COORDINATOR], made.project)
    for name in NAMES:
        data = name.encode(errors="replace")
        for answer in (
            page_upload(browser, made, name, data),
            api_upload(browser, made, name, data),
            drive("PUT", "d" + name.replace("/", "-"), data),
        ):
            assert answer.status_code in KEPT | REFUSED | {404, 405}, (name, answer.status_code)
    for kept in Document.objects.filter(project=made.project):
        assert "/" not in kept.name
        assert kept.name.strip(". ")
        assert not any(unicodedata.category(part) == "Cc" for part in kept.name)
        assert unicodedata.is_normalized("NFC", kept.name)
        page = browser.get(f"/p/{made.project.key}/documents/{kept.number}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        sent = browser.get(f"/p/{made.project.key}/documents/{kept.number}/file")
        assert "\n" not in sent["Content-Disposition"]
        assert "Set-Cookie" not in sent.headers


def test_names_that_only_differ_in_case_or_composition_are_one(made, add):
    add("Møte.txt")
    for other in ("MØTE.TXT", unicodedata.normalize("NFD", "Møte.txt")):
        with pytest.raises(CommandError):
            add(other)


def test_five_gigabytes_are_refused_before_a_byte_is_read(browser, made):
    answer = browser.generic(
        "POST",
        f"/p/{made.project.key}/documents/upload",
        b"x",
        content_type="application/octet-stream",
        headers={"X-File-Name": "stor.iso", "Content-Length": str(5 * GIGABYTE)},
        CONTENT_LENGTH=str(5 * GIGABYTE),
    )
    assert answer.status_code == 413
    assert not Document.objects.filter(project=made.project).exists()


def test_what_came_in_is_examined_by_a_job_and_told_on_the_page(browser, made):
    page_upload(browser, made, "Makro.docx", hostile.docx_with({"word/vbaProject.bin": "x"}))
    one = Document.objects.get(project=made.project)
    carry_out_owed()
    waiting = DBTaskResult.objects.ready().filter(task_path=examine.module_path)
    assert [task.args_kwargs["kwargs"] for task in waiting] == [{"sha256": one.sha256}]
    examine.func(one.sha256)
    said = browser.get(f"/p/{made.project.key}/documents/{one.number}/preview").text
    assert "makro" in said.lower()
