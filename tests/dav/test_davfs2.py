"""davfs2: the drive mounted as a folder, used by ordinary programs."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from tests.dav.programs import needs, run

pytestmark = [
    pytest.mark.drives,
    pytest.mark.long,
    needs("mount.davfs"),
    pytest.mark.skipif(
        os.geteuid() != 0 or not Path("/dev/fuse").exists(),
        reason="!!! LEFT OUT: mounting needs root and /dev/fuse",
    ),
]


@pytest.fixture
def mounted(drive, tmp_path):
    """The drive as a folder of this machine; unmounted whatever happens."""
    here, cache = tmp_path / "drive", Path(tempfile.mkdtemp(prefix="tospann-davfs2-"))
    here.mkdir()
    shutil.chown(cache, "root", "davfs2")  # it gives up being root
    cache.chmod(0o770)
    settings = tmp_path / "davfs2.conf"
    secrets = tmp_path / "secrets"
    secrets.write_text(f'"{drive.url}" "{drive.user}" "{drive.password}"\n')
    secrets.chmod(0o600)
    settings.write_text(
        f"secrets {secrets}\ncache_dir {cache}\nask_auth 0\nuse_locks 1\ndelay_upload 0\n"
        "gui_optimize 0\ndir_refresh 1\nfile_refresh 0\n"
    )
    run("mount.davfs", "-o", f"conf={settings}", drive.url, here)
    try:
        yield here
    finally:
        subprocess.run(["umount", here], check=False, timeout=60, capture_output=True)
        shutil.rmtree(cache, ignore_errors=True)


def test_ordinary_programs_write_read_move_and_remove(drive, mounted):
    folder = mounted / "Mappe på drevet"
    folder.mkdir()
    file = folder / "Notat æøå.txt"
    file.write_text("første")
    file.write_text("andre, lengre")
    assert file.read_text() == "andre, lengre"
    big = os.urandom(3_000_000)
    (folder / "stor.bin").write_bytes(big)
    assert (folder / "stor.bin").read_bytes() == big
    file.rename(folder / "Flyttet.txt")
    (folder / "stor.bin").unlink()
    # Folders are not listed here: on newer kernels davfs2 1.6.1 cannot, whatever the server.
    there = [name for name in (file.name, "stor.bin", "Flyttet.txt") if (folder / name).exists()]
    assert there == ["Flyttet.txt"]
    run("sync", "-f", mounted)
    subprocess.run(["umount", mounted], check=True, timeout=120, capture_output=True)
    told = drive.told("""
from tospann.documents.models import Document, Lock
one = Document.objects.get(folder__name="Mappe på drevet", trashed_at=None)
print(json.dumps([one.size, one.folder.name, Lock.objects.filter(document=one).count()]))
""")
    assert told == [len("andre, lengre"), "Mappe på drevet", 0]
