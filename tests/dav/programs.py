"""Programs that are not ours: found, or missed in one loud line."""

import shutil
import subprocess

import pytest


def needs(*programs):
    """Mark of tests that run these; ``./dev test`` as root installs what is cheap to install."""
    lacking = [one for one in programs if shutil.which(one) is None and not _in_sbin(one)]
    because = f"!!! LEFT OUT: {', '.join(lacking)} not installed (apt-get install)"
    return pytest.mark.skipif(bool(lacking), reason=because)


def _in_sbin(program):
    return shutil.which(program, path="/usr/sbin:/sbin") is not None


def run(*words, given="", seconds=120, **options):
    """What the program said; it must end well."""
    done = subprocess.run(
        [str(word) for word in words],
        input=given, capture_output=True, text=True, timeout=seconds, check=False, **options,
    )  # fmt: skip
    assert done.returncode == 0, f"{words[0]}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout
