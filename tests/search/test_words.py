"""Words: folding, stems, and what is asked."""

import pytest

from tospann.search import words
from tospann.search.excerpts import excerpt
from tospann.search.matching import Asked


@pytest.mark.parametrize(
    ("forms", "stem"),
    [
        ("prosjekt prosjektet prosjekter prosjektene prosjektets PROSJEKT", "prosjekt"),
        ("møte møtet møter møtene", "møt"),
        ("beslutning beslutningen beslutninger beslutningene", "beslutning"),
        ("leverandør leverandøren leverandører", "leverandør"),
        ("idé ide", "ide"),
        ("ＡＶＴＡＬＥ Avtale avtaler avtalene", "avtal"),
        ("Ångström ångstrøm", "ångstrøm"),
    ],
)
def test_inflections_have_one_stem(forms, stem):
    assert set(words.stems(forms)) == {stem}


def test_letters_of_norwegian_stay_apart():
    assert len(set(words.stems("for får før fær"))) == 4


def test_numbers_and_codes_are_left_alone():
    assert words.stems("NF-123 2026 v2.0 a1b2") == ["nf", "123", "2026", "v2", "0", "a1b2"]


def test_what_databases_would_read_as_their_own_never_gets_there():
    said = words.asked("""(a OR "b*") NOT 'c':* & | ! <-> stems : NEAR \\ _x_ %""", 20)
    assert all(one.isalnum() for one in said)


def test_small_words_are_asked_for_only_when_alone():
    assert words.asked("planen for møtet", 8) == ["plan", "møt"]
    assert words.asked("for", 8) == ["for"]


def test_a_text_with_endless_words_is_bounded():
    assert len(words.counted(" ".join(map(str, range(50_000))))) == words.MOST_STEMS
    assert max(map(len, words.words("x" * 5_000))) == words.LONGEST_WORD


def test_an_excerpt_marks_whole_words_and_begins_at_one():
    text = (
        "Innledning. " * 30
        + "Da møtene\nom sykehusprosjektet begynte, var alle der. "
        + "Og så. " * 40
    )
    pieces = excerpt(text, [Asked("møt"), Asked("prosjekt", frozenset({"sykehusprosjekt"}))])
    assert [piece for piece, marked in pieces if marked] == ["møtene", "sykehusprosjektet"]
    shown = "".join(piece for piece, _marked in pieces)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "\n" not in shown
    assert len(shown) < 200


@pytest.mark.parametrize("text", ["", "İİİ møte", "\U0001f600 møte \x00", "ﬁﬂ møte"])
def test_odd_texts_have_excerpts_too(text):
    assert isinstance(excerpt(text, [Asked("møt")]), tuple)
