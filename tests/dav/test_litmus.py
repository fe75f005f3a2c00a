"""litmus, the conformance suite of WebDAV servers: all of it, against two web processes."""

import re

import pytest
from tests.dav.programs import needs, run

SUITES = {"basic": 16, "copymove": 13, "props": 30, "locks": 41, "http": 4}
"""litmus 0.13: 104 tests."""
_KNOWN = "WARNING: DELETE removed collection resource with Request-URI including fragment"
"""The web server (hyper) drops “#…” from a request before anything of ours sees it."""
_SUMMARY = re.compile(r"`(\w+)': of (\d+) tests run: (\d+) passed, (\d+) failed")

pytestmark = [pytest.mark.drives, needs("litmus")]


@pytest.mark.parametrize("suite", SUITES)
def test_every_test_of_the_suite_passes(drive, tmp_path, suite):
    said = run(
        "litmus", "-k", drive.url, drive.user, drive.password,
        cwd=tmp_path, env={"TESTS": suite, "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    found = _SUMMARY.findall(said)
    assert found == [(suite, str(SUITES[suite]), str(SUITES[suite]), "0")], said
    assert "WARNING" not in said.replace(_KNOWN, ""), said
