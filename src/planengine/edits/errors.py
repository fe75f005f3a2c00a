"""Edits that cannot be done, and how that is said."""

from __future__ import annotations

from planengine.phrases import Phrases, say


class EditError(ValueError):
    """An edit that does not fit the plan, or JSON that is no edit.

    `code` names the rule, `path` the field (`link.successor`; `[3].link.successor` in a list of
    edits), `message` is an English sentence and `sentence(language)` the same in nb or en.
    """

    def __init__(self, code: str, path: str = "", detail: object = "") -> None:
        self.code = code
        self.path = path
        self.detail = str(detail)
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """What is wrong, as an English sentence."""
        return self.sentence("en")

    def sentence(self, language: str) -> str:
        """What is wrong, as a sentence in nb or en."""
        place = self.path or "edit"
        return say(_PHRASES, self.code, language, {"detail": self.detail, "path": place})

    def within(self, step: str) -> EditError:
        """The same error seen from further out: `step` is put before its path."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return EditError(self.code, f"{step}{joint}{self.path}", self.detail)


_PHRASES: Phrases = {
    "edit.shape": (
        "Feltet {path} er ikke gyldig: {detail}.",
        "The field {path} is not valid: {detail}.",
    ),
    "edit.kind": (
        "Endringen «{detail}» finnes ikke.",
        "There is no edit called “{detail}”.",
    ),
    "edit.version": (
        "Endringen har versjon {detail}, som ikke kan leses her.",
        "The edit has version {detail}, which cannot be read here.",
    ),
    "activity.unknown": (
        "Aktivitet {detail} finnes ikke i planen.",
        "Activity {detail} is not in the plan.",
    ),
    "activity.exists": (
        "Aktivitet {detail} finnes allerede i planen.",
        "Activity {detail} is already in the plan.",
    ),
    "activity.uid": (
        "En aktivitet må ha et positivt nummer, ikke {detail}.",
        "An activity needs a positive number, not {detail}.",
    ),
    "parent.inside": (
        "Aktivitet {detail} kan ikke legges under seg selv.",
        "Activity {detail} cannot be put under itself.",
    ),
    "position.range": (
        "Det er ingen plass nummer {detail} her.",
        "There is no position {detail} here.",
    ),
    "link.unknown": (
        "Koblingen {detail} finnes ikke i planen.",
        "The link {detail} is not in the plan.",
    ),
    "link.exists": (
        "Koblingen {detail} finnes allerede.",
        "The link {detail} already exists.",
    ),
    "link.self": (
        "Aktivitet {detail} kan ikke kobles til seg selv.",
        "Activity {detail} cannot be linked to itself.",
    ),
    "link.ancestor": (
        "Koblingen {detail} går mellom en aktivitet og noe den ligger under.",
        "The link {detail} joins an activity and something it lies under.",
    ),
    "link.ends": (
        "En endret kobling må beholde de to aktivitetene sine ({detail}).",
        "A changed link must keep its two activities ({detail}).",
    ),
    "resource.unknown": (
        "Ressurs {detail} finnes ikke i planen.",
        "Resource {detail} is not in the plan.",
    ),
    "resource.exists": (
        "Ressurs {detail} finnes allerede i planen.",
        "Resource {detail} is already in the plan.",
    ),
    "assignment.unknown": (
        "Tildeling {detail} finnes ikke i planen.",
        "Assignment {detail} is not in the plan.",
    ),
    "assignment.exists": (
        "Tildeling {detail} finnes allerede i planen.",
        "Assignment {detail} is already in the plan.",
    ),
    "calendar.unknown": (
        "Kalender {detail} finnes ikke i planen.",
        "Calendar {detail} is not in the plan.",
    ),
    "calendar.exists": (
        "Kalender {detail} finnes allerede i planen.",
        "Calendar {detail} is already in the plan.",
    ),
    "calendar.in_use": (
        "Kalender {detail} er i bruk og kan ikke fjernes.",
        "Calendar {detail} is in use and cannot be removed.",
    ),
    "exception.unknown": (
        "Kalenderen har ikke noe unntak for {detail}.",
        "The calendar has no exception for {detail}.",
    ),
    "baseline.number": (
        "Referanseplaner har nummer fra 0 til 10, ikke {detail}.",
        "Baselines are numbered from 0 to 10, not {detail}.",
    ),
}
