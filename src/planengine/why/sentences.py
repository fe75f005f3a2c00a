"""A step of a chain as one sentence in nb and en."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planengine.edits.speaker import Speaker
from planengine.instants import DAY, moment, weekday
from planengine.model import LagFormat, Plan
from planengine.phrases import Phrases, say
from planengine.why.moments import short_days, short_moment

if TYPE_CHECKING:
    from planengine.why.chain import DaysOff, Point, Step


def sentence(step: Step, plan: Plan, language: str) -> str:
    """“«Mal» starter 12. nov. 08:00 fordi «Riv vegg» er ferdig 11. nov. 16:00 (FS).”"""
    return _Teller(plan, language).sentence(step)


class _Teller:
    def __init__(self, plan: Plan, language: str) -> None:
        self.talk = Speaker(plan, language)
        self.language = language
        self.year = moment(plan.start).year

    def say(self, code: str, **values: str) -> str:
        return say(_PHRASES, code, self.language, values)

    def at(self, instant: int) -> str:
        return short_moment(instant, self.year, self.language)

    def point(self, point: Point) -> str:
        """“«Riv vegg» er ferdig 11. nov. 16:00”."""
        who = self.say("project") if point.uid is None else self.talk.activity(point.uid)
        return self.say(point.end, row=who, at=self.at(point.at))

    def sentence(self, step: Step) -> str:
        off = "".join(self.off(days) for days in step.off)
        reason = self.reason(step)
        return self.say("because", fact=self.point(step.date), reason=reason, off=off)

    def reason(self, step: Step) -> str:
        own = step.by is not None and step.by.uid == step.date.uid
        values = {
            "by": "" if step.by is None else self.point(step.by),
            "at": self.at(step.target if step.by is None else step.by.at),
            "duration": self.talk.duration(step.duration, elapsed=self.elapsed(step)),
        }
        if step.through is not None:
            values["through"] = self.talk.activity(step.through)
        text = self.say(self.code(step, own=own), **values)
        if step.cause == "link":
            text += f" ({self.link(step)})"
        if step.resource is not None:
            text += self.say("resource", name=self.talk.resource(step.resource))
        return text

    def code(self, step: Step, *, own: bool) -> str:
        if step.cause == "constraint" and step.constraint is not None:
            above = "_above" if step.through is not None else ""
            return f"{step.constraint.kind}{above}"
        if step.cause == "duration" and own and step.by is not None:
            return f"duration_{step.by.end}"
        if step.cause == "actual":
            return f"actual_{step.date.end.removeprefix('late_')}"
        if step.cause == "levelling_delay" and step.date.end == "late_start":
            return "levelling_delay_late"
        return step.cause

    def elapsed(self, step: Step) -> bool:
        row = None if step.date.uid is None else self.talk.row(step.date.uid)
        return step.cause == "levelling_delay" or (row is not None and row.elapsed)

    def link(self, step: Step) -> str:
        assert step.link is not None
        text = str(step.link.kind)
        if step.lag:
            elapsed = step.link.lag_format in (LagFormat.ELAPSED, LagFormat.ELAPSED_PERCENT)
            amount = self.talk.duration(abs(step.lag), elapsed=elapsed)
            text += f" {'+' if step.lag > 0 else '−'} {amount}"
        if step.through is not None:
            text += self.say("through", row=self.talk.activity(step.through))
        return text

    def off(self, days: DaysOff) -> str:
        name = days.name
        if not name:
            weekend = all(
                weekday(number) >= 5 for number in range(days.first_day, days.last_day + 1)
            )
            name = self.say("weekend" if weekend else "off")
        when = short_days(days.first_day, days.last_day, self.year, self.language)
        return self.say("off_clause", days=when, name=name)


def clock(instant: int) -> str:
    """The time of day of an instant: `08:00`."""
    minutes = instant % DAY // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


_PHRASES: Phrases = {
    "project": ("Prosjektet", "The project"),
    "start": ("{row} starter {at}", "{row} starts {at}"),
    "finish": ("{row} er ferdig {at}", "{row} finishes {at}"),
    "late_start": ("{row} må senest starte {at}", "{row} must start at the latest {at}"),
    "late_finish": (
        "{row} må senest være ferdig {at}",
        "{row} must be finished at the latest {at}",
    ),
    "because": ("{fact} fordi {reason}{off}.", "{fact} because {reason}{off}."),
    "off_clause": (", og {days} er {name}", ", and {days} is {name}"),
    "weekend": ("helg", "a weekend"),
    "off": ("fri", "off"),
    "through": (", koblet til {row}", ", linked to {row}"),
    "resource": (" ({name} avgjør)", " ({name} decides)"),
    "link": ("{by}", "{by}"),
    "child": ("{by}", "{by}"),
    "duration_start": (
        "den starter {at} og varer {duration}",
        "it starts {at} and takes {duration}",
    ),
    "duration_finish": (
        "den skal være ferdig {at} og varer {duration}",
        "it is to finish {at} and takes {duration}",
    ),
    "duration_late_start": (
        "den må senest starte {at} og varer {duration}",
        "it must start at the latest {at} and takes {duration}",
    ),
    "duration_late_finish": (
        "den må senest være ferdig {at} og varer {duration}",
        "it must be finished at the latest {at} and takes {duration}",
    ),
    "actual_start": ("den er meldt startet da", "that is when it was reported as started"),
    "actual_finish": ("den er meldt ferdig da", "that is when it was reported as finished"),
    "alap": ("den legges så sent som mulig", "it is placed as late as possible"),
    "deadline": ("fristen er {at}", "the deadline is {at}"),
    "levelling_delay": (
        "utjevning av ressurser har utsatt den {duration} fra {at}",
        "resource levelling has delayed it {duration} from {at}",
    ),
    "levelling_delay_late": (
        "utjevning av ressurser utsetter den {duration}, til {at}",
        "resource levelling delays it {duration}, until {at}",
    ),
    "manual": ("datoen er satt for hånd", "the date was set by hand"),
    "own": ("ingenting venter på den", "nothing waits for it"),
    "project_finish": ("prosjektet er ferdig {at}", "the project finishes {at}"),
    "project_start": ("prosjektet starter {at}", "the project starts {at}"),
    "resume": ("gjenstående arbeid går videre {at}", "the remaining work goes on {at}"),
    "status_date": (
        "arbeid som ikke er gjort, legges etter statusdatoen {at}",
        "work that is not done is placed after the status date {at}",
    ),
    "summary": ("{through} er satt til {at}", "{through} is set to {at}"),
    "MSO": ("en låst startdato sier {at}", "a fixed start date says {at}"),
    "MFO": ("en låst sluttdato sier {at}", "a fixed finish date says {at}"),
    "SNET": ("den ikke kan starte før {at}", "it cannot start before {at}"),
    "SNLT": ("den må starte senest {at}", "it must start no later than {at}"),
    "FNET": ("den ikke kan slutte før {at}", "it cannot finish before {at}"),
    "FNLT": ("den må slutte senest {at}", "it must finish no later than {at}"),
    "MSO_above": ("{through} har låst startdato {at}", "{through} has the fixed start {at}"),
    "MFO_above": ("{through} har låst sluttdato {at}", "{through} has the fixed finish {at}"),
    "SNET_above": ("{through} ikke kan starte før {at}", "{through} cannot start before {at}"),
    "SNLT_above": (
        "{through} må starte senest {at}",
        "{through} must start no later than {at}",
    ),
    "FNET_above": ("{through} ikke kan slutte før {at}", "{through} cannot finish before {at}"),
    "FNLT_above": (
        "{through} må slutte senest {at}",
        "{through} must finish no later than {at}",
    ),
}
