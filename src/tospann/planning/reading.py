"""Reading a plan file inside the confined child process: nothing of Django is imported here."""

import base64
import hashlib
import zlib
from dataclasses import replace
from typing import IO, Any

from planengine import Outline, Plan, moment, outline_numbers, roll_up
from planengine.codec import canonical, to_json
from planengine.formats import mspdi, xer
from planengine.formats.account import ImportResult, tell
from tospann.jobs.confinement import Refusal
from tospann.planning import pricing, spreadsheet

LANGUAGES = ("nb", "en")
PREVIEW = 20
MOST_SENTENCES = 100


XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
XER = b"ERMHDR"


def read_plan(file: IO[bytes]) -> dict[str, Any]:
    """The plan of a file from Microsoft Project (XML), Primavera (XER) or a spreadsheet (Excel or
    text with separators), packed, with the report on what was kept. What it is, its content tells.
    """
    try:
        return _packed(_read(file.read()))
    except mspdi.ImportFailed as error:
        said = {language: error.sentence(language) for language in LANGUAGES}
        raise Refusal({"where": error.where, "code": error.code, **said}) from None
    except spreadsheet.Unreadable as error:
        said = {language: error.sentence(language) for language in LANGUAGES}
        raise Refusal({"where": "", "code": f"spreadsheet.{error.code}", **said}) from None


def _read(data: bytes) -> ImportResult:
    start = data[:64].lstrip()
    if start.startswith(XML) or not start:
        return mspdi.read(data)
    if start.startswith(XER):
        return xer.read(data)
    return spreadsheet.read(data)


_RATES = {
    "nb": "Hva en time av noen koster: {count}. Satser føres hos linjelederen, ikke i planen.",
    "en": "What an hour of somebody costs: {count}. Line managers keep rates, not the plan.",
}


def _packed(read: ImportResult) -> dict[str, Any]:
    plan, rated = pricing.without_rates(read.plan)
    found = replace(read, plan=plan)
    content = canonical(to_json(found.plan))
    return {
        "content": base64.b85encode(zlib.compress(content)).decode(),
        "content_hash": hashlib.sha256(content).hexdigest(),
        "report": {
            "name": found.plan.name,
            "count": len(found.plan.activities),
            "kept_counts": dict(found.kept),
            "preview": _preview(found.plan),
            **{language: _sentences(found, language, rated) for language in LANGUAGES},
        },
    }


def _sentences(found: ImportResult, language: str, rated: int) -> dict[str, list[str]]:
    """What was kept, what was not, what is worked out anew, and what was mended."""
    lost = [loss for loss in found.lost if loss.kind != "computed"]
    rates = [_RATES[language].format(count=rated)] if rated else []
    anew = [loss for loss in found.lost if loss.kind == "computed"]
    return {
        "kept": list(tell(found.kept, (), (), language)),
        "lost": [*rates, *tell({}, lost, (), language)][:MOST_SENTENCES],
        "anew": list(tell({}, anew, (), language)),
        "mended": list(tell({}, (), found.warnings[:MOST_SENTENCES], language)),
    }


def _preview(plan: Plan) -> list[dict[str, Any]]:
    """The first rows as they will look."""
    outline, sums, numbers = Outline(plan), roll_up(plan), outline_numbers(plan)
    levels = outline.levels()
    rows = []
    for one in plan.activities[:PREVIEW]:
        total = sums.get(one.uid)
        start, finish = (total.start, total.finish) if total else (one.start, one.finish)
        rows.append(
            {
                "number": numbers[one.uid],
                "level": levels[one.uid],
                "name": one.name,
                "kind": str(outline.kind(one.uid)),
                "start": _day(start),
                "finish": _day(finish),
                "percent": round(total.percent if total else one.progress.percent),
            }
        )
    return rows


def _day(instant: int | None) -> str | None:
    return None if instant is None else moment(instant).date().isoformat()
