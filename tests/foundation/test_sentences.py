"""Sentences show our own values in words, and what somebody typed as it was typed."""

import json

import pytest
from django.utils import translation

from tospann.foundation.authority import Sentence


@pytest.mark.parametrize(
    "typed",
    [
        "role: ny prosjektleder",
        "who: Kari eller Tor?",
        'who:{"a": 1}',
        "who:[1, 2]",
        "power:utlyse",
        "measure:",
        "amount:mye",
        "amount:1e99999999:NOK",
        "amount:NaN:days",
    ],
)
def test_a_title_that_begins_like_one_of_our_values_stays_what_was_typed(typed):
    assert str(Sentence("X %(title)s", {"title": typed})) == f"X {typed}"


def test_our_own_values_are_shown_in_words():
    who = {"roles": ["owner"], "people": ["Kari"], "mode": "all", "quorum": 0}
    values = {"a": "amount:-1200.50:NOK", "b": "amount:1E+3:NOK", "c": "who:" + json.dumps(who)}
    shown = str(Sentence("X %(a)s, %(b)s, %(c)s", values))
    assert "role" not in shown
    assert "1\u00a0200" in shown
    assert "1\u00a0000" in shown
    assert shown.endswith("Kari")


def test_amounts_are_grouped_as_the_readers_language_groups_them():
    shown = Sentence("X %(a)s", {"a": "amount:2000000.5:NOK"})
    with translation.override("en"):
        assert "2,000,000.5" in str(shown)
    with translation.override("nb"):
        assert "2\u00a0000\u00a0000,5" in str(shown)
