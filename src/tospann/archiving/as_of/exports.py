"""The answer as files: a sealed PDF, and a folder of CSV and JSON that proves itself."""

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.archiving import packing
from tospann.archiving.as_of.queries import AsOf, not_kept
from tospann.archiving.as_of.sections import Column, Section
from tospann.seals import typeset
from tospann.seals.queries import portal_name, published_keys
from tospann.ui import exports, formats
from tospann.ui.jinja import language

TEMPLATE = "archiving/typst/as_of.typ"
MOST_ON_PAPER = 400
"""Rows of a section on paper; the other files have all of them."""


def name_of(found: AsOf) -> str:
    return f"{found.project.key}-{timezone.localtime(found.moment.at):%Y-%m-%d-%H%M}"


def paper(found: AsOf, by: str) -> bytes:
    """The answer as a sealed PDF/UA file; raises ``ui.pdf.Busy`` when too many are being made."""
    return typeset(TEMPLATE, _printed(found, by), project_id=found.project.pk)


def package(found: AsOf, by: str) -> bytes:
    """A zip: everything as JSON, each section as CSV, the PDF, and a signed list of checksums."""
    with tempfile.TemporaryDirectory(prefix="as-of-") as at:
        root = Path(at) / name_of(found)
        root.mkdir()
        (root / "as-of.pdf").write_bytes(paper(found, by))
        (root / "as-of.json").write_text(_json(found, by), encoding="utf-8")
        for one in found.sections:
            (root / f"{one.key}.csv").write_bytes(exports.as_csv(*one.table()))
        (root / "keys.json").write_text(json.dumps(published_keys(), indent=1), encoding="utf-8")
        packing.seal_folder(root)
        return _zipped(root)


def _json(found: AsOf, by: str) -> str:
    said = {"portal": portal_name(), "taken_out_at": timezone.now(), "taken_out_by": by}
    text = json.dumps(said | found.to_json(), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return f"{text}\n"


def _zipped(root: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.iterdir()):
            archive.write(path, path.relative_to(root.parent))
    return made.getvalue()


def _printed(found: AsOf, by: str) -> dict[str, Any]:
    """The answer as plain data in words: nothing is computed after this."""
    project, moment, today = found.project, found.moment, timezone.localdate()
    then = _cell(moment.at, "moment")
    return {
        "language": language()[:2],
        "title": _("%(project)s as of %(then)s") % {"project": project.name, "then": then},
        "heading": _("As it was %(then)s") % {"then": then},
        "key": project.key,
        "name": project.name,
        "organisation": portal_name(),
        "date": [today.year, today.month, today.day],
        "lead": _("Taken out %(now)s by %(who)s")
        % {"now": _cell(timezone.now(), "moment"), "who": by},
        "facts": facts(found),
        "sections": [_table(one) for one in found.sections],
        "left_out": [*_erased(found), *not_kept()],
        "words": {"page": _("Page"), "of": _("of"), "left_out": _("What is not here")},
    }


def facts(found: AsOf) -> list[tuple[str, str]]:
    """The project then, and the place in the log that proves it."""
    head, moment = found.head, found.moment
    dates = f"{_cell(head['start'], 'date')} – {_cell(head['finish'], 'date')}"
    return [
        (_("Project"), head["name"]),
        (_("State"), head["state"]),
        (_("Dates"), dates),
        (_("Acts up to then"), _cell(moment.sequence, "number")),
        (_("The last of them"), _cell(moment.acted_at, "moment")),
        (_("Acts since"), _cell(moment.later, "number")),
        (_("Hash of the log"), moment.hash),
    ]


def _erased(found: AsOf) -> list[str]:
    return [erased(found)] if found.unknown else []


def erased(found: AsOf) -> str:
    """What cannot be known any more, because somebody was erased from the log."""
    said = _(
        "What %(num)s later acts changed has been erased from the log. Where they changed "
        "something shown here, it stands as it was after them."
    )
    return said % {"num": found.unknown}


def _table(one: Section) -> dict[str, Any]:
    columns = [column for column in one.columns if column.kind != "file"]
    rows = [[_shown(row, column) for column in columns] for row in one.rows[:MOST_ON_PAPER]]
    more = len(one.rows) - len(rows)
    return {
        "title": one.title,
        "lead": one.lead,
        "heads": [column.label for column in columns],
        "kinds": [column.kind for column in columns],
        "rows": rows,
        "none": one.none,
        "more": _("And %(num)s more, in the other files.") % {"num": more} if more else "",
    }


def _shown(row: dict[str, Any], column: Column) -> str:
    return _cell(row.get(column.key), column.kind)


def _cell(value: Any, kind: str) -> str:
    if value is None or value == "":
        return "–"
    match kind:
        case "date":
            return formats.short_date(value, language())
        case "moment":
            return formats.date_and_time(timezone.localtime(value), language())
        case "money":
            return formats.number(value, language(), 2)
        case "number":
            return formats.number(value, language(), 0)
    return str(value)
