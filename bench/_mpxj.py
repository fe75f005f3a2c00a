"""MPXJ's scheduler as a peer, in this process: the same plan through its Java interface.

Comes with the dependency group `peers` (mpxj, jpype1) and a Java 17; without them `why_not` says
what is missing. Times are CPU seconds of the thread that schedules, after `warm` runs on the same
plan.
"""

import importlib.util
import shutil
from dataclasses import dataclass
from datetime import date
from typing import Any

from planengine import Calendar, ConstraintKind, LagFormat, LinkKind, Plan, day, moment

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
KINDS = {
    LinkKind.FS: "FINISH_START",
    LinkKind.SS: "START_START",
    LinkKind.FF: "FINISH_FINISH",
    LinkKind.SF: "START_FINISH",
}
CONSTRAINTS = {
    ConstraintKind.AS_LATE_AS_POSSIBLE: "AS_LATE_AS_POSSIBLE",
    ConstraintKind.MUST_START_ON: "MUST_START_ON",
    ConstraintKind.MUST_FINISH_ON: "MUST_FINISH_ON",
    ConstraintKind.START_NO_EARLIER_THAN: "START_NO_EARLIER_THAN",
    ConstraintKind.START_NO_LATER_THAN: "START_NO_LATER_THAN",
    ConstraintKind.FINISH_NO_EARLIER_THAN: "FINISH_NO_EARLIER_THAN",
    ConstraintKind.FINISH_NO_LATER_THAN: "FINISH_NO_LATER_THAN",
}


@dataclass(frozen=True)
class PeerDates:
    """What MPXJ says of one activity, as instants."""

    start: int
    finish: int
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int


def why_not() -> str:
    """Empty when MPXJ can run here, else what is missing."""
    missing = [name for name in ("jpype", "mpxj") if importlib.util.find_spec(name) is None]
    if missing:
        return f"no {' and '.join(missing)}; install the group «peers»"
    if shutil.which("java") is None:
        return "no Java"
    return ""


def start_java() -> None:
    """Start the machine once; a second call does nothing."""
    import jpype
    import mpxj  # noqa: F401 - puts the jars on the class path

    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx3g", "-Xss64m")


def built(plan: Plan) -> tuple[Any, dict[int, Any]]:
    """The plan as an MPXJ ProjectFile, and its tasks by uid."""
    from jpype import JClass

    start_java()
    project = JClass("org.mpxj.ProjectFile")()
    known: dict[int, Any] = {}
    for row in plan.calendars:
        known[row.uid] = _calendar(project, row, known)
    if plan.calendar is not None:
        project.setDefaultCalendar(known[plan.calendar])
    properties = project.getProjectProperties()
    properties.setStartDate(_local(plan.start))
    tasks: dict[int, Any] = {}
    for row in plan.activities:
        above = tasks[row.parent] if row.parent is not None else project
        tasks[row.uid] = _task(above.addTask(), row, known)
    _links(plan, tasks)
    return project, tasks


def _local(value: int) -> Any:
    from jpype import JClass

    when = moment(value)
    return JClass("java.time.LocalDateTime").of(
        when.year, when.month, when.day, when.hour, when.minute, when.second
    )


def _hours(holder: Any, hours: Any) -> None:
    from jpype import JClass

    clock, span = JClass("java.time.LocalTime"), JClass("org.mpxj.LocalTimeRange")
    for first, last in hours:
        until = clock.MIDNIGHT if last == 86_400 else clock.ofSecondOfDay(last)
        holder.add(span(clock.ofSecondOfDay(first), until))


def _calendar(project: Any, row: Calendar, known: dict[int, Any]) -> Any:
    from jpype import JClass

    weekday, kind = JClass("java.time.DayOfWeek"), JClass("org.mpxj.DayType")
    local = JClass("java.time.LocalDate")
    made = project.addCalendar()
    made.setName(row.name)
    if row.base is not None:
        made.setParent(known[row.base])
    for name, hours in zip(DAYS, row.week, strict=True):
        here = getattr(weekday, name)
        plain = kind.WORKING if hours else kind.NON_WORKING
        made.setCalendarDayType(here, kind.DEFAULT if hours is None else plain)
        if hours:
            _hours(made.addCalendarHours(here), hours)
    epoch = day(date(1970, 1, 1))
    for special in row.exceptions:
        first, last = special.first_day - epoch, special.last_day - epoch
        made_too = made.addCalendarException(local.ofEpochDay(first), local.ofEpochDay(last))
        _hours(made_too, special.hours)
    return made


def _task(task: Any, row: Any, calendars: dict[int, Any]) -> Any:
    from jpype import JClass

    unit = JClass("org.mpxj.TimeUnit")
    amount = row.duration / 60
    of = JClass("org.mpxj.Duration").getInstance
    task.setName(row.name)
    task.setDuration(of(amount, unit.ELAPSED_MINUTES if row.elapsed else unit.MINUTES))
    task.setRemainingDuration(task.getDuration())
    task.setActualDuration(of(0, unit.MINUTES))
    task.setMilestone(row.milestone or not row.duration)
    if row.calendar is not None:
        task.setCalendar(calendars[row.calendar])
    if row.constraint is not None:
        task.setConstraintType(
            getattr(JClass("org.mpxj.ConstraintType"), CONSTRAINTS[row.constraint.kind])
        )
        if row.constraint.date is not None:
            task.setConstraintDate(_local(row.constraint.date))
    if row.deadline is not None:
        task.setDeadline(_local(row.deadline))
    return task


def _links(plan: Plan, tasks: dict[int, Any]) -> None:
    from jpype import JClass

    unit, of = JClass("org.mpxj.TimeUnit"), JClass("org.mpxj.Duration").getInstance
    kind, builder = JClass("org.mpxj.RelationType"), JClass("org.mpxj.Relation$Builder")
    for link in plan.links:
        if link.lag_format is LagFormat.PERCENT:
            lag = of(float(link.lag), unit.PERCENT)
        elif link.lag_format is LagFormat.ELAPSED:
            lag = of(link.lag / 60, unit.ELAPSED_MINUTES)
        else:
            lag = of(link.lag / 60, unit.MINUTES)
        tasks[link.successor].addPredecessor(
            builder()
            .predecessorTask(tasks[link.predecessor])
            .type(getattr(kind, KINDS[link.kind]))
            .lag(lag)
        )


def run(project: Any, plan: Plan) -> float:
    """Schedule once; CPU seconds of the scheduling thread."""
    from jpype import JClass

    bean = JClass("java.lang.management.ManagementFactory").getThreadMXBean()
    begun = bean.getCurrentThreadCpuTime()
    JClass("org.mpxj.cpm.MicrosoftScheduler")().schedule(project, _local(plan.start))
    return float(bean.getCurrentThreadCpuTime() - begun) / 1e9


def seconds(plan: Plan, *, warm: int, times: int) -> float:
    """The least CPU seconds of `times` runs after `warm` others, each on a project built anew."""
    project, _tasks = built(plan)
    for _ in range(warm):
        run(project, plan)
    return min(run(project, plan) for _ in range(times))


def scheduled(plan: Plan) -> dict[int, PeerDates]:
    """Every activity's dates as MPXJ computes them."""
    project, tasks = built(plan)
    run(project, plan)
    return {uid: _dates(task) for uid, task in tasks.items()}


def _dates(task: Any) -> PeerDates:
    return PeerDates(
        _instant(task.getStart()), _instant(task.getFinish()),
        _instant(task.getEarlyStart()), _instant(task.getEarlyFinish()),
        _instant(task.getLateStart()), _instant(task.getLateFinish()),
    )  # fmt: skip


def _instant(local: Any) -> int:
    return int(local.toEpochSecond(_utc())) if local is not None else -1


def _utc() -> Any:
    from jpype import JClass

    return JClass("java.time.ZoneOffset").UTC
