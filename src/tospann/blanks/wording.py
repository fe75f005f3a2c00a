"""The organisation's own Word files: checked when they come, filled in by a confined child."""

import base64
import tempfile
from dataclasses import dataclass
from typing import Any

import structlog
from django.utils.translation import gettext

from tospann.blanks.confined_word import packed
from tospann.blanks.content import without_restricted
from tospann.blanks.definition import Form, Section, form
from tospann.blanks.models import Edition, Filled, WordTemplate
from tospann.documents import blobs
from tospann.foundation.errors import Invalid
from tospann.jobs import confined
from tospann.jobs.confined import MEGABYTE

MOST_BYTES = 20 * MEGABYTE
LIMITS = confined.Limits(input=60 * MEGABYTE, memory=1024 * MEGABYTE, cpu=10, wall=20.0)
FRAME = frozenset({"document", "project", "organisation", "head", "sections", "logs", "state"})
"""Names every template may use, whatever its form."""
log = structlog.get_logger()


@dataclass(frozen=True)
class Checked:
    """What a Word file asks for, and what of it the template does not have."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def names_of(template: Form) -> list[str]:
    """What may stand between braces in a Word file for this template."""
    fields = [one.key for section in template.sections for one in section.fields]
    return sorted({*FRAME, *fields})


def checked(file: bytes, template: Form) -> Checked:
    """``Invalid`` (field “file”) says why the file cannot be used at all."""
    if len(file) > MOST_BYTES:
        limit = MOST_BYTES // MEGABYTE
        said = gettext("The file is too large. The limit is %(limit)s MB.") % {"limit": limit}
        raise Invalid(said, "file")
    names = set(_child("read", {}, file)["names"])
    may = set(names_of(template))
    return Checked(tuple(sorted(names & may)), tuple(sorted(names - may)))


def filled(own: WordTemplate, data: dict[str, Any], of: Filled, edition: Edition | None) -> bytes:
    """The organisation's Word file with the document in it."""
    with blobs.opened(own.sha256) as file:
        return made(file.read(), data, of, edition)


def made(template: bytes, data: dict[str, Any], of: Filled, edition: Edition | None) -> bytes:
    told = _plain(data, of, edition)
    return base64.b85decode(_child("fill", told, template)["docx"])


def _plain(data: dict[str, Any], of: Filled, edition: Edition | None) -> dict[str, Any]:
    """Texts, lists and rows: nothing that could be called."""
    fields = {
        one.key: _told(field)
        for section, shown in zip(_sections(of), data["sections"], strict=True)
        for one, field in zip(section.fields, shown["fields"], strict=True)
    }
    frame = {
        "document": {"title": data["heading"], "number": data["key"], "author": data["author"],
                     "version": edition.number if edition else ""},
        "project": {"name": data["name"], "key": of.project.key},
        "organisation": data["organisation"],
        "state": data["state"],
        "head": [{"label": label, "value": value} for label, value in data["head"]],
        "sections": [
            {"title": one["title"], "fields": [{"label": f["label"], "text": _text(f)}
                                               for f in one["fields"]]}
            for one in data["sections"]
        ],
        "logs": [_told(one) for one in data["logs"]],
    }  # fmt: skip
    return {**fields, **frame}


def _sections(of: Filled) -> tuple[Section, ...]:
    return without_restricted(form(of.blank, of.project.language), restricted=False).sections


def _told(field: dict[str, Any]) -> Any:
    """A table as rows with a cell by its column's place and name; all else as text."""
    if not field["rows"]:
        return _text(field)
    keys = field.get("keys") or [f"c{place}" for place in range(1, len(field["heads"]) + 1)]
    return [dict(zip(keys, map(_cell, row), strict=False)) for row in field["rows"]]


def _text(field: dict[str, Any]) -> str:
    if field["rows"]:
        return "\n".join(" · ".join(_cell(one) for one in row) for row in field["rows"])
    return "\n".join("".join(run["text"] for run in block["runs"]) for block in field["blocks"])


def _cell(lines: list[str]) -> str:
    return "\n".join(lines)


def _child(what: str, told: dict[str, Any], file: bytes) -> dict[str, Any]:
    with tempfile.TemporaryFile() as sent:
        sent.write(packed(told, file))
        sent.flush()
        try:
            answer: dict[str, Any] = confined.run(
                f"tospann.blanks.confined_word:{what}", sent, LIMITS
            )
        except confined.Refused as refused:
            raise Invalid(_why(refused.answer), "file") from None
        except (confined.TooLarge, confined.TooSlow):
            said = gettext("The file takes too much to be read. Use a simpler one.")
            raise Invalid(said, "file") from None
        except confined.Crashed as crash:
            log.warning("word file crashed its reader", detail=crash.detail)
            raise Invalid(gettext("The file could not be read."), "file") from None
    return answer


def _why(answer: dict[str, Any]) -> str:
    detail = str(answer.get("detail", ""))
    match answer.get("because"):
        case "macros":
            return gettext("The file holds macros. Save it as .docx without them.")
        case "large":
            return gettext("The file takes too much to be read. Use a simpler one.")
        case "template":
            said = gettext("The file asks for something it may not: %(what)s")
            return said % {"what": detail}
    return gettext("This is not a Word file (.docx) that can be read.")
