"""What a draft says of its edits and conflicts, in the reader's language, people by their names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

import planengine as engine
from planengine.compare.fields import say_field, say_row, say_value
from planengine.edits import Edit
from planengine.edits.speaker import Speaker
from tospann.planning.fitting import Unfit
from tospann.planning.history import names_in, with_names


@dataclass(frozen=True)
class Said:
    """A conflict in words: what it is about, and the three values."""

    row: str
    field: str
    base: str
    ours: str
    theirs: str
    sentence: str


def reader() -> str:
    """nb or en."""
    return "nb" if (get_language() or "en").startswith("n") else "en"


class Teller:
    """Says what stands between a plan and the plan it has become."""

    def __init__(self, base: engine.Plan, theirs: engine.Plan) -> None:
        self.base = base
        self.merged = with_rows_of(theirs, base)
        self.language = reader()

    def conflict(self, one: engine.Conflict) -> Said:
        talk = Speaker(self.merged, self.language)
        row = None if one.field else one.base or one.ours or one.theirs
        called = say_row(talk, one.subject, one.key, row)
        if one.field == "order":
            called = talk.activity(one.key) if isinstance(one.key, int) else _("the top")
        values = [self._value(talk, one, value) for value in (one.base, one.ours, one.theirs)]
        label = say_field(one.field, self.language) if one.field else ""
        return Said(
            row=called,
            field=_("order") if one.field == "order" else label,
            base=values[0],
            ours=values[1],
            theirs=values[2],
            sentence=self._sentence(one, called),
        )

    def _sentence(self, one: engine.Conflict, called: str) -> str:
        if one.kind == "removed" and not one.field:
            pattern = (
                _("%(row)s is removed in the draft, but was changed in the plan.")
                if one.ours is None
                else _("%(row)s is changed in the draft, but was removed from the plan.")
            )
            return pattern % {"row": called}
        return _("%(row)s was changed both in the draft and in the plan.") % {"row": called}

    def _value(self, talk: Speaker, one: engine.Conflict, value: Any) -> str:
        if one.kind == "order":
            return ", ".join(talk.activity(uid) for uid in (value or ())[:10])
        if value is None and not one.field:
            return _("removed")
        if not one.field:
            return _("kept")
        text = say_value(talk, one.field, value)
        return named([str(value)])[0] if one.field == "responsible" and value else text

    def edit(self, edit: Edit) -> str:
        return named([engine.describe(edit, self.merged, self.language)])[0]

    def reason(self, one: Unfit) -> str:
        """Why an edit fits no longer."""
        if one.stranger:
            who = named([one.stranger])[0]
            return _("%(person)s takes no part in the project any more.") % {"person": who}
        if isinstance(one.error, engine.EditError) and one.error.code == "activity.unknown":
            name = Speaker(self.merged, self.language).activity(_number(one.error.detail))
            return _("%(row)s is no longer in the plan.") % {"row": name}
        return one.error.sentence(self.language) if one.error else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def named(sentences: Sequence[str]) -> list[str]:
    """The sentences with people's names for their ids."""
    names = names_in(sentences)
    return [with_names(one, names) for one in sentences]


def with_rows_of(plan: engine.Plan, other: engine.Plan) -> engine.Plan:
    """The plan, and the names of rows that only the other has: so that both can be spoken of."""
    known = {one.uid for one in plan.activities}
    more = tuple(
        engine.Activity(uid=one.uid, name=one.name)
        for one in other.activities
        if one.uid not in known
    )
    return replace(plan, activities=(*plan.activities, *more)) if more else plan
