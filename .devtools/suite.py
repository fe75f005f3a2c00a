"""The whole test suite: its parts, what each needs, and one line that adds them up."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from environment import npm
from postgres import throwaway_postgres
from processes import PYTHON, WEB, inside, run, say
from system import apt_line, can_install, install, missing

PYTEST = (PYTHON, "-m", "pytest")
TWO_AT_ONCE = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
HOUSE_RULES = "--ignore=tests/architecture"  # `./dev check` tries them
KNOW_NO_DATABASE = (
    "*pages.py",  # drawn alike from either database
    "*/documents/test_contents.py",  # read in processes that know none
    "*/documents/test_previews.py",
    "*/blanks/test_wording.py",
    "*/budget/test_importing.py",
    "*/planning/test_imports.py",
    "*/planning/test_spreadsheet.py",
    "*/planning/test_bad_input.py",
    "*/risks/test_excel.py",
    "*/planning/test_why.py",  # the engine's answers
    "*/planning/test_chart.py",
    "*/planning/test_levelling*.py",
    "*/api/test_openapi.py",  # describes the code
    "*/resources/test_*hidden.py",  # who may see is asked in Python
    "*/operating/test_mail.py",  # a server of mail
)
ENGINE = "--ignore=tests/planengine"  # knows no database: once is enough


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass
class Part:
    name: str
    arguments: tuple[str, ...]
    needs: tuple[str, ...] = ()
    on_postgres: bool = False
    is_typescript: bool = False
    unless_long: tuple[str, ...] = ()
    """More arguments of the short run."""
    only_long: bool = False
    left_out_for: list[str] = field(default_factory=list)


ALONE = "not browser and not packaging and not drives"
DRIVES = ("-m", "drives", "tests/dav")
PROGRAMS = ("litmus", "cadaver", "rclone")
OUTSIDE_PLANS = "TOSPANN_ORACLES"  # where they lie is no setting of a portal: tests/oracles.py
PARTS = [
    Part("TypeScript", (), is_typescript=True),
    Part("SQLite", (*TWO_AT_ONCE, "-m", ALONE, HOUSE_RULES)),
    Part(
        "PostgreSQL",
        (*TWO_AT_ONCE, "-m", ALONE, HOUSE_RULES, ENGINE),
        ("postgresql",),
        on_postgres=True,
        unless_long=tuple(f"--ignore-glob={name}" for name in KNOW_NO_DATABASE),
    ),
    Part("drives", DRIVES, PROGRAMS),
    Part(
        "drives on PostgreSQL", DRIVES, (*PROGRAMS, "postgresql"), on_postgres=True, only_long=True
    ),
    Part(
        "browser", (*TWO_AT_ONCE, "-m", "browser"), ("chromium", "fonts-liberation", "libatomic1")
    ),
    Part("wheel", ("-m", "packaging", "tests/packaging")),
]


def run_some(arguments: list[str]) -> int:
    """pytest as asked for, on SQLite."""
    with _empty_surroundings() as surroundings:
        return run(*PYTEST, *arguments, env=surroundings, stop=False)


def run_everything(*, long: bool) -> int:
    lacking = missing()
    if lacking and can_install():
        install(lacking)
        lacking = missing()
    counts: dict[str, Count] = {}
    parts = [part for part in PARTS if long or not part.only_long]
    for part in parts:
        part.left_out_for = [package for package in part.needs if package in lacking]
        if not part.left_out_for:
            counts[part.name] = _run_part(part, long=long)
    left_out = [part for part in parts if part.left_out_for]
    return _report(counts, left_out, lacking)


def _run_part(part: Part, *, long: bool) -> Count:
    say(f"\n=== {part.name} ===")
    started = time.monotonic()
    with _empty_surroundings() as surroundings:
        report = Path(surroundings["TOSPANN_DATA_DIR"]).parent / "report.xml"
        more = ("--long",) if long else part.unless_long
        command = (*PYTEST, "-q", f"--junit-xml={report}", *part.arguments, *more)
        if part.is_typescript:
            command = (*npm(), "test", "--silent", "--", "--reporter=default", "--reporter=junit",
                       f"--outputFile.junit={report}")  # fmt: skip
            code = run(*command, env=surroundings, cwd=WEB, stop=False)
        elif part.on_postgres:
            with throwaway_postgres() as address:
                surroundings["TOSPANN_DATABASE_URL"] = address
                code = run(*command, env=surroundings, stop=False)
        else:
            code = run(*command, env=surroundings, stop=False)
        count = _read(report, code)
    say(f"{part.name}: {count} in {time.monotonic() - started:.0f} s")
    return count


@contextmanager
def _empty_surroundings() -> Iterator[dict[str, str]]:
    """A data folder of its own, and nothing of how this machine's portal may be set."""
    ours = [name for name in os.environ if name.startswith("TOSPANN_") and name != OUTSIDE_PLANS]
    with tempfile.TemporaryDirectory(prefix="tospann-test-") as folder:
        data = Path(folder, "data")
        data.mkdir()
        for name in ours:
            del os.environ[name]
        yield {**inside(), "TOSPANN_DATA_DIR": str(data)}


def _read(report: Path, code: int) -> Count:
    """What pytest counted; a run that broke or found no test is a failure, never a success."""
    if not report.exists():
        return Count(failed=1)
    count = Count()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        passed = int(suite.get("tests", 0)) - failed - skipped
        count += Count(max(passed, 0), failed, skipped)
    if code and not count.failed:
        count.failed = 1
    return count


def _report(counts: dict[str, Count], left_out: list[Part], lacking: list[str]) -> int:
    say("\n=== Summary ===")
    for name, count in counts.items():
        say(f"{name:<22}{count}")
    if left_out:
        say("\n!!! LEFT OUT, because this machine lacks what they need:")
        for part in left_out:
            say(f"!!!   {part.name} ({', '.join(part.left_out_for)})")
        say(f"!!! To run them too, type:\n!!!   {apt_line(lacking)}\n")
    total = sum(counts.values(), Count())
    say(str(total))
    incomplete = bool(left_out) and os.environ.get("CI", "") not in {"", "0", "false"}
    return int(bool(total.failed) or not total.passed or incomplete)
