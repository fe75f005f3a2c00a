"""Two plans side by side, a row for each task that differs. Pure; the engine does the comparing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import planengine as engine
from planengine.compare import Comparison, RowChange
from tospann.planning import dating
from tospann.planning.kept import Kept
from tospann.planning.models import Kind
from tospann.planning.projection import Row, working_days
from tospann.planning.store import Loaded

ChangeWord = Literal["added", "removed", "changed"]
_SHOWN_AS_DATES = frozenset({"start", "finish", "baselines"})
"""Fields that have columns of their own, or follow from what is said already."""
MOST_KEPT = 4


@dataclass(frozen=True)
class Differs:
    """A task that is not as it was. ``days`` is how far its finish moved, later is positive."""

    uid: int
    number: str
    name: str
    level: int
    kind: str
    change: ChangeWord
    before: Row | None
    after: Row | None
    days: int
    sentences: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether it has other dates than before."""
        one, two = self.before, self.after
        return bool(one and two and (one.start, one.finish) != (two.start, two.finish))


@dataclass(frozen=True)
class Compared:
    """What differs between two plans: figures, tasks, and what is about the plan as a whole."""

    finish_before: date | None
    finish_after: date | None
    finish_days: int
    cost_change: int
    rows: tuple[Differs, ...]
    critical_entered: tuple[str, ...]
    critical_left: tuple[str, ...]
    plan_sentences: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.rows or self.plan_sentences)

    def count(self, change: ChangeWord) -> int:
        return sum(row.change == change for row in self.rows)

    @property
    def moved(self) -> int:
        """How many tasks and milestones have other dates."""
        return sum(row.moved and row.kind != Kind.SUMMARY for row in self.rows)

    def told_with(self, reword: Callable[[str], str]) -> "Compared":
        """The same with every sentence reworded."""
        rows = (replace(row, sentences=tuple(map(reword, row.sentences))) for row in self.rows)
        general = tuple(map(reword, self.plan_sentences))
        return replace(self, rows=tuple(rows), plan_sentences=general)

    def only(self, what: str) -> tuple[Differs, ...]:
        """The rows of one kind: milestones, added, removed or moved; all for anything else."""
        match what:
            case "milestones":
                return tuple(row for row in self.rows if row.kind == Kind.MILESTONE)
            case "added" | "removed":
                return tuple(row for row in self.rows if row.change == what)
            case "moved":
                return tuple(row for row in self.rows if row.moved)
        return self.rows


_kept = Kept[tuple[str, str, str], Compared](MOST_KEPT)


def compared(before: Loaded, after: Loaded, language: str) -> Compared:
    """The two side by side, told in the reader's language, from memory when lately asked for."""
    key = (before.hash, after.hash, language)
    kept = _kept.get(key)
    # What is the same on both sides is falsy, and kept all the same.
    return kept if kept is not None else _kept.put(key, _compared(before, after, language))


def _compared(before: Loaded, after: Loaded, language: str) -> Compared:
    found = engine.compare(_schedule(before), _schedule(after))
    told, general = _told(found, "nb" if language.startswith("n") else "en")
    names = {**before.rows, **after.rows}
    return Compared(
        finish_before=before.finish,
        finish_after=after.finish,
        finish_days=working_days(before.finish, after.finish),
        cost_change=found.cost.after - found.cost.before,
        rows=tuple(_rows(before.rows, after.rows, told)),
        critical_entered=tuple(names[uid].name for uid in found.critical.entered),
        critical_left=tuple(names[uid].name for uid in found.critical.left),
        plan_sentences=tuple(general),
    )


def _schedule(loaded: Loaded) -> engine.Schedule:
    return dating.schedule_of(loaded) or engine.schedule(loaded.plan)


def _told(found: Comparison, language: str) -> tuple[dict[int, list[str]], list[str]]:
    """What is said about each task, and what about the plan as a whole."""
    teller = found.teller(language)
    told: dict[int, list[str]] = {}
    general: list[str] = []
    for row in found.rows:
        if row.subject == "activity" and (not row.field or row.field in _SHOWN_AS_DATES):
            continue
        uid = _about(row)
        sentence = teller.sentence(row)
        if uid is None:
            general.append(sentence)
        else:
            said = sentence.removeprefix(f"{teller.after.activity(uid)}: ")
            told.setdefault(uid, []).append(said[:1].upper() + said[1:])
    return told, general


def _about(row: RowChange) -> int | None:
    """The task a change belongs to: a link to what waits, an assignment to what is worked on."""
    if row.subject == "activity" and isinstance(row.key, int):
        return row.key
    if row.subject == "link" and isinstance(row.key, tuple):
        return row.key[1]
    whole: Any = row.after if row.after is not None else row.before
    return whole.activity if isinstance(whole, engine.Assignment) else None


def _rows(
    before: Mapping[int, Row], after: Mapping[int, Row], told: Mapping[int, list[str]]
) -> Iterable[Differs]:
    for uid in _order(before, after):
        was, now = before.get(uid), after.get(uid)
        row = now or was
        said = tuple(told.get(uid, ()))
        if row is None or (was is not None and now is not None and not (said or _moved(was, now))):
            continue
        yield Differs(
            uid=uid,
            number=row.number,
            name=row.name,
            level=row.level,
            kind=row.kind,
            change="added" if was is None else "removed" if now is None else "changed",
            before=was,
            after=now,
            days=working_days(was.finish, now.finish) if was and now else 0,
            sentences=() if was is None or now is None else said,
        )


def _moved(was: Row, now: Row) -> bool:
    return (was.start, was.finish) != (now.start, now.finish)


def _order(before: Mapping[int, Row], after: Mapping[int, Row]) -> Iterable[int]:
    """The later plan's order, what is gone standing after what it stood after."""
    gone: dict[int | None, list[int]] = {}
    last: int | None = None
    for uid in before:
        if uid in after:
            last = uid
        else:
            gone.setdefault(last, []).append(uid)
    yield from gone.get(None, ())
    for uid in after:
        yield uid
        yield from gone.get(uid, ())
