"""The ``tospann`` command: starting, looking after and saving a portal (docs/operating.md)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

OPERATING = "tospann.config.operating"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. Django is imported only by the commands that need it."""
    given = list(sys.argv[1:] if words is None else words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tospann.config.settings")
    if given and not given[0].startswith("-") and given[0] not in COMMANDS:
        return _django(given)
    asked = _parser().parse_args(given)
    if asked.command is None:
        _parser().print_help()
        return 2
    if getattr(asked, "data", None):
        os.environ["TOSPANN_DATA_DIR"] = str(asked.data.absolute())
    from tospann.config.operating.refusals import Refused

    try:
        return COMMANDS[asked.command][1](asked)
    except Refused as refusal:
        print(f"tospann {asked.command}: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _django(words: list[str]) -> int:
    """Anything else is a command of Django's, such as ``makemigrations``."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tospann", *words])
    return 0


def _in(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """The function that carries a command out, imported when it is asked for."""

    def carry_out(asked: argparse.Namespace) -> int:
        done: int = getattr(import_module(f"{OPERATING}.{module}"), function)(asked)
        return done

    return carry_out


COMMANDS: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
    "start": ("run the portal", _in("start", "start")),
    "demo": ("run a portal with demo data, on this machine only", _in("start", "demo")),
    "work": ("run only the background jobs", _in("start", "work")),
    "create-admin": ("create an administrator", _in("people", "create_admin")),
    "recover-admin": (
        "give an administrator a new password and access",
        _in("people", "recover_admin"),
    ),
    "api-token": ("create a personal API token", _in("people", "api_token")),
    "app-password": (
        "create a password for a drive or an office program",
        _in("people", "app_password"),
    ),
    "export-person": (
        "write everything about a person into a ZIP file",
        _in("people", "export_person"),
    ),
    "erase-person": ("take a deactivated person out of every table", _in("people", "erase_person")),
    "delete-project": (
        "delete a closed project for good; a tombstone stays",
        _in("projects", "delete_project"),
    ),
    "upgrade": ("bring the data up to this version", _in("upgrade", "upgrade")),
    "backup": ("save everything into a new folder", _in("backup", "backup")),
    "restore": ("fill an empty portal from a backup", _in("restore", "restore")),
    "verify-backup": ("prove that a backup can be restored", _in("verify", "verify_backup")),
    "verify-audit": ("prove that the audit log is whole", _in("verify", "verify_audit")),
    "scrub": ("read every kept file again and find what is damaged", _in("stored", "scrub")),
    "gc": ("remove kept files that nobody needs any more", _in("stored", "gc")),
    "import-plan": ("import a Microsoft Project XML file", _in("plans", "import_plan")),
    "import-costs": (
        "import a file of costs into a project's budget",
        _in("costs", "import_costs"),
    ),
    "receive-mail": (
        "take in the mail on standard input, for a mail server's pipe",
        _in("mail", "receive_mail"),
    ),
    "replay": (
        "make a plan again from its revisions, and compare",
        _in("plans", "replay"),
    ),
    "archive": ("write a whole project into a folder for the archive", _in("archives", "archive")),
    "verify": ("prove that a PDF file is as the portal made it", _in("seals", "verify")),
    "rotate-seal-key": ("seal PDF files with a new key from now on", _in("seals", "rotate")),
    "openapi": ("print the description of the API", _in("description", "openapi")),
    "manage": ("a command of Django's", lambda asked: _django(asked.words)),
}


def _parser() -> argparse.ArgumentParser:
    from tospann import __version__

    parser = argparse.ArgumentParser(prog="tospann", description="A self-hosted project portal.")
    parser.add_argument("--version", action="version", version=f"tospann {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    parsers = {
        name: commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        for name, (text, _carry_out) in COMMANDS.items()
    }
    for name in set(parsers) - {"manage"}:
        parsers[name].add_argument("--data", type=Path, metavar="DIR", help="the data folder")
    _arguments_of_serving(parsers)
    _arguments_of_people(parsers)
    for name in ("backup", "restore", "verify-backup"):
        parsers[name].add_argument("folder", type=Path, metavar="DIR", help="the backup")
    parsers["upgrade"].add_argument("--no-backup", action="store_true", help="do not back up first")
    parsers["scrub"].add_argument(
        "--from", dest="backup", type=Path, metavar="DIR", help="a backup"
    )
    parsers["gc"].add_argument("--dry-run", action="store_true", help="only say what would go")
    parsers["gc"].add_argument("--even-many", action="store_true", help="however many they are")
    parsers["import-plan"].add_argument("project", metavar="PROJECT", help="its key, such as HALL")
    parsers["import-plan"].add_argument("file", type=Path, metavar="FILE", help="the XML file")
    parsers["import-plan"].add_argument("--as", dest="email", metavar="EMAIL", help="who imports")
    one = parsers["import-costs"]
    one.add_argument("project", metavar="PROJECT", help="its key, such as HALL")
    one.add_argument("file", type=Path, metavar="FILE", help="a workbook (.xlsx) or text file")
    one.add_argument("--dry-run", action="store_true", help="only say what would be recorded")
    one.add_argument("--line", metavar="CODE", help="the budget line where the file says none")
    one.add_argument("--as", dest="email", metavar="EMAIL", help="who imports")
    one = parsers["archive"]
    one.add_argument("project", metavar="PROJECT", help="its key, such as HALL")
    one.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    one.add_argument("--by", default="tospann archive", metavar="NAME", help="who archives")
    parsers["verify"].add_argument("file", type=Path, metavar="FILE", help="the PDF file")
    parsers["verify"].add_argument(
        "--keys", type=Path, metavar="FILE", help="public keys saved from /verify/keys"
    )
    parsers["rotate-seal-key"].add_argument(
        "--withdraw", action="store_true", help="the keys before were exposed: trust none of them"
    )
    parsers["receive-mail"].add_argument("--to", metavar="ADDRESS", help="who it was delivered to")
    parsers["replay"].add_argument("project", metavar="PROJECT", help="its key, such as HALL")
    parsers["manage"].add_argument("words", nargs=argparse.REMAINDER, metavar="…")
    return parser


def _arguments_of_serving(parsers: dict[str, argparse.ArgumentParser]) -> None:
    for name in ("start", "demo"):
        one = parsers[name]
        one.add_argument("--port", type=int, default=8000, help="default 8000")
        one.add_argument("--host", default="127.0.0.1", help="address to listen on, 127.0.0.1")
        one.add_argument("--workers", type=int, default=0, metavar="N", help="web processes")
        one.add_argument("--no-jobs", action="store_true", help="leave background jobs to `work`")
    parsers["demo"].add_argument("--list", action="store_true", help="who can sign in, and stop")


def _arguments_of_people(parsers: dict[str, argparse.ArgumentParser]) -> None:
    for name in ("create-admin", "recover-admin"):
        one = parsers[name]
        one.add_argument("--email", help="asked for when left out")
        one.add_argument("--password-file", type=Path, metavar="FILE", help="- for standard input")
    parsers["create-admin"].add_argument("--name", help="asked for when left out")
    one = parsers["app-password"]
    one.add_argument("email", metavar="EMAIL")
    one.add_argument("--name", default="tospann app-password", help="which device or program")
    one.add_argument("--read-only", action="store_true", help="it may not write")
    for name in ("export-person", "erase-person"):
        parsers[name].add_argument("email", metavar="EMAIL")
    parsers["export-person"].add_argument("file", type=Path, metavar="FILE.zip", help="a new file")
    parsers["erase-person"].add_argument("--reason", required=True, help="kept in the audit log")
    one = parsers["delete-project"]
    one.add_argument("project", metavar="PROJECT", help="its key, such as HALL")
    one.add_argument("--by", required=True, metavar="EMAIL", help="the administrator who does it")
    one.add_argument("--reason", required=True, help="kept on the tombstone")
    one.add_argument("--typed", metavar="KEY", help="its key once more; asked for when left out")
    parsers["api-token"].add_argument("email", metavar="EMAIL")
    parsers["api-token"].add_argument("--name", default="tospann api-token", help="what it is for")
    parsers["api-token"].add_argument("--read-only", action="store_true", help="it may not write")
    parsers["api-token"].add_argument("--days", type=int, default=90, help="valid for; default 90")


if __name__ == "__main__":
    sys.exit(main())
