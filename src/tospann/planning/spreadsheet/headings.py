"""Which column means what: the words people and other tools use, in Norwegian and English."""

import re
from collections.abc import Sequence

from tospann.planning.spreadsheet.cells import Value

WORDS = {
    "number": "nr nummer no number wbs strukturkode id #",
    "level": "nivå nivaa level outline_level outlinelevel disposisjonsnivå innrykk",
    "name": "navn oppgave oppgavenavn aktivitet aktivitetsnavn name task task_name taskname"
    " activity activity_name beskrivelse title tittel",
    "kind": "slag type kind",
    "start": "start startdato start_date begin begins planlagt_start fra from",
    "finish": "slutt sluttdato ferdig finish finish_date end end_date ends planlagt_slutt til to"
    " forfall due due_date",
    "days": "dager varighet varighet_dager days duration duration_days arbeidsdager",
    "percent": "prosent prosent_ferdig ferdig_prosent fremdrift framdrift percent percent_complete"
    " complete progress %_complete %_ferdig prosent_utført prosent_fullført fullført ferdiggrad",
    "before": "venter_på foregående foregående_aktiviteter etterfølger_av forgjenger forgjengere"
    " waits_for predecessors predecessor depends_on avhenger_av",
    "deadline": "frist deadline tidsfrist",
    "responsible": "ansvarlig responsible owner eier assigned_to resource_names ressursnavn"
    " ressurser assignee",
    "notes": "notater notes merknad merknader kommentar comments",
    "milestone": "milepæl milestone",
}
"""The words for each column, with ``_`` for a space."""
_MEANS = {word.replace("_", " "): key for key, words in WORDS.items() for word in words.split()}
LOOKED_AT = 10
"""Rows from the top among which the headings are looked for."""


def find(rows: Sequence[Sequence[Value]]) -> tuple[int, dict[str, int]] | None:
    """The place of the row of headings, and the column of each field; the name is a must."""
    for place, row in enumerate(rows[:LOOKED_AT]):
        found = columns(row)
        if ("name" in found and len(found) > 1) or found.keys() == {"name"}:
            return place, found
    return None


def columns(row: Sequence[Value]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, value in enumerate(row):
        key = _MEANS.get(_plain(value))
        if key is not None:
            found.setdefault(key, place)
    return found


def _plain(value: Value) -> str:
    text = re.sub(r"[^\w%#æøå]+", " ", str(value or "").lower())
    return " ".join(text.split())
