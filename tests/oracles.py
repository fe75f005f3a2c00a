"""Plans, instances and schemas of others: where they lie, and what is said without them.

Whoever skips does so here, so pytest folds all of it into one line of its summary.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "oracles"
FOLDER = Path(os.environ.get("TOSPANN_ORACLES") or _BESIDE)
PLANS, PSPLIB = FOLDER / "plans", FOLDER / "psplib"
NOARK = Path(os.environ.get("TOSPANN_NOARK_SCHEMAS") or FOLDER / "noark5")
SAMPLE = PLANS / "mspdi" / "mpxj__legacy_sample.xml"
WITHOUT = (
    "!!! NO OUTSIDE PLANS OR SCHEMAS: plans with dates Microsoft Project stored, PSPLIB and the "
    "Noark 5 schemas belong to others and are not in this repository; its own plans in "
    "tests/planengine/fixtures, and the rules in tests/archiving, try the same code. To try these "
    "too, put them into ../shared/oracles (plans/, psplib/ and noark5/) or name their folder in "
    "TOSPANN_ORACLES."
)


def there(path: Path = PLANS) -> Path:
    """The path; where nobody has put it, the test or file that asks is skipped."""
    if not path.exists():
        pytest.skip(WITHOUT, allow_module_level=True)
    return path


def files(pattern: str) -> list[Path]:
    """The outside plans of this name, to try one by one; without any, where they should be."""
    return sorted(PLANS.glob(pattern)) or [PLANS / pattern]
