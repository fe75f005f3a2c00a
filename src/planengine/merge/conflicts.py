"""Where two people’s changes to the same plan cannot both stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from planengine.codec import Json
from planengine.compare.fields import say_field, say_row, say_value
from planengine.compare.plain import plain
from planengine.edits.speaker import Speaker
from planengine.model import Plan
from planengine.phrases import Phrases, say
from planengine.validation.errors import PlanError, Subject

Kind = Literal["changed", "removed", "order", "rule"]
"""`changed`: both changed a field, differently. `removed`: one side removed a row (or a part of
one) that the other changed or needs. `order`: both reordered the same siblings. `rule`: the two
changes together break a rule of plans.
"""
Key = int | tuple[int, int, str] | None
"""A row's uid, a link's key, or `None` for the plan's head and for the top of the outline."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing both sides changed.

    `subject` and `key` name the row; `field` the field (empty: the row itself, `order`: the order
    of the activities under `key`) and `part` the item of a collection (an exception's days, a
    baseline's number, a property's name). `base`, `ours` and `theirs` are the three values, `None`
    where there is none. `error` is the rule that is broken when `kind` is `rule`.
    """

    kind: Kind
    subject: Subject
    key: Key
    field: str = ""
    part: str = ""
    base: Any = None
    ours: Any = None
    theirs: Any = None
    error: PlanError | None = None

    def sentence(self, plan: Plan, language: str = "en") -> str:
        """The conflict as a sentence in nb or en; names are taken from `plan`, the merged one."""
        talk = Speaker(plan, language)
        if self.error is not None:
            return say(_PHRASES, "rule", language, {"rule": self.error.sentence(language)})
        code = self.kind
        if code == "removed":
            code = self._removed()
        return say(_PHRASES, code, language, self._values(talk))

    def _removed(self) -> Any:
        if self.base is None:
            return "changed"
        side = "removed_ours" if self.ours is None else "removed_theirs"
        return f"{side}_part" if self.field else side

    def _values(self, talk: Speaker) -> dict[str, str]:
        label = say_field(self.field, talk.language)
        who = say_row(talk, self.subject, self.key, self._row())
        if self.subject == "activity" and self.field == "order" and self.key is None:
            who = talk.word("top")
        said = [self._said(talk, value) for value in (self.base, self.ours, self.theirs)]
        return {
            "row": who,
            "field": f"{label} {self.part}" if self.part else label,
            "base": said[0],
            "ours": said[1],
            "theirs": said[2],
        }

    def _row(self) -> Any:
        return None if self.field else self.base or self.ours or self.theirs

    def _said(self, talk: Speaker, value: Any) -> str:
        if self.kind == "order":
            return ", ".join(talk.activity(uid) for uid in (value or ())[:_MOST])
        if value is None or not self.field:
            return talk.word("none") if value is None else ""
        return say_value(talk, self.field, value)

    def swapped(self) -> Conflict:
        """The same conflict seen from the other side."""
        return Conflict(
            self.kind, self.subject, self.key, self.field, self.part,
            self.base, self.theirs, self.ours, self.error,
        )  # fmt: skip

    def to_json(self, plan: Plan) -> Json:
        """The conflict as a JSON object, with its sentence in both languages."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            "key": list(self.key) if isinstance(self.key, tuple) else self.key,
            "field": self.field,
            "part": self.part,
            "base": plain(self.base),
            "ours": plain(self.ours),
            "theirs": plain(self.theirs),
            "sentence": {name: self.sentence(plan, name) for name in ("nb", "en")},
        }


_MOST = 10


_PHRASES: Phrases = {
    "changed": (
        "{row}: {field} er satt til {ours} hos oss og til {theirs} hos dem (var {base}).",
        "{row}: {field} is set to {ours} by us and to {theirs} by them (was {base}).",
    ),
    "removed_ours": (
        "{row} er fjernet hos oss, men endret eller brukt hos dem, og er beholdt.",
        "{row} was removed by us but changed or used by them, and is kept.",
    ),
    "removed_theirs": (
        "{row} er fjernet hos dem, men endret eller brukt hos oss, og er beholdt.",
        "{row} was removed by them but changed or used by us, and is kept.",
    ),
    "removed_ours_part": (
        "{row}: {field} er fjernet hos oss, men endret hos dem, og er beholdt.",
        "{row}: {field} was removed by us but changed by them, and is kept.",
    ),
    "removed_theirs_part": (
        "{row}: {field} er fjernet hos dem, men endret hos oss, og er beholdt.",
        "{row}: {field} was removed by them but changed by us, and is kept.",
    ),
    "order": (
        "Rekkefølgen under {row} er {ours} hos oss og {theirs} hos dem (var {base}).",
        "The order under {row} is {ours} by us and {theirs} by them (was {base}).",
    ),
    "rule": (
        "Endringene bryter sammen en regel: {rule}",
        "Together the changes break a rule: {rule}",
    ),
}
