"""Joining what two people typed at once: nothing either of them wrote may disappear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tospann.ui.merging import Merged, merge

WORDS = st.lists(st.sampled_from(["", "a", "b", "c", "d", "e"]), max_size=6).map("\n".join)


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "joined"),
    [
        ("", "", "Vår", "Vår"),
        ("", "Deres", "", "Deres"),
        ("", "Deres", "Vår", "Deres\nVår"),
        ("Felles\n", "Felles\nDeres", "Felles\nVår", "Felles\nDeres\nVår"),
        ("En\nTo\nTre", "En!\nTo\nTre", "En\nTo\nTre!", "En!\nTo\nTre!"),
        ("En\nTo\nTre", "En\nTre", "En\nTo\nTre\nFire", "En\nTre\nFire"),
        ("En\nTo", "Null\nEn\nTo", "En\nTo\nTre", "Null\nEn\nTo\nTre"),
        ("En", "En og to", "En og to", "En og to"),
        ("En\nTo", "En!\nTo", "En\nTo!", "En!\nTo!"),
        ("En", "En\nDeres", "En!", "En!\nDeres"),
        ("En", "En!", "En\nVår", "En!\nVår"),
        ("En", "Deres\nEn", "Vår\nEn", "Deres\nVår\nEn"),
    ],
)
def test_what_is_written_in_different_places_is_joined(base, theirs, ours, joined):
    assert merge(base, theirs, ours) == Merged(joined)


def test_what_is_written_in_the_same_line_is_kept_beside():
    assert merge("Dato 1.5\nEnig", "Dato 2.5\nEnig", "Dato 3.5\nEnig") == Merged(
        "Dato 2.5\nEnig", "Dato 3.5"
    )


@given(WORDS, WORDS, WORDS)
def test_every_new_line_is_in_the_text_or_kept(base, theirs, ours):
    merged = merge(base, theirs, ours)
    there = set(f"{merged.text}\n{merged.left_over}".split("\n"))
    new = (set(theirs.split("\n")) | set(ours.split("\n"))) - set(base.split("\n"))
    assert new - {""} <= there


@given(WORDS, WORDS)
def test_who_changed_nothing_changes_nothing(base, other):
    assert merge(base, other, base) == Merged(other)
    assert merge(base, base, other) == Merged(other)
    assert merge(base, other, other) == Merged(other)
