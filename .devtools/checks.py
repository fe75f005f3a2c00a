"""What is checked without running the product: one line each, and all of them are tried."""

import time
from collections.abc import Sequence
from pathlib import Path

from environment import npm
from processes import BIN, PYTHON, ROOT, WEB, inside, run, say

TOOLS = Path(".devtools")
HOUSE_RULES = (
    *("-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"),
    *("-n", "2", "--dist", "loadfile", "tests/architecture"),
)


def check() -> int:
    django = (PYTHON, "-m", "django")
    settings = {"DJANGO_SETTINGS_MODULE": "tospann.config.settings"}
    results = [
        _step("format", (BIN / "ruff", "format", "--check", "-q", ".")),
        _step("lint", (BIN / "ruff", "check", "-q", ".")),
        _step("imports", (BIN / "lint-imports", "--no-logo")),
        _step("types", (BIN / "mypy", "--no-error-summary")),
        _step("types of the tools", (BIN / "mypy", "--no-error-summary", *_tool_sources())),
        _step(
            "migrations", (*django, "makemigrations", "--check", "--dry-run", "-v", "0"), settings
        ),
        _step("house rules and translations", (PYTHON, *HOUSE_RULES)),
        _step("browser code", (*npm(), "run", "check", "--silent"), cwd=WEB),
        _step("licences of others", (PYTHON, TOOLS / "third_party.py", "--check")),
    ]
    bad = results.count(False)
    say(f"{len(results) - bad} checks passed, {bad} failed")
    return int(bad > 0)


def _step(
    title: str, command: Sequence[object], env: dict[str, str] | None = None, cwd: Path = ROOT
) -> bool:
    started = time.monotonic()
    good = run(*command, env={**inside(), **(env or {})}, cwd=cwd, stop=False) == 0
    say(f"{'ok    ' if good else 'FAILED'}  {title} ({time.monotonic() - started:.1f} s)")
    return good


def _tool_sources() -> list[str]:
    return [
        "hatch_build.py",
        *sorted(str(p.relative_to(ROOT)) for p in (ROOT / TOOLS).glob("*.py")),
    ]
