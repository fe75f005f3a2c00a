"""Build hook: the wheel carries the browser code and the compiled messages.

Whoever installs it needs neither Node nor gettext.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Generated(BuildHookInterface[Any]):
    """Makes what git does not hold. An editable install leaves that to `./dev`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        if (root / "web").is_dir() and not any(root.glob("src/tospann/*/static/*/built/*")):
            build_browser_code(root / "web")
        for source in root.glob("src/tospann/locale/*/LC_MESSAGES/*.po"):
            compile_messages(source)


def build_browser_code(web: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Building the wheel needs npm (installing it does not).")
    subprocess.run([npm, "ci"], cwd=web, check=True)
    subprocess.run([npm, "run", "build", "--silent"], cwd=web, check=True)


def compile_messages(source: Path) -> None:
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return
    with source.open("rb") as read, compiled.open("wb") as write:
        write_mo(write, read_po(read))
