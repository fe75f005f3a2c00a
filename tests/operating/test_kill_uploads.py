"""`kill -9` of the whole portal while people upload: what was acknowledged is there, and whole."""

import contextlib
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from tests.operating.uploading import CHECK, start, with_a_drive


@pytest.mark.sqlite_only  # on PostgreSQL the long one
def test_a_few_kills(portal):
    assert kill_during_uploads(portal, kills=2) >= 1


@pytest.mark.long
def test_sixty_kills(portal):
    acknowledged = kill_during_uploads(portal, kills=60)
    sys.stdout.write(f"60 kills, {acknowledged} uploads acknowledged, 0 lost\n")
    assert acknowledged >= 60


def kill_during_uploads(portal, kills):
    signed = with_a_drive(portal)
    luck, acknowledged = random.Random(17), {}
    for _kill in range(kills):
        acknowledged |= upload_and_die(portal, signed, luck)
    check(portal, acknowledged)
    return len(acknowledged)


def upload_and_die(portal, signed, luck):
    """Upload from four sides at once; kill every process of the portal within a second or so."""
    with portal.started("--workers", "2", "--no-jobs") as (address, process):
        uploaders, threads = start(address, signed, luck)
        until = time.monotonic() + 20
        while not any(one.acknowledged for one in uploaders) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(luck.random())
        for pid in [process.pid, *children(process.pid)]:
            with contextlib.suppress(ProcessLookupError):  # gone with its parent already
                os.kill(pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
    return {name: sha256 for one in uploaders for name, sha256 in one.acknowledged.items()}


def children(parent):
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(after[1]) == parent:
                found += [int(entry.name), *children(int(entry.name))]
    return found


def check(portal, acknowledged):
    found = json.loads(portal.python(CHECK).splitlines()[-1])
    assert found["faults"] == []
    lost = {name for name, sha256 in acknowledged.items() if found["there"].get(name) != sha256}
    assert lost == set(), f"{len(lost)} of {len(acknowledged)} acknowledged uploads were lost"
    # Besides, at most what was under way at each death: kept bytes whose row never came.
    assert found["files"] >= len(acknowledged)


@pytest.mark.long
def test_the_check_notices_a_lost_row_and_a_lost_file(portal):
    """Negative controls: the same check does fail when something is lost."""
    signed = with_a_drive(portal)
    acknowledged = upload_and_die(portal, signed, random.Random(3))
    with pytest.raises(AssertionError, match="1 of"):
        check(portal, {**acknowledged, "never.bin": "0" * 64})
    sha256 = next(iter(acknowledged.values()))
    (portal.folder / "files" / sha256[:2] / sha256[2:]).unlink()
    with pytest.raises(AssertionError, match=sha256):
        check(portal, acknowledged)
