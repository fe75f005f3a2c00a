"""The schedule of a plan: the critical path method with calendars, in the field's own rules.

How it works, in reading order:
`compiled` – what a plan becomes: nodes, links by kind, clocks, rules (the class `Network`);
`building` – from `Plan` to `Network`; `forward` – early dates; `backward` – late dates;
`placement` – where an activity's work falls once one end is known; `bounds` – what links demand;
`slack` – floats; `results` – `Schedule` and `ActivityDates`; `scheduling` – the passes in order.
"""

from planengine.network.building import compile_network
from planengine.network.compiled import Network
from planengine.network.results import ActivityDates, Schedule
from planengine.network.scheduling import InvalidPlan, schedule
from planengine.network.status import reschedule_uncompleted

__all__ = [
    "ActivityDates",
    "InvalidPlan",
    "Network",
    "Schedule",
    "compile_network",
    "reschedule_uncompleted",
    "schedule",
]
