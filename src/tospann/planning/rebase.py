"""Edits made on one revision of a plan, on the plan as it is now.

What both sides changed is found field by field (``planengine.merge``). Where they do not meet, the
edits simply follow the plan; where they do, somebody chooses whether the draft or the plan counts.
Nothing is written, and what comes of it is always a list of edits that fit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast

import planengine as engine
from planengine.edits import Edit
from planengine.edits.kinds import ActivityFields
from tospann.foundation.authority import PROJECT_ROLES
from tospann.planning import history, store
from tospann.planning.fitting import Unfit, fit
from tospann.planning.models import Plan
from tospann.planning.prepare import parsed
from tospann.planning.saying import Teller, with_rows_of
from tospann.projects.queries import holders

Choice = Literal["mine", "theirs"]
Choices = Mapping[str, str]


@dataclass(frozen=True)
class Clash:
    """One thing that the draft and the plan each changed, or an edit that fits no longer.

    ``places`` are the edits it is about, by their place in the list. ``may_keep`` tells whether
    they can stay ("mine"); leaving them out ("theirs") is always possible.
    """

    key: str
    kind: str
    row: str
    field: str
    base: str
    mine: str
    theirs: str
    sentence: str
    places: tuple[int, ...]
    may_keep: bool = True

    def to_json(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True)
class Rebased:
    """Edits that fit the plan as it is now, each with its place in the list they came from.

    A row that is put back has no place. ``conflicts`` are those nobody has chosen about yet.
    """

    edits: tuple[tuple[int | None, Edit], ...]
    conflicts: tuple[Clash, ...]
    left_out: tuple[int, ...]

    @property
    def stored(self) -> list[dict[str, Any]]:
        return [engine.edit_to_json(edit) for _place, edit in self.edits]


def rebase(
    head: Plan,
    base_revision: int,
    edits: Sequence[Mapping[str, Any]],
    choices: Choices | None = None,
) -> Rebased:
    """The edits made on ``base_revision``, on the plan as it is now.

    ``choices`` says, by the key of a conflict, whether "mine" or "theirs" counts.
    """
    theirs = store.load(head).plan
    base = theirs if base_revision == head.revision else history.plan_at(head, base_revision)
    members = {str(pk) for pk in holders(head.project_id, PROJECT_ROLES)}
    return put_on(base, theirs, parsed(edits), choices or {}, members)


def put_on(
    base: engine.Plan,
    theirs: engine.Plan,
    edits: Sequence[Edit],
    choices: Choices,
    members: Iterable[str],
) -> Rebased:
    """``rebase`` on plans: from one to another. Pure but for the language and people's names."""
    teller, sides = Teller(base, theirs), _Sides(base, theirs)
    found = _clashes(base, theirs, edits, teller)
    dropped = {place for one in found if choices.get(one.key) == "theirs" for place in one.places}
    wanted: list[tuple[int | None, Edit]] = [
        (None, back)
        for one in found
        if one.kind == "gone" and choices.get(one.key) == "mine"
        for back in sides.brought_back(one.key)
    ]
    wanted += [
        (place, sides.refreshed(edit)) for place, edit in enumerate(edits) if place not in dropped
    ]
    # What is not chosen about yet waits: it neither fits nor fails.
    open_ = [one for one in found if one.key not in choices]
    waiting = {place for one in open_ if one.kind == "gone" for place in one.places}
    fitting, unfit = fit(theirs, [one for one in wanted if one[0] not in waiting], set(members))
    also = [_unfit(one, edits, teller) for one in unfit]
    open_ += [one for one in also if choices.get(one.key) != "theirs"]
    kept = {place for place, _edit in fitting}
    left_out = tuple(place for place in range(len(edits)) if place not in kept)
    return Rebased(tuple(fitting), tuple(open_), left_out)


def _unfit(one: Unfit, edits: Sequence[Edit], teller: Teller) -> Clash:
    place = one.place if one.place is not None else 0
    said = teller.edit(edits[place])
    key = f"unfit:{place}:{edits[place].kind}"
    return Clash(key, "unfit", said, "", "", said, "", teller.reason(one), (place,), may_keep=False)


# ---- what both sides changed ----


def _clashes(
    base: engine.Plan, theirs: engine.Plan, edits: Sequence[Edit], teller: Teller
) -> list[Clash]:
    try:
        ours = engine.apply_all(base, edits)
    except engine.EditError:
        return []  # what does not even fit where it was made, is found when it is tried
    teller.merged = with_rows_of(teller.merged, ours)
    if base is theirs or base == theirs:
        return []
    found = engine.merge(_bare(base), _bare(ours), _bare(theirs))
    teller.merged = with_rows_of(found.plan, teller.merged)
    places = _Places(base, edits)
    clashes: dict[str, Clash] = {}
    for one in found.conflicts:
        if one.kind != "rule" and (about := places.of(one)):
            clash = _clash(one, about, teller)
            clashes.setdefault(clash.key, clash)
    return list(clashes.values())


def _bare(plan: engine.Plan) -> engine.Plan:
    """Without the dates the engine computes: they differ whenever anything does."""
    return replace(plan, activities=tuple(_undated(one) for one in plan.activities))


def _undated(one: engine.Activity) -> engine.Activity:
    return one if one.mode is engine.Mode.MANUAL else replace(one, start=None, finish=None)


def _clash(one: engine.Conflict, about: tuple[int, ...], teller: Teller) -> Clash:
    gone = one.kind == "removed" and not one.field
    kind: str = one.kind
    key = f"{one.subject}:{one.key}:{one.field}:{one.part}"
    if gone and one.theirs is None:
        kind, key = "gone", f"gone:{one.subject}:{one.key}"
    elif gone:
        kind, key = "removed", f"removed:{about[0]}"
    said = teller.conflict(one)
    keep = kind != "gone" or one.subject == "activity"
    return Clash(
        key, kind, said.row, said.field, said.base, said.ours, said.theirs, said.sentence, about,
        may_keep=keep,
    )  # fmt: skip


class _Places:
    """Which edits a conflict is about."""

    def __init__(self, base: engine.Plan, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.below = {one.uid: one.parent for one in base.activities}

    def of(self, one: engine.Conflict) -> tuple[int, ...]:
        fields_too = [place for place in self._about(one) if self._sets(place, one.field)]
        if one.field and one.field != "order" and fields_too:
            return tuple(fields_too)
        return tuple(self._about(one))

    def _about(self, one: engine.Conflict) -> list[int]:
        if one.field == "order":
            return [
                place
                for place, edit in enumerate(self.edits)
                if isinstance(edit, engine.MoveActivity) and edit.parent == one.key
            ]
        return [place for place, edit in enumerate(self.edits) if self._touches(edit, one)]

    def _touches(self, edit: Edit, one: engine.Conflict) -> bool:
        if isinstance(edit, engine.RemoveActivity):
            uids = _ends(one)
            return any(edit.uid in self._line(uid) for uid in uids)
        if one.subject == "activity":
            return one.key in history.touched(edit)
        return _subject(edit) == (one.subject, one.key)

    def _line(self, uid: int) -> set[int]:
        """The row and everything it lies under."""
        line: set[int] = set()
        up: int | None = uid
        while up is not None and up not in line:
            line.add(up)
            up = self.below.get(up)
        return line

    def _sets(self, place: int, field: str) -> bool:
        return field in _set_by(self.edits[place])


def _ends(one: engine.Conflict) -> tuple[int, ...]:
    """The activities a conflict lies at."""
    if one.subject == "activity" and isinstance(one.key, int):
        return (one.key,)
    if one.subject == "link" and isinstance(one.key, tuple):
        return (one.key[0], one.key[1])
    row = one.base or one.ours or one.theirs
    if one.subject == "assignment" and isinstance(row, engine.Assignment):
        return (row.activity,)
    return ()


def _subject(edit: Edit) -> tuple[str, Any]:
    """What a row other than an activity is called, as the merge calls it."""
    what = edit.kind.partition(".")[0]
    if isinstance(edit, engine.AddLink):
        return what, edit.link.key
    if isinstance(edit, engine.ChangeLink | engine.RemoveLink):
        return what, (edit.predecessor, edit.successor, edit.link_kind)
    if what == "plan":
        return what, None
    row = getattr(edit, what, None)
    return what, row if isinstance(row, int) else getattr(row or edit, "uid", None)


# ---- edits that follow the plan ----


class _Sides:
    """The rows of the plan the edits were made on, and of the plan as it is now."""

    def __init__(self, base: engine.Plan, theirs: engine.Plan) -> None:
        self.same = base is theirs
        self.base = {one.uid: one for one in base.activities}
        self.theirs = {one.uid: one for one in theirs.activities}

    def refreshed(self, edit: Edit) -> Edit:
        """An edit sets several fields at once; those it leaves as they were follow the plan."""
        if self.same or not isinstance(edit, ActivityFields):
            return edit
        was, now = self.base.get(edit.uid), self.theirs.get(edit.uid)
        if was is None or now is None or was == now:
            return edit
        follow = {
            name: getattr(now, name)
            for name in _set_by(edit)
            if getattr(edit, name) == getattr(was, name) != getattr(now, name)
        }
        return replace(cast(Any, edit), **follow) if follow else edit

    def brought_back(self, key: str) -> list[Edit]:
        """The row the plan has lost, put back where it was if that is still there."""
        one = self.base.get(int(key.rpartition(":")[2]))
        if one is None or one.uid in self.theirs:
            return []
        parent = one.parent if one.parent in self.theirs else None
        return [engine.AddActivity(replace(one, parent=parent, baselines=()))]


def _set_by(edit: Edit) -> list[str]:
    """The fields an edit sets."""
    return [one.name for one in fields(cast(Any, edit)) if one.name != "uid"]
