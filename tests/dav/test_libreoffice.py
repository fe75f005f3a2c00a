"""LibreOffice opens a document by its short-lived address, locks, edits, saves and unlocks it."""

import io
import os
import shutil
import signal
import subprocess
import urllib.request
import uuid
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as Word
from openpyxl import Workbook
from tests.dav.programs import needs

SYSTEM_PYTHON = Path("/usr/bin/python3")
SCRIPT = Path(__file__).with_name("office.py")
_TEXT = "Skrevet i LibreOffice: blåbærsyltetøy"

pytestmark = [
    pytest.mark.drives,
    pytest.mark.long,
    needs("soffice"),
    pytest.mark.skipif(
        not Path("/usr/lib/python3/dist-packages/uno.py").exists(),
        reason="!!! LEFT OUT: python3-uno not installed (apt-get install)",
    ),
]


def docx():
    made, file = Word(), io.BytesIO()
    made.add_paragraph("Første utgave")
    made.save(file)
    return file.getvalue()


def xlsx():
    made, file = Workbook(), io.BytesIO()
    made.active["A1"] = "Første utgave"
    made.save(file)
    return file.getvalue()


def address_of(drive, name, who="coordinator"):
    """As the page's button makes it."""
    found = drive.told(f"""
from tospann.documents.dav import tokens
from tospann.documents.models import Document
from tospann.people.actors import actor_for
from tospann.people.models import Person
who = actor_for(Person.objects.get(email={drive.of(who).user!r}))
print(json.dumps(tokens.address_for(who, Document.objects.get(name={name!r}))))
""")
    return drive.address + found[found.index("/dav/") :]


def state_of(drive, name):
    """The document's newest version, and the locks on it."""
    return drive.told(f"""
from tospann.documents import locks
from tospann.documents.models import Document
one = Document.objects.get(name={name!r})
held = [lock.actor_name for lock in locks.covering(one)]
print(json.dumps([one.version_number, held]))
""")


@contextmanager
def opened(address, folder):
    """The document open in a LibreOffice of its own; ended whatever happens."""
    pipe = f"tospann{uuid.uuid4().hex[:12]}"
    profile = folder / pipe
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", "--nologo", "--nodefault",
         f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    script = subprocess.Popen(
        [SYSTEM_PYTHON, SCRIPT, pipe, address, _TEXT],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Said(script)
        if script.poll() is None:
            script.wait(60)
            office.wait(60)
    finally:
        script.kill()
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)
        office.wait(10)
        script.communicate()
        shutil.rmtree(profile, ignore_errors=True)


class Said:
    def __init__(self, script):
        self.script = script

    def hear(self):
        return self.script.stdout.readline().strip()

    def go_on(self):
        self.script.stdin.write("\n")
        self.script.stdin.flush()


@pytest.mark.parametrize(
    ("name", "made", "part"),
    [
        ("Referat æøå.docx", docx, "word/document.xml"),
        ("Budsjett 1.xlsx", xlsx, "xl/sharedStrings.xml"),
    ],
)
def test_it_opens_locks_edits_saves_and_unlocks(drive, tmp_path, name, made, part):
    assert drive.ask("PUT", name, made())[0] == 201
    address = address_of(drive, name)
    with opened(address, tmp_path) as office:
        assert office.hear() == "open"
        version, held = state_of(drive, name)
        assert (version, len(held)) == (1, 1), "locked while it is open"
        assert drive.of("manager").ask("PUT", name, b"in between")[0] == 423
        office.go_on()
        assert office.hear() == "saved"
        office.go_on()
        assert office.hear() == "closed"
    assert state_of(drive, name) == [2, []], "one version more, no lock left"
    with urllib.request.urlopen(address, timeout=30) as answer:
        saved = ZipFile(io.BytesIO(answer.read()))
    assert _TEXT in saved.read(part).decode()


def test_what_somebody_else_has_open_opens_read_only(drive, tmp_path):
    name = "Opptatt.docx"
    assert drive.ask("PUT", name, docx())[0] == 201
    lock = (
        b'<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope>'
        b"<locktype><write/></locktype><owner>Kari</owner></lockinfo>"
    )
    assert drive.of("manager").ask("LOCK", name, lock, Timeout="Second-600")[0] == 200
    with opened(address_of(drive, name), tmp_path) as office:
        assert office.hear() == "read only"
        office.script.kill()
        office.script.wait()
