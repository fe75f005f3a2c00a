"""rclone: folders full of hostile names, there and back without a difference."""

import pytest
from tests.dav.names import hostile
from tests.dav.programs import needs, run

pytestmark = [pytest.mark.drives, needs("rclone")]


@pytest.fixture
def remote(drive, tmp_path):
    """Words for rclone, with a remote called ``dav:``."""
    secret = run("rclone", "obscure", drive.password).strip()
    settings = tmp_path / "rclone.conf"
    settings.write_text(
        f"[dav]\ntype = webdav\nurl = {drive.url}\nvendor = other\n"
        f"user = {drive.user}\npass = {secret}\npacer_min_sleep = 0.01ms\n"
    )
    return ("rclone", "--config", settings, "--retries", "1")


def test_two_hundred_hostile_names_go_there_and_back(drive, remote, tmp_path):
    names = hostile()
    assert len(names) == 200
    here, back = tmp_path / "here", tmp_path / "back"
    here.mkdir()
    for number, name in enumerate(names):
        (here / name).write_bytes(f"{number}: {name}".encode() * (number % 7))
    run(*remote, "copy", here, "dav:navn", seconds=300)
    run(*remote, "check", "--download", here, "dav:navn", seconds=300)
    run(*remote, "copy", "dav:navn", back, seconds=300)
    composed = {one.read_bytes() for one in here.iterdir()}
    assert {one.read_bytes() for one in back.iterdir()} == composed
    assert len(list(back.iterdir())) == 200
    run(*remote, "sync", here, "dav:navn", seconds=300)
    versions = drive.told(
        "from tospann.documents.models import Document\n"
        "print(json.dumps(sorted(set(Document.objects.filter(folder__name='navn')"
        ".values_list('version_number', flat=True)))))"
    )
    assert versions == [1], "a second copy of the same bytes is no new version"


def test_folders_are_copied_moved_and_removed(remote, tmp_path):
    deep = tmp_path / "tre" / "Æ" / "Ø & Å" / "#3"
    deep.mkdir(parents=True)
    (deep / "bunn.txt").write_text("bunn")
    (tmp_path / "tre" / "topp.txt").write_text("topp")
    run(*remote, "copy", tmp_path / "tre", "dav:tre")
    run(*remote, "moveto", "dav:tre/Æ", "dav:tre/Flyttet")
    assert run(*remote, "cat", "dav:tre/Flyttet/Ø & Å/#3/bunn.txt") == "bunn"
    run(*remote, "copyto", "dav:tre/topp.txt", "dav:tre/kopi.txt")
    run(*remote, "purge", "dav:tre/Flyttet")
    assert set(run(*remote, "lsf", "-R", "dav:tre").split()) == {"topp.txt", "kopi.txt"}
