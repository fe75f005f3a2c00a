"""What must never be committed: addresses of registries, paths of a machine, unfinished work."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written so that this file does not find itself.
REGISTRIES = re.compile(
    r"p[y]pi[.]org|python[h]osted|n[p]mjs[.]org|deb[.]d[e]bian|\"resolved\": *\"http"
    r"|https?://[^ \"]*/simple(/|\")"
)
MACHINE_PATHS = re.compile(r"(^|[^A-Za-z0-9_./-])/(w[o]rk|f[a]rm|r[o]ot)/")
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X|NotImplemented[E]rror)\b")


@cache
def texts():
    """Every text file git holds or would take, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    found = {}
    for name in filter(None, listed.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content[:8000]:
            found[name] = content.decode(errors="replace")
    return found


def lines_with(pattern, *folders):
    return [
        f"{name}:{number}"
        for name, text in texts().items()
        if not folders or name.startswith(folders)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registry", "machine path"])
def test_no_address_of_a_registry_or_a_machine_is_held(pattern):
    assert len(texts()) > 20
    assert lines_with(pattern) == []
    assert not [name for name in texts() if name.endswith("uv.lock")]


def test_nothing_is_marked_as_unfinished():
    assert lines_with(UNFINISHED, "src/", "web/", "dev", ".devtools/") == []


def test_everything_asked_for_is_locked_with_hashes():
    lock = (ROOT / "requirements.lock").read_text().replace("\\\n", "")
    packages = re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==(.+)", lock, re.MULTILINE)
    assert [name for name, rest in packages if "--hash=sha256:" not in rest] == []
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [
        *asked["project"]["dependencies"],
        *asked["project"]["optional-dependencies"]["postgres"],
        *asked["dependency-groups"]["dev"],
    ]
    names = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower() for line in wanted}
    assert names - {name for name, _ in packages} == set(), "run `./dev lock`"
