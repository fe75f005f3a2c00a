"""Laws for any plan and any edits: undoing is exact, JSON loses nothing, speech never fails."""

from __future__ import annotations

import json
import typing
from dataclasses import MISSING, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine import (
    EDIT_KINDS,
    Activity,
    AddLink,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    ChangeLink,
    Edit,
    EditError,
    Link,
    LinkKind,
    Plan,
    RemoveException,
    RemoveLink,
    Resource,
    apply,
    apply_all,
    apply_undoably,
    content_hash,
    describe,
    difference,
    edit_from_json,
    edit_to_json,
    from_json,
    inverse,
    to_json,
    validate,
)

UIDS = st.integers(1, 8)
NUMBERS = st.integers(0, 2_000_000_000)


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of any type the model is made of, with uids small enough to meet each other."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind is CalendarException:
        return st.builds(CalendarException, st.integers(0, 3), st.integers(3, 4), name=st.text())
    if kind is Plan:
        return plans()
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        known = {item.name: of_field(item.name, hints[item.name]) for item in fields(kind)}
        return st.builds(typing.cast(Any, kind), **known)
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(of(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(of(part) for part in parts))
    if parts:
        return st.none() | of(next(part for part in parts if part is not type(None)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        int: NUMBERS,
        float: st.floats(0, 1000),
        str: st.text(max_size=5),
        bool: st.booleans(),
    }
    return plain[kind]


def of_field(name: str, kind: Any) -> st.SearchStrategy[Any]:
    if name in ("uid", "activity", "predecessor", "successor") and kind is int:
        return UIDS
    if name in ("parent", "position", "number"):
        return st.integers(0, 4) if kind is int else st.none() | st.integers(0, 4)
    if name in ("calendar", "base", "resource") and not is_dataclass(kind):
        return st.integers(1, 3) if kind is int else st.none() | st.integers(1, 3)
    if name == "activities":
        return st.none() | st.lists(UIDS, max_size=3).map(tuple)
    if name in ("first_day", "last_day"):
        return st.integers(0, 4)
    return of(kind)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Sound plans of up to eight activities, some nested, some linked forwards."""
    count = draw(st.integers(0, 7))
    rows: list[Activity] = []
    path: list[int] = []
    for uid in range(1, count + 1):
        del path[draw(st.integers(0, len(path))) :]
        frozen = tuple(Baseline(number, cost=uid) for number in draw(st.sets(st.integers(0, 2))))
        name = draw(st.text(max_size=3))
        rows.append(Activity(uid, name, path[-1] if path else None, baselines=frozen))
        path.append(uid)
    plan = Plan(
        name=draw(st.text(max_size=3)),
        activities=tuple(rows),
        calendars=(
            Calendar(1, "a", exceptions=(CalendarException(1, 2, name="x"),)),
            Calendar(2, "b", base=1),
        ),
        resources=(Resource(1, "r"), Resource(2, "s", calendar=1)),
        assignments=tuple(Assignment(uid, uid, 1 + uid % 2) for uid in range(1, count + 1)),
    )
    for first in range(1, count):
        kind = draw(st.none() | st.sampled_from(LinkKind))
        if kind is not None:
            second = draw(st.integers(first + 1, count))
            try:
                plan = apply(plan, AddLink(Link(first, second, kind)))
            except EditError:
                continue
    return plan


STRUCTURAL = (
    *("activity.add", "activity.move", "activity.move", "activity.remove"),
    *("link.add", "link.change", "link.remove", "baseline.set", "baseline.clear"),
    *("assignment.add", "calendar.exception.set", "calendar.exception.remove"),
)
# Edits of the structure can go wrong in more ways than a field that is set, so they come oftener.
EDITS: st.SearchStrategy[Edit] = (
    st.sampled_from(STRUCTURAL) | st.sampled_from(sorted(EDIT_KINDS))
).flatmap(lambda name: of(EDIT_KINDS[name]))


def aimed(edit: Edit, plan: Plan, data: st.DataObject) -> Edit:
    """The edit turned on something the plan has, when chance alone would seldom find it."""
    if isinstance(edit, ChangeLink | RemoveLink) and plan.links:
        link = data.draw(st.sampled_from(plan.links))
        if isinstance(edit, RemoveLink):
            return RemoveLink(*link.key)
        return ChangeLink(*link.key, replace(link, kind=edit.link.kind, lag=edit.link.lag))
    if isinstance(edit, RemoveException) and plan.calendars and plan.calendars[0].exceptions:
        row = plan.calendars[0].exceptions[0]
        return RemoveException(plan.calendars[0].uid, row.first_day, row.last_day)
    return edit


@given(plans(), st.lists(EDITS, max_size=8), st.data())
@settings(max_examples=200, deadline=None)
def test_undoing_restores_the_plan_exactly(
    plan: Plan, edits: list[Edit], data: st.DataObject
) -> None:
    now = plan
    done: list[Edit] = []
    for drawn in edits:
        edit = aimed(drawn, now, data)
        try:
            after = apply(now, edit)
        except EditError:
            continue
        undone = apply_all(after, inverse(now, edit))
        assert undone == now
        assert content_hash(undone) == content_hash(now)
        assert bool(difference(now, after)) == (now != after)
        done.append(edit)
        now = after
    together, undo = apply_undoably(plan, done)
    assert together == now
    assert apply_all(now, undo) == plan


@given(plans(), st.lists(EDITS, max_size=4))
@settings(max_examples=100, deadline=None)
def test_json_loses_nothing_and_speech_never_fails(plan: Plan, edits: list[Edit]) -> None:
    assert from_json(json.loads(json.dumps(to_json(plan)))) == plan
    for edit in edits:
        assert edit_from_json(json.loads(json.dumps(edit_to_json(edit)))) == edit
        for language in ("nb", "en"):
            sentence = describe(edit, plan, language)
            assert sentence.endswith(".")


@pytest.mark.parametrize("name", sorted(EDIT_KINDS))
def test_each_kind_is_tried(name: str) -> None:
    """Each kind can be made, stored and described: a kind nobody can reach is a mistake."""

    @given(of(EDIT_KINDS[name]))
    @settings(max_examples=5, deadline=None)
    def tried(edit: Edit) -> None:
        assert edit_from_json(edit_to_json(edit)) == edit
        assert edit_to_json(edit)["kind"] == name
        required = [item.name for item in fields(typing.cast(Any, edit)) if item.default is MISSING]
        assert set(required) <= set(edit_to_json(edit))

    tried()


@given(plans())
@settings(max_examples=100, deadline=None)
def test_plans_made_here_are_sound(plan: Plan) -> None:
    assert validate(plan) == ()


WILD = st.builds(
    Plan,
    activities=st.lists(of(Activity), max_size=5).map(tuple),
    links=st.lists(of(Link), max_size=5).map(tuple),
    calendars=st.lists(of(Calendar), max_size=3).map(tuple),
    assignments=st.lists(of(Assignment), max_size=3).map(tuple),
    calendar=st.none() | st.integers(1, 3),
)


@given(WILD)
@settings(max_examples=100, deadline=None)
def test_validation_never_fails_whatever_the_values(plan: Plan) -> None:
    for error in validate(plan):
        assert error.sentence("nb")
        assert error.sentence("en")
