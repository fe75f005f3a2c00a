"""What a process keeps in memory: the values used last, within bounds."""

from tospann.planning.kept import Kept


def test_what_was_used_longest_ago_goes_first():
    kept = Kept[str, int](2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]


def test_values_are_weighed_together_and_the_last_stays_however_large():
    kept = Kept[str, str](5, len)
    kept.put("a", "xxx")
    kept.put("b", "yyy")
    assert (kept.get("a"), kept.get("b")) == (None, "yyy")
    assert kept.put("c", "z" * 9) == "z" * 9
    assert (kept.get("b"), kept.latest()) == (None, "z" * 9)
    kept.clear()
    assert kept.latest() is None
