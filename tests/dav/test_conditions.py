"""The ``If`` header: what it means, and that nothing written in it does more than be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tospann.documents.dav.conditions import Malformed, State, has_etags, holds, parsed, tokens_in

HERE = State(frozenset({"opaquelocktoken:a"}), '"e"')
NOWHERE = State()


def met(header, here=HERE, elsewhere=NOWHERE):
    return holds(parsed(header), lambda address: elsewhere if address else here)


@pytest.mark.parametrize(
    ("header", "is_met"),
    [
        ("(<opaquelocktoken:a>)", True),
        ("(<opaquelocktoken:b>)", False),
        ('(["e"])', True),
        ('(["f"])', False),
        ('(<opaquelocktoken:a> ["f"])', False),
        ('(<opaquelocktoken:b>) (["e"])', True),
        ("(Not <DAV:no-lock>)", True),
        ("(<DAV:no-lock>)", False),
        ('(<opaquelocktoken:a>["e"])(Not <DAV:no-lock>["e"])', True),
        ("</x> (<opaquelocktoken:a>)", False),
        ("</x> (Not <opaquelocktoken:a>) (<opaquelocktoken:b>)", True),
        ('<http://x/y> (["e"]) </z> (Not ["e"])', True),
        ("(NOT <opaquelocktoken:b>)", True),
    ],
)
def test_one_list_that_holds_is_enough(header, is_met):
    assert met(header) is is_met


@pytest.mark.parametrize(
    "header",
    ["", "()", "(", "x", "(<a>", "<a>", "<a> <b> (<c>)", "(Not)", "(Not Not <a>)", "(<>)", "([x])",
     "(<a>) <b> (<c>)", "(<a b>)", "<> (<a>)", "((<a>))", "(<a>" * 3_000],
)  # fmt: skip
def test_what_is_no_header_is_refused(header):
    with pytest.raises(Malformed):
        parsed(header)


def test_tokens_count_as_shown_also_where_their_list_does_not_hold():
    found = parsed('(<a> ["x"]) (Not <b>)')
    assert tokens_in(found) == {"a", "b"}
    assert has_etags(found)
    assert not has_etags(parsed("(<a>)"))


@given(st.text(alphabet='()<>[]"NotW/ab: \t', max_size=60))
def test_anything_is_either_read_or_refused(header):
    try:
        found = parsed(header)
    except Malformed:
        return
    assert found
    assert all(group.conditions for group in found)
