"""Random numbers that belong to what they are drawn for.

Number *j* of a stream is the SplitMix64 mix (Steele, Lea, Flood 2014) of a counter, and the
stream's key is made from the seed, the kind of draw and the stable id of the activity, event or
factor. No state is kept: what one activity draws depends on nothing else in the plan, nor on the
order or size of the batches.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]

GOLDEN = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
UNIT = 2.0**-53
_MASK = (1 << 64) - 1


def stream_key(seed: int, kind: str, name: int | str) -> int:
    """The 64-bit key of a stream: SHA-256 of the seed, the kind of draw and whose it is."""
    text = f"{seed}/{kind}/{type(name).__name__}/{name}".encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "little") & _MASK


def counters(first: int, count: int) -> Words:
    """The counters of samples `first … first + count − 1`."""
    numbers = np.arange(first + 1, first + count + 1, dtype=np.uint64)
    return numbers * np.uint64(GOLDEN)


def uniforms(key: int, steps: Words) -> Floats:
    """Numbers strictly between 0 and 1, one for each counter."""
    mixed = steps + np.uint64(key)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(FIRST)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(SECOND)
    mixed ^= mixed >> np.uint64(31)
    mixed >>= np.uint64(11)
    drawn = mixed.astype(np.float64)
    drawn += 0.5
    drawn *= UNIT
    return drawn
