"""Why a file of any format could not be read, said with the place it went wrong."""

from __future__ import annotations

from planengine.phrases import Phrases, say
from planengine.validation import PlanError


class ImportFailed(ValueError):
    """The file cannot be read, and nothing of it has been.

    `code` names the reason, `where` the place (`line 7, column 3`; `Task UID=5, Duration`; a file
    as a whole has none) and `detail` the offending value, shortened. `cause` is the broken rule of
    a plan that was read but does not hold together.
    """

    def __init__(
        self, code: str, where: str = "", detail: object = "", cause: PlanError | None = None
    ) -> None:
        self.code = code
        self.where = where
        self.cause = cause
        text = str(detail)
        self.detail = text if len(text) <= 200 else f"{text[:200]}…"
        super().__init__(self.sentence("en"))

    def sentence(self, language: str = "en") -> str:
        """The reason as one sentence in nb or en, beginning with the place."""
        detail = self.detail if self.cause is None else self.cause.sentence(language)
        reason = say(_REASONS, self.code, language, {"detail": detail})
        where = self.where
        if language.startswith("n"):
            for english, norwegian in _PLACES:
                where = where.replace(english, norwegian)
        return f"{where}: {reason}" if where else reason


_PLACES = ((" at line ", " på linje "), ("line ", "linje "), (", column ", ", kolonne "))
_REASONS: Phrases = {
    "xml.empty": ("Fila er tom.", "The file is empty."),
    "xml.size": (
        "Fila er for stor: grensen er {detail} byte.",
        "The file is too large: the limit is {detail} bytes.",
    ),
    "xml.syntax": (
        "Fila er ikke gyldig XML ({detail}).",
        "The file is not well-formed XML ({detail}).",
    ),
    "xml.doctype": (
        "Fila har en DOCTYPE eller egne entiteter, og det tillates ikke.",
        "The file has a DOCTYPE or entities of its own, which is not allowed.",
    ),
    "xml.depth": (
        "Elementene ligger dypere enn {detail} nivåer.",
        "Elements are nested deeper than {detail} levels.",
    ),
    "xml.elements": (
        "Fila har flere enn {detail} elementer.",
        "The file has more than {detail} elements.",
    ),
    "xml.text": (
        "En tekst er lengre enn {detail} tegn.",
        "A text is longer than {detail} characters.",
    ),
    "file.size": (
        "Fila er for stor: grensen er {detail} byte.",
        "The file is too large: the limit is {detail} bytes.",
    ),
    "file.missing": ("Fila kan ikke leses ({detail}).", "The file cannot be read ({detail})."),
    "file.format": (
        "Formatet er ukjent. Kjente filendelser: {detail}.",
        "The format is unknown. Known endings: {detail}.",
    ),
    "gzip.syntax": (
        "Den pakkede fila er ødelagt ({detail}).",
        "The packed file is damaged ({detail}).",
    ),
    "json.syntax": (
        "Fila er ikke gyldig JSON ({detail}).",
        "The file is not well-formed JSON ({detail}).",
    ),
    "json.kind": ("verdien skal være {detail}.", "the value must be {detail}."),
    "json.rows": (
        "lista er lengre enn {detail} rader.",
        "the list is longer than {detail} rows.",
    ),
    "json.plan": (
        "Dette er ikke en plan slik motoren lagrer den ({detail}).",
        "This is not a plan as the engine stores it ({detail}).",
    ),
    "oracle.format": (
        "Dette er ikke en plan-oracle-fil, men «{detail}».",
        "This is not a plan-oracle file but “{detail}”.",
    ),
    "xer.format": (
        "Dette er ikke en XER-fil fra Primavera: den begynner med «{detail}».",
        "This is not an XER file of Primavera: it begins with “{detail}”.",
    ),
    "xer.columns": (
        "raden har flere enn {detail} kolonner.",
        "the row has more than {detail} columns.",
    ),
    "xer.calendar": (
        "kalenderens arbeidstid kan ikke leses («{detail}»).",
        "the calendar's working time cannot be read (“{detail}”).",
    ),
    "xer.project": (
        "Prosjektet finnes ikke i fila ({detail}).",
        "The project is not in the file ({detail}).",
    ),
    "psplib.format": (
        "Dette er ikke en .sm-fil fra PSPLIB ({detail}).",
        "This is not a .sm file of PSPLIB ({detail}).",
    ),
    "psplib.row": (
        "tallene på linja stemmer ikke ({detail}).",
        "the numbers of the line do not fit ({detail}).",
    ),
    "psplib.modes": (
        "aktiviteten har {detail} utførelsesmåter; bare én støttes.",
        "the activity has {detail} modes; only one is supported.",
    ),
    "psplib.resources": (
        "Fila har ressurser som brukes opp; bare fornybare støttes.",
        "The file has resources that are used up; only renewable ones are supported.",
    ),
    "psplib.unsound": (
        "Ingen plan er mulig ({detail}).",
        "No schedule is possible ({detail}).",
    ),
    "value.word": ("«{detail}» er ikke et kjent ord her.", "“{detail}” is not a known word here."),
    "value.missing": ("verdien mangler.", "the value is missing."),
    "mspdi.root": (
        "Dette er ikke en prosjektfil fra Microsoft Project: den begynner med «{detail}».",
        "This is not a Microsoft Project file: it begins with “{detail}”.",
    ),
    "value.number": ("«{detail}» er ikke et tall.", "“{detail}” is not a number."),
    "value.range": ("verdien {detail} er ikke mulig.", "the value {detail} is not possible."),
    "value.date": (
        "«{detail}» er ikke en dato i årene 1900–2199.",
        "“{detail}” is not a date in the years 1900–2199.",
    ),
    "value.time": ("«{detail}» er ikke et klokkeslett.", "“{detail}” is not a time of day."),
    "value.duration": ("«{detail}» er ikke en varighet.", "“{detail}” is not a duration."),
    "uid.missing": ("raden mangler UID.", "the row has no UID."),
    "uid.duplicate": (
        "UID er brukt flere ganger.",
        "the UID is used more than once.",
    ),
    "plan.unsound": (
        "Planen henger ikke sammen. {detail}",
        "The plan does not hold together. {detail}",
    ),
}
