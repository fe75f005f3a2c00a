"""A plan together with what another program computed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planengine.model import Plan, Profile

FIELDS = (
    *("start", "finish", "early_start", "early_finish", "late_start", "late_finish"),
    *("start_slack_min", "finish_slack_min", "total_slack_min", "free_slack_min"),
)
"""The fields a file may hold expected values for, by their names in the file."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file says the schedule of one activity is: instants, and slack in seconds of working
    time. `None` is not said.

    Early dates that are not said are the start and finish; a total slack that is not said is the
    smaller of start and finish slack. Both are filled in here. `stored_total` says whether the
    file itself held the total.
    """

    start: int | None = None
    finish: int | None = None
    early_start: int | None = None
    early_finish: int | None = None
    late_start: int | None = None
    late_finish: int | None = None
    start_slack: int | None = None
    finish_slack: int | None = None
    total_slack: int | None = None
    free_slack: int | None = None
    critical: bool | None = None
    stored_total: bool = False


@dataclass(frozen=True, slots=True)
class OraclePlan:
    """A plan and what is expected of its schedule.

    `expected` and `unverified` go by activity uid (uid 0, the project, is left out); `unverified`
    names fields (see `FIELDS`) nobody has reproduced, which are not to be asserted. `grade` is A,
    B or C; `semantics` is the profile, also found in `plan.options`.
    """

    plan: Plan
    expected: Mapping[int, Expected]
    unverified: Mapping[int, frozenset[str]]
    grade: str
    id: str
    semantics: Profile
