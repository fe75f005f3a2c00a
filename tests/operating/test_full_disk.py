"""A disk that fills up: nothing acknowledged is lost, people are told, and room is all it needs."""

import contextlib
import random
import shutil
import subprocess
import sys
import time
import urllib.request
import warnings

import pytest
from tests.operating.portal import Portal, empty_database
from tests.operating.test_kill_uploads import check
from tests.operating.uploading import start, with_a_drive

MEGABYTE = 1 << 20
pytestmark = pytest.mark.long


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 120 MB, where this machine lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", "size=120m", "tmpfs", str(place)]
    mount, umount = shutil.which("mount") or "mount", shutil.which("umount") or "umount"
    done = subprocess.run([mount, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        warnings.warn(f"NOT TRIED: no small disk may be mounted here ({done.stderr})", stacklevel=1)
        pytest.skip("no small disk may be mounted here")
    try:
        yield place
    finally:
        subprocess.run([umount, "-l", str(place)], check=False)


@pytest.fixture
def on_small_disk(small_disk, prepared):
    """A portal whose data folder lies on the small disk (its database too, when it is SQLite)."""
    with empty_database(like=prepared.database) as database:

        def made(reserve):
            folder = shutil.copytree(prepared.folder, small_disk / "data")
            return Portal(folder, database, {"TOSPANN_DISK_RESERVE_MB": str(reserve)})

        yield made


@pytest.mark.parametrize("reserve", [20, 0], ids=["with a reserve", "to the last byte"])
def test_nothing_is_lost_and_it_recovers_by_itself(on_small_disk, small_disk, reserve):
    portal = on_small_disk(reserve)
    signed = with_a_drive(portal)
    with portal.started("--workers", "2", "--no-jobs") as (address, _process):
        filler = small_disk / "filler"
        filler.write_bytes(b"\0" * 40 * MEGABYTE)
        full, refused = upload_until_refused(address, signed)
        assert set(refused) == {507}, "said as what it is"
        assert left_over(portal) == []
        assert answers(address)
        if reserve:
            assert can_write(portal), "everything but files goes on"
        filler.unlink()
        more = upload_for(address, signed, seconds=2)
        assert more, "with room, files are taken again, without a restart"
    check(portal, full | more)
    taken = f"{len(full)} taken, then 507; {len(more)} after"
    sys.stdout.write(f"reserve {reserve} MB: {taken}; 0 lost\n")


def upload_until_refused(address, signed):
    uploaders, threads = start(address, signed, random.Random(5))
    until = time.monotonic() + 120
    while sum(len(one.refused) for one in uploaders) < 40 and time.monotonic() < until:
        time.sleep(0.05)
    return ended(uploaders, threads)


def upload_for(address, signed, seconds):
    uploaders, threads = start(address, signed, random.Random(6))
    time.sleep(seconds)
    return ended(uploaders, threads)[0]


def ended(uploaders, threads):
    for one in uploaders:
        one.stop.set()
    for thread in threads:
        thread.join()
    taken = {name: sha256 for one in uploaders for name, sha256 in one.acknowledged.items()}
    return taken, [status for one in uploaders for status in one.refused]


def left_over(portal):
    return list((portal.folder / "files" / "parts").glob("*.tmp"))


def answers(address):
    with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
        return answer.status == 200


def can_write(portal):
    with contextlib.suppress(AssertionError):
        portal.python(
            "from tospann.foundation.authority import SYSTEM\n"
            "from tospann.foundation.ids import new_id\n"
            "from tospann.projects import commands\n"
            "from tospann.projects.models import Project\n"
            "commands.add_goal(SYSTEM, Project.objects.get(key='DAV'), id=new_id(),\n"
            "    level='output_goal', description='Skrevet med full disk')"
        )
        return True
    return False
