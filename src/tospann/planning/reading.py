"""Reading a plan file inside the confined child process: nothing of Django is imported here."""

import base64
import hashlib
import zlib
from typing import IO, Any

from planengine import Outline, Plan, moment, outline_numbers, roll_up
from planengine.codec import canonical, to_json
from planengine.formats import mspdi
from planengine.formats.account import tell
from tospann.jobs.confinement import Refusal

LANGUAGES = ("nb", "en")
PREVIEW = 20
MOST_SENTENCES = 100


def read_mspdi(file: IO[bytes]) -> dict[str, Any]:
    """The plan of a Microsoft Project XML file, packed, with the report on what was kept."""
    try:
        found = mspdi.read(file.read())
    except mspdi.ImportFailed as error:
        said = {language: error.sentence(language) for language in LANGUAGES}
        raise Refusal({"where": error.where, "code": error.code, **said}) from None
    content = canonical(to_json(found.plan))
    return {
        "content": base64.b85encode(zlib.compress(content)).decode(),
        "content_hash": hashlib.sha256(content).hexdigest(),
        "report": {
            "name": found.plan.name,
            "count": len(found.plan.activities),
            "kept_counts": dict(found.kept),
            "preview": _preview(found.plan),
            **{language: _sentences(found, language) for language in LANGUAGES},
        },
    }


def _sentences(found: mspdi.ImportResult, language: str) -> dict[str, list[str]]:
    """What was kept, what was not, what is worked out anew, and what was mended."""
    lost = [loss for loss in found.lost if loss.kind != "computed"]
    anew = [loss for loss in found.lost if loss.kind == "computed"]
    return {
        "kept": list(tell(found.kept, (), (), language)),
        "lost": list(tell({}, lost, (), language))[:MOST_SENTENCES],
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
