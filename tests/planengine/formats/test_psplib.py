"""PSPLIB `.sm` files."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine.formats.failure import ImportFailed
from planengine.formats.psplib import read_sm
from planengine.levelling.instance import Instance

STARS = "*" * 72
SOUND = f"""{STARS}
file with basedata            : own.bas
initial value random generator: 1
{STARS}
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  11
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
{STARS}
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      3      0        9        5        9
{STARS}
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          1           5
   5        1          0
{STARS}
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     4       2    0
  3      1     5       1    3
  4      1     2       2    1
  5      1     0       0    0
{STARS}
RESOURCEAVAILABILITIES:
  R 1  R 2
    2    3
{STARS}
"""


def test_an_instance_is_read_whole() -> None:
    assert read_sm(SOUND, "own") == Instance(
        durations=(0, 4, 5, 2, 0),
        successors=((1, 2), (3,), (3,), (4,), ()),
        demands=((0, 0), (2, 0), (1, 3), (2, 1), (0, 0)),
        capacities=(2, 3),
        name="own",
    )


def test_line_ends_do_not_matter() -> None:
    assert read_sm(SOUND.replace("\n", "\r\n")) == read_sm(SOUND)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        (SOUND, "", "psplib.format", ""),
        ("REQUESTS", "WISHES", "psplib.format", ""),
        (":  5\n", ":  6\n", "psplib.format", ""),
        (":  0   N", ":  1   N", "psplib.resources", ""),
        ("2        1          1           4", "2  2  1  4", "psplib.modes", "line 20"),
        ("3        1          1           4", "7  1  1  4", "psplib.row", "line 21"),
        ("3        1          1           4", "3  1  2  4", "psplib.row", "line 21"),
        ("3        1          1           4", "3  1  1  9", "psplib.row", "line 21"),
        ("2      1     4       2    0", "2  1  4  2", "psplib.row", "line 29"),
        ("    2    3\n", "    2\n", "psplib.format", ""),
        ("2      1     4       2    0", "2  1  4  3  0", "psplib.unsound", ""),
        ("5        1          0", "5  1  1  1", "psplib.unsound", ""),
        ("2      1     4       2    0", f"2  1  {'9' * 5000}  2  0", "psplib.row", "line 29"),
    ],
)
def test_what_is_refused(old: str, new: str, code: str, where: str) -> None:
    assert old in SOUND
    with pytest.raises(ImportFailed) as caught:
        read_sm(SOUND.replace(old, new, 1))
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.sentence("nb") != caught.value.sentence("en")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_nothing_but_the_documented_error(data: st.DataObject) -> None:
    lines = SOUND.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        words = st.sampled_from(["1", "0", "99", "²", "-1", "R", ":", "jobs :  3", lines[place]])
        lines[place] = " ".join(data.draw(st.lists(words, max_size=6)))
    with suppress(ImportFailed):
        read_sm("\n".join(lines))
