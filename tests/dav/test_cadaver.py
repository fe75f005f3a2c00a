"""cadaver: a session at the keyboard, with locks."""

import pytest
from tests.dav.programs import needs, run

pytestmark = [pytest.mark.drives, needs("cadaver")]


def test_a_session_makes_locks_edits_and_tidies(drive, tmp_path):
    (tmp_path / ".netrc").write_text(
        f"machine 127.0.0.1\nlogin {drive.user}\npassword {drive.password}\n"
    )
    (tmp_path / ".netrc").chmod(0o600)
    (tmp_path / "notat.txt").write_text("første utgave")
    (tmp_path / "nyere.txt").write_text("andre utgave")
    said = run(
        "cadaver", drive.url, cwd=tmp_path, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        given="""
            mkcol cadaver
            cd cadaver
            put notat.txt
            lock notat.txt
            discover notat.txt
            put nyere.txt notat.txt
            propset notat.txt stemning glad
            propget notat.txt stemning
            unlock notat.txt
            copy notat.txt kopi.txt
            move kopi.txt flyttet.txt
            get flyttet.txt hentet.txt
            ls
            delete flyttet.txt
            ls
            quit
        """,
    )  # fmt: skip
    assert "failed" not in said.lower(), said
    assert said.count("succeeded") >= 9, said
    assert "glad" in said
    assert (tmp_path / "hentet.txt").read_text() == "andre utgave"
    listings = said.split("Listing collection")
    assert "flyttet.txt" in listings[1]
    assert "flyttet.txt" not in listings[2].split("Listing")[0]
    told = drive.told(
        "from tospann.documents.models import Document, Lock\n"
        "one = Document.objects.get(name='notat.txt', trashed_at=None)\n"
        "print(json.dumps([one.version_number, Lock.objects.filter(document=one).count()]))"
    )
    assert told == [2, 0]
