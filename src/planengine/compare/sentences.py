"""A comparison's rows as sentences in nb and en."""

from __future__ import annotations

from typing import Any

from planengine.compare.changes import (
    CostChange,
    CriticalChange,
    DateChange,
    FinishChange,
    RowChange,
    SlackChange,
)
from planengine.compare.fields import say_field, say_row, say_value
from planengine.edits.speaker import Speaker
from planengine.phrases import Phrases, say, say_number

_MOST = 10
Said = RowChange | DateChange | SlackChange | FinishChange | CriticalChange | CostChange


class Teller:
    """Says the rows of a comparison; `before` and `after` speak for the two plans."""

    def __init__(self, before: Speaker, after: Speaker) -> None:
        self.before, self.after = before, after
        self.language = after.language

    def sentence(self, row: Said) -> str:
        """The row as one sentence."""
        if isinstance(row, RowChange):
            return self._row(row)
        if isinstance(row, DateChange):
            return self._date(row)
        if isinstance(row, SlackChange):
            return self._slack(row)
        if isinstance(row, FinishChange):
            return self._finish(row)
        return self._critical(row) if isinstance(row, CriticalChange) else self._cost(row)

    def _say(self, code: str, **values: str) -> str:
        return say(_PHRASES, code, self.language, values)

    def _row(self, row: RowChange) -> str:
        if row.change == "added":
            return self._say("added", row=say_row(self.after, row.subject, row.key, row.after))
        if row.change == "removed":
            return self._say("removed", row=say_row(self.before, row.subject, row.key, row.before))
        who = say_row(self.after, row.subject, row.key, None)
        if row.change == "moved":
            return self._say("moved", row=who)
        return self._say(
            "changed",
            row=who,
            field=say_field(row.field, self.language),
            before=say_value(self.before, row.field, row.before),
            after=say_value(self.after, row.field, row.after),
        )

    def _way(self, days: float) -> str:
        if days == 0:
            return self._say("same_day")
        amount = say_number(abs(days), self.language)
        unit = self._say("day" if abs(days) == 1 else "days")
        return self._say("later" if days > 0 else "earlier", amount=f"{amount} {unit}")

    def _date(self, row: DateChange) -> str:
        values = {
            "row": self.after.activity(row.uid),
            "before": self.after.moment(row.before),
            "after": self.after.moment(row.after),
        }
        if row.days is None:
            return self._say(f"{row.field}_set", **values)
        return self._say(row.field, way=self._way(row.days), **values)

    def _slack(self, row: SlackChange) -> str:
        return self._say(
            row.field,
            row=self.after.activity(row.uid),
            before=self.before.duration(row.before),
            after=self.after.duration(row.after),
        )

    def _finish(self, row: FinishChange) -> str:
        if row.before == row.after:
            return self._say("project_same", after=self.after.moment(row.after))
        return self._say(
            "project",
            way=self._way(row.days),
            before=self.after.moment(row.before),
            after=self.after.moment(row.after),
        )

    def _critical(self, row: CriticalChange) -> str:
        if not row.entered and not row.left:
            return self._say("critical_same", count=str(len(row.after)))
        none = self.after.word("none")
        entered = self._names(self.after, row.entered) or none
        return self._say(
            "critical", entered=entered, left=self._names(self.before, row.left) or none
        )

    def _names(self, talk: Speaker, uids: tuple[int, ...]) -> str:
        names = ", ".join(talk.activity(uid) for uid in uids[:_MOST])
        more = len(uids) - _MOST
        return self._say("more", names=names, count=str(more)) if more > 0 else names

    def _cost(self, row: CostChange) -> str:
        change = row.after - row.before
        code = "cost_up" if change > 0 else "cost_down" if change else "cost_same"
        money: Any = self.after.money
        return self._say(
            code, amount=money(abs(change)), before=money(row.before), after=money(row.after)
        )


_PHRASES: Phrases = {
    "added": ("Ny: {row}.", "New: {row}."),
    "removed": ("Fjernet: {row}.", "Removed: {row}."),
    "moved": ("Flyttet i rekkefølgen: {row}.", "Moved in the order: {row}."),
    "changed": (
        "{row}: {field} er {after} (var {before}).",
        "{row}: {field} is {after} (was {before}).",
    ),
    "day": ("arbeidsdag", "working day"),
    "days": ("arbeidsdager", "working days"),
    "later": ("{amount} senere", "{amount} later"),
    "earlier": ("{amount} tidligere", "{amount} earlier"),
    "same_day": ("i samme arbeidstid", "at the same working time"),
    "start": (
        "{row} starter {way}: {after} (var {before}).",
        "{row} starts {way}: {after} (was {before}).",
    ),
    "start_set": (
        "{row} starter {after} (var {before}).",
        "{row} starts {after} (was {before}).",
    ),
    "finish": (
        "{row} er ferdig {way}: {after} (var {before}).",
        "{row} finishes {way}: {after} (was {before}).",
    ),
    "finish_set": (
        "{row} er ferdig {after} (var {before}).",
        "{row} finishes {after} (was {before}).",
    ),
    "late_start": (
        "{row} kan senest starte {way}: {after} (var {before}).",
        "{row} may start at the latest {way}: {after} (was {before}).",
    ),
    "late_start_set": (
        "{row} kan senest starte {after} (var {before}).",
        "{row} may start at the latest {after} (was {before}).",
    ),
    "late_finish": (
        "{row} må senest være ferdig {way}: {after} (var {before}).",
        "{row} must be finished at the latest {way}: {after} (was {before}).",
    ),
    "late_finish_set": (
        "{row} må senest være ferdig {after} (var {before}).",
        "{row} must be finished at the latest {after} (was {before}).",
    ),
    "total_slack": (
        "{row} har {after} total slakk (var {before}).",
        "{row} has {after} of total slack (was {before}).",
    ),
    "free_slack": (
        "{row} har {after} fri slakk (var {before}).",
        "{row} has {after} of free slack (was {before}).",
    ),
    "project": (
        "Prosjektet er ferdig {way}: {after} (var {before}).",
        "The project finishes {way}: {after} (was {before}).",
    ),
    "project_same": (
        "Prosjektet er fortsatt ferdig {after}.",
        "The project still finishes {after}.",
    ),
    "critical_same": (
        "Kritisk linje er den samme ({count} aktiviteter).",
        "The critical path is the same ({count} activities).",
    ),
    "critical": (
        "Kritisk linje: nye {entered}, ute {left}.",
        "Critical path: in {entered}, out {left}.",
    ),
    "more": ("{names} og {count} til", "{names} and {count} more"),
    "cost_up": (
        "Kostnaden øker med {amount} til {after} (var {before}).",
        "The cost rises by {amount} to {after} (was {before}).",
    ),
    "cost_down": (
        "Kostnaden synker med {amount} til {after} (var {before}).",
        "The cost falls by {amount} to {after} (was {before}).",
    ),
    "cost_same": ("Kostnaden er fortsatt {after}.", "The cost is still {after}."),
}
