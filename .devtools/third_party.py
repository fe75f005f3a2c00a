"""Writes THIRD-PARTY.md: whose work Tospann stands on, and under which licence.

Licences come from what is installed; the list holds no versions, so it changes only with the
set of packages. What the wheel carries in itself is printed with its licence text.
"""

import json
import re
import sys
from importlib.metadata import PackageMetadata, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "THIRD-PARTY.md"
NODE_MODULES = ROOT / "web/node_modules"
# Of what web/package.json names, these build and check, and never reach a browser.
BUILD_TOOLS = {"axe-core", "esbuild", "oidc-provider", "typescript", "vitest"}
# The list is the same on every machine: what Debian 12's Python needs.
LISTED_FOR = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.2",
    "python_version": "3.11",
    "sys_platform": "linux",
}
FONT = "Inter (fonts of PDF files)"
INTRODUCTION = """# Third-party software

Tospann itself is under the Apache License 2.0 (LICENSE). It stands on the work of others, listed
here with the licences they name. `./dev third-party` writes this file; do not edit it.

"""


def python_packages() -> dict[str, str]:
    """Name → licence of everything Tospann needs to run, extras included."""
    asked = [*_requirements("tospann", set()), *_requirements("tospann", {"optimise", "postgres"})]
    licences: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while asked:
        requirement = asked.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) not in seen:
            seen.add((name, extras))
            licences[name] = _licence(distribution(name).metadata)
            asked += _requirements(name, set(extras))
    return dict(sorted(licences.items()))


def _requirements(name: str, extras: set[str]) -> list[Requirement]:
    """What a package asks for in the environment we list for."""
    wanted = map(Requirement, distribution(name).requires or [])
    return [
        requirement
        for requirement in wanted
        if requirement.marker is None
        or any(requirement.marker.evaluate({**LISTED_FOR, "extra": e}) for e in {"", *extras})
    ]


def _licence(about: PackageMetadata) -> str:
    for field in ("license_expression", "license"):
        stated = str(about.json.get(field, "")).strip()
        if stated and "\n" not in stated and stated != "UNKNOWN":
            return stated
    prefix = "License :: "
    classified = [c for c in about.get_all("Classifier") or [] if c.startswith(prefix)]
    return ", ".join(sorted(c.rpartition(" :: ")[2] for c in classified)) or "see the package"


def browser_packages() -> dict[str, dict[str, Any]]:
    """Name → entry of the lock file, for everything whose code may be in the bundles."""
    locked = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    root = locked[""]
    asked = {*root.get("dependencies", {}), *root.get("devDependencies", {})} - BUILD_TOOLS
    found: dict[str, dict[str, Any]] = {}
    while asked:
        name = asked.pop()
        entry = locked.get(f"node_modules/{name}")
        if entry is not None and name not in found:
            found[name] = entry
            asked |= set(entry.get("dependencies", {}))
    return dict(sorted(found.items()))


def _licence_text(name: str) -> str:
    folder = NODE_MODULES / name
    texts = [p for p in sorted(folder.glob("*")) if re.match(r"(?i)licen[cs]e", p.name)]
    if not texts:
        return "The package carries no licence text of its own."
    lines = texts[0].read_text(errors="replace").replace("\r\n", "\n").strip().splitlines()
    return "\n".join(f"    {line.rstrip()}".rstrip() for line in lines)


def written() -> str:
    browser = browser_packages()
    parts = [INTRODUCTION, "## Carried in the wheel (browser code, styles, icons, fonts)\n\n"]
    carried = {name: entry.get("license", "") for name, entry in browser.items()}
    parts += [_table(carried | {FONT: "OFL-1.1"})]
    parts += ["\n## Installed beside it (Python)\n\n", _table(python_packages())]
    parts += ["\n## Licence texts of what the wheel carries\n"]
    parts += [f"\n### {name}\n\n{_licence_text(name)}\n" for name in browser]
    parts += [f"\n### {FONT}\n\nsrc/tospann/ui/fonts/OFL.txt\n"]
    return "".join(parts)


def _table(licences: dict[str, str]) -> str:
    rows = "".join(f"| {name} | {licence} |\n" for name, licence in licences.items())
    return f"| package | licence |\n|---|---|\n{rows}"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        LIST.write_text(written())
    elif LIST.read_text() != written():
        sys.exit("THIRD-PARTY.md is out of date: run `./dev third-party`.")
