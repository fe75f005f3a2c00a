"""Resources and their assignments to activities."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ResourceKind(StrEnum):
    """People and equipment that work, material that is used up, or plain cost."""

    WORK = "work"
    MATERIAL = "material"
    COST = "cost"


class RateUnit(StrEnum):
    """What a rate is per; `UNIT` is per unit of a material."""

    MINUTE = "m"
    HOUR = "h"
    DAY = "d"
    WEEK = "w"
    MONTH = "mo"
    YEAR = "y"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Rate:
    """A price: `amount` in hundredths of the currency for one `unit`."""

    amount: int
    unit: RateUnit = RateUnit.HOUR


@dataclass(frozen=True, slots=True)
class Resource:
    """Someone or something the work needs.

    `max_units` is what is available at once, 1.0 being one full-time person; `cost_per_use` is in
    hundredths of the currency; `person` is an opaque id of a person outside the plan.
    """

    uid: int
    name: str
    kind: ResourceKind = ResourceKind.WORK
    max_units: float = 1.0
    calendar: int | None = None
    email: str = ""
    initials: str = ""
    group: str = ""
    material_label: str = ""
    standard_rate: Rate | None = None
    overtime_rate: Rate | None = None
    cost_per_use: int = 0
    generic: bool = False
    active: bool = True
    person: str | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A resource on an activity; `resource` is `None` for work nobody has been given yet.

    `units` is 1.0 for a full-time person; work is in person-seconds (`remaining_work` `None` means
    work minus actual); `delay` and `levelling_delay` are seconds; money is in hundredths; start and
    finish are instants; `contour` names the shape of the work and `rate_table` (0–4, A–E) which of
    the resource's rates applies.
    """

    uid: int
    activity: int
    resource: int | None = None
    units: float = 1.0
    work: int = 0
    actual_work: int = 0
    remaining_work: int | None = None
    overtime_work: int = 0
    start: int | None = None
    finish: int | None = None
    actual_start: int | None = None
    actual_finish: int | None = None
    delay: int = 0
    levelling_delay: int = 0
    cost: int | None = None
    actual_cost: int | None = None
    rate_table: int = 0
    contour: str = ""
