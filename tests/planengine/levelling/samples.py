"""Instances for the tests of levelling: small ones of our own and samples of PSPLIB."""

from __future__ import annotations

import gzip
import json
import random
from typing import Any

from tests import oracles

from planengine.levelling import Instance


def made(seed: int, size: int = 12, resources: int = 2, capacity: int = 4) -> Instance:
    """A random instance without dummies; the same for the same numbers."""
    chance = random.Random(seed)
    successors = tuple(
        tuple(j for j in range(i + 1, min(size, i + 5)) if chance.random() < 0.3)
        for i in range(size)
    )
    return Instance(
        durations=tuple(chance.randint(0, 9) for _ in range(size)),
        successors=successors,
        demands=tuple(
            tuple(chance.randint(0, capacity) for _ in range(resources)) for _ in range(size)
        ),
        capacities=(capacity,) * resources,
    )


def psplib(name: str, count: int, seed: int = 5) -> list[tuple[str, dict[str, Any]]]:
    """`count` instances of `j30`, `j60` or `j120` drawn with `seed`; skips where there are none."""
    path = oracles.there(oracles.PSPLIB / f"{name}.json.gz")
    data = json.loads(gzip.decompress(path.read_bytes()))
    names = sorted(data)
    random.Random(seed).shuffle(names)
    return [(each, data[each]) for each in names[:count]]
