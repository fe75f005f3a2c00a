"""Office files as PDF: LibreOffice, once for each file, alone in a room without doors.

It gets its own user, network and mount namespaces: no network, and an empty folder where the
portal keeps its data. Memory, time and output are limited, and it is killed with all its children.
Where such a room cannot be made, it is not started.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

from django.conf import settings

from tospann.documents.reading import MOST_DRAWN

MEMORY = 4 * 1024**3
OUTPUT = 200 * 1024**2
CPU_SECONDS, SECONDS = 60, 90
_ROOM = ("unshare", "--user", "--map-root-user", "--net", "--mount")
_WITHOUT_DATA = 'mount -t tmpfs none "$1" && shift && exec "$@"'
_FILTERS = {
    **dict.fromkeys(("docx", "docm", "odt", "doc", "rtf"), "writer_pdf_Export"),
    **dict.fromkeys(("xlsx", "xlsm", "ods", "xls"), "calc_pdf_Export"),
    **dict.fromkeys(("pptx", "pptm", "odp", "ppt"), "impress_pdf_Export"),
}
ENDINGS = frozenset(_FILTERS)
_CAUTION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"""


class Failed(Exception):
    """No PDF came of it; ``because`` is a code of ``keeping``."""

    def __init__(self, because: str, detail: str = "") -> None:
        super().__init__(detail or because)
        self.because = because


@cache
def is_here() -> bool:
    """Whether LibreOffice is installed and a room for it can be made."""
    if not all(map(shutil.which, ("soffice", "unshare", "prlimit", "mount"))):
        return False
    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run(  # noqa: S603  # our own words
            [*_ROOM, "sh", "-c", _WITHOUT_DATA, "sh", folder, "true"],
            capture_output=True, timeout=20, check=False,
        )  # fmt: skip
    return said.returncode == 0


@contextmanager
def as_pdf(file: IO[bytes], ending: str, most: int = MOST_DRAWN) -> Iterator[IO[bytes]]:
    """The first pages of the file as PDF, for as long as the block lasts."""
    if not is_here():
        raise Failed("no_office")
    with tempfile.TemporaryDirectory(prefix="tospann-office-") as folder:
        work = Path(folder)
        profile = work / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_CAUTION)
        with (work / f"in.{ending}").open("wb") as copy:
            shutil.copyfileobj(file, copy)
        first = f'{{"PageRange":{{"type":"string","value":"1-{most}"}}}}'
        _convert(work, [work / f"in.{ending}"], f"{_FILTERS[ending]}:{first}")
        try:
            made = (work / "out" / "in.pdf").open("rb")
        except OSError:
            raise Failed("failed", "no PDF was made") from None
        with made:
            yield made


def archived(work: Path, files: Sequence[Path]) -> list[Path]:
    """Whole files of one ending as PDF/A-2b in ``work/out``, many at once, in the same room; those
    that came of it. ``work`` holds the files and nothing else of anybody's."""
    if not is_here():
        return []
    ending = files[0].suffix[1:].casefold()
    profile = work / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(_CAUTION)
    lasting = '{"SelectPdfVersion":{"type":"long","value":"2"}}'
    with suppress(Failed):
        _convert(work, files, f"{_FILTERS[ending]}:{lasting}", more=3 * len(files))
    made = (work / "out" / f"{one.stem}.pdf" for one in files)
    return [one for one in made if one.exists() and one.stat().st_size]


def _convert(work: Path, files: Sequence[Path], how: str, more: int = 0) -> None:
    seconds, cpu = SECONDS + more, CPU_SECONDS + more
    process = subprocess.Popen(  # noqa: S603  # our own words; the files are only input
        [
            *(*_ROOM, "sh", "-c", _WITHOUT_DATA, "sh", str(settings.DATA_DIR)),
            *("prlimit", f"--as={MEMORY}", f"--cpu={cpu}", f"--fsize={OUTPUT}", "--core=0"),
            *("soffice", "--headless", "--norestore", "--nolockcheck", "--nodefault"),
            f"-env:UserInstallation=file://{work / 'profile'}",
            *("--convert-to", f"pdf:{how}"),
            *("--outdir", str(work / "out"), *map(str, files)),
        ],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath), "HOME": str(work)},
        cwd=work, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Failed("heavy", f"not finished in {seconds} seconds") from None
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """It and whatever it started: they are one session of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
