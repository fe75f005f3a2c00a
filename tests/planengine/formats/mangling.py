"""Strategies that spoil a sound file a little, to see that readers refuse it politely."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "x", "1899-01-01", "2026-02-30T08:00", "25:00", "FS", "%", "e", "-1"]),
    st.text(max_size=5),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def spoiled(draw: st.DrawFn, sound: Any) -> Any:
    """The JSON value with one to three places replaced by something else, or taken away."""
    value = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        value = _spoil(draw, value)
    return value


def _spoil(draw: st.DrawFn, value: Any) -> Any:
    if isinstance(value, dict) and value and draw(st.integers(0, 5)):
        key = draw(st.sampled_from(sorted(value)))
        if not draw(st.integers(0, 9)):
            del value[key]
        else:
            value[key] = _spoil(draw, value[key])
        return value
    if isinstance(value, list) and value and draw(st.integers(0, 5)):
        place = draw(st.integers(0, len(value) - 1))
        value[place] = _spoil(draw, value[place])
        return value
    return draw(VALUES)


@st.composite
def nicked(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few cut out, put in or turned into others."""
    found = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(len(found) - 1, 0)))
        length = draw(st.integers(0, 12))
        found[place : place + length] = draw(st.binary(max_size=8))
    return bytes(found)
