"""What an instance is, and what it refuses to be."""

import pytest

from planengine.levelling import Instance, InvalidInstance, instance_from_json, topological_order

DATA = {
    "n": 4,
    "dur": [0, 3, 2, 0],
    "succ": [[1, 2], [3], [3], []],
    "req": [[0], [2], [1], [0]],
    "cap": [2],
    "best": 5,
}


def test_the_json_of_an_instance_is_read_and_frozen():
    instance = instance_from_json(DATA, name="small")
    assert instance == Instance(
        durations=(0, 3, 2, 0),
        successors=((1, 2), (3,), (3,), ()),
        demands=((0,), (2,), (1,), (0,)),
        capacities=(2,),
        name="small",
    )
    assert instance.size == 4
    assert topological_order(instance) == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dur": [0, -3, 2, 0]}, "negative duration"),
        ({"dur": [0, 1.5, 2, 0]}, "whole number"),
        ({"dur": [0, 3, 2]}, "differ in length"),
        ({"succ": [[1, 2], [3], [4], []]}, "unknown successor"),
        ({"succ": [[1, 2], [3], [3], [1]]}, "circle"),
        ({"req": [[0], [3], [1], [0]]}, "more of resource 0"),
        ({"req": [[0], [-1], [1], [0]]}, "less than nothing"),
        ({"req": [[0], [], [1], [0]]}, "does not say"),
        ({"cap": [-1]}, "capacity is negative"),
        ({"cap": None}, "not an instance"),
    ],
)
def test_what_cannot_be_scheduled_is_refused_by_name(changed, said):
    with pytest.raises(InvalidInstance, match=said):
        instance_from_json({**DATA, **changed})


def test_a_missing_part_is_refused():
    with pytest.raises(InvalidInstance, match="dur"):
        instance_from_json({})
