"""What every edit is: a frozen value whose `kind` names it in JSON."""

from __future__ import annotations

from typing import ClassVar


class Edit:
    """A change to a plan. `kind` is its name in JSON, such as `activity.add`."""

    __slots__ = ()
    kind: ClassVar[str]


class ActivityFields(Edit):
    """An edit that sets the fields of one activity that have the same names as its own."""

    __slots__ = ()
    uid: int


class PlanFields(Edit):
    """An edit that sets the fields of the plan that have the same names as its own."""

    __slots__ = ()
