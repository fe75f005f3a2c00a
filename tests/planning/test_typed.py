"""What people type in the cells of a plan is read as they mean it, and written as they type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planengine as engine
from planengine import DurationUnit, LagFormat, Link, LinkKind
from tospann.planning.editor import typed

HOUR, DAY = 3600, 27_000
PLAN = engine.Plan(minutes_per_day=450, minutes_per_week=2250, days_per_month=20)
NUMBERS = {1: "1", 2: "1.1", 3: "1.2", 4: "2"}


@pytest.mark.parametrize(
    ("text", "language", "seconds", "unit"),
    [
        ("5d", "nb", 5 * DAY, "d"),
        ("5", "nb", 5 * DAY, "d"),
        ("5 d", "en", 5 * DAY, "d"),
        ("2,5 d", "nb", 67_500, "d"),
        ("2.5d", "en", 67_500, "d"),
        ("2u", "nb", 10 * DAY, "w"),
        ("2w", "en", 10 * DAY, "w"),
        ("4t", "nb", 4 * HOUR, "h"),
        ("4h", "en", 4 * HOUR, "h"),
        ("90 min", "nb", 5_400, "m"),
        ("1 mnd", "nb", 20 * DAY, "mo"),
        ("0", "nb", 0, "d"),
    ],
)
def test_a_duration_is_read_in_the_units_of_the_plan(text, language, seconds, unit):
    assert typed.duration(text, PLAN, language) == (seconds, DurationUnit(unit), False, False)


def test_elapsed_time_and_estimates_have_their_marks():
    assert typed.duration("3ed?", PLAN, "nb") == (3 * 86_400, DurationUnit.DAYS, True, True)


@pytest.mark.parametrize("text", ["", "d", "tull", "5x", "5 d d", "1e9d", "99999999d", "٣d"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        typed.duration(text, PLAN, "nb")


@given(
    st.integers(0, 20_000),
    st.sampled_from(sorted(DurationUnit)),
    st.booleans(),
    st.sampled_from(["nb", "en"]),
)
def test_what_is_written_is_read_back(hundredths, unit, elapsed, language):
    seconds = hundredths * typed.seconds_in(PLAN, unit, elapsed=elapsed) // 100
    text = typed.written(seconds, unit, PLAN, language, elapsed=elapsed)
    again, read_unit, read_elapsed, estimated = typed.duration(text, PLAN, language)
    step = typed.seconds_in(PLAN, unit, elapsed=elapsed) / 200
    assert (read_unit, read_elapsed, estimated) == (unit, elapsed, False)
    assert abs(again - seconds) <= step + 1


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("1.1", [Link(2, 4)]),
        ("1.1; 1.2", [Link(2, 4), Link(3, 4)]),
        ("1.1, 1.2", [Link(2, 4), Link(3, 4)]),
        ("1.1SS", [Link(2, 4, LinkKind.SS)]),
        ("1.1fs+2d", [Link(2, 4, LinkKind.FS, 2 * DAY)]),
        ("1.1FF-1d", [Link(2, 4, LinkKind.FF, -DAY)]),
        ("1.1+50%", [Link(2, 4, LinkKind.FS, 50, LagFormat.PERCENT)]),
        ("1.1FS+3ed", [Link(2, 4, LinkKind.FS, 3 * 86_400, LagFormat.ELAPSED)]),
    ],
)
def test_predecessors_are_named_by_the_numbers_people_see(text, links):
    assert typed.links_to(text, 4, NUMBERS, PLAN, "nb") == links
    shown = typed.predecessors(links, NUMBERS, PLAN, "nb")
    assert typed.links_to(shown, 4, NUMBERS, PLAN, "nb") == links


@pytest.mark.parametrize("text", ["7", "1.1XX", "en", "1.1FS+", "1.1FS+x", "1.1 1.2"])
def test_what_names_no_task_is_refused_by_its_own_words(text):
    with pytest.raises(ValueError, match=r".*"):
        typed.links_to(text, 4, NUMBERS, PLAN, "nb")
