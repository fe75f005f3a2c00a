"""What happens in a project of the demo: started, planned, reported on, taken through its gates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

import planengine as engine
from planengine.instants import DAY
from tospann.actions import commands as actions
from tospann.cases import commands as cases
from tospann.cases.models import Case, CaseState
from tospann.demo import clock
from tospann.foundation.authority import Actor, Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.ids import new_id
from tospann.packs import commands as packs
from tospann.packs import library
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.people.queries import organisation
from tospann.planning import commands as planning
from tospann.planning import progress
from tospann.planning.models import Plan
from tospann.planning.skeleton import (
    BEGINS,
    ENDS,
    PlannedRow,
    duration,
    no_earlier,
    outline_edits,
)
from tospann.planning.store import load
from tospann.projects import commands as projects
from tospann.projects.models import (
    BY_RULE,
    CriterionState,
    Gate,
    GateCriterion,
    GateOutcome,
    GoalLevel,
    Project,
)

Cast = Mapping[str, Person]
Roles = Sequence[tuple[str, Role]]


@dataclass(frozen=True)
class Opening:
    """How a project begins; days are counted from today."""

    key: str
    name: str
    purpose: str
    pack: str
    starts: int
    ends: int
    starter: str
    roles: Roles


@dataclass(frozen=True)
class Task:
    """A task the project added to the pack's plan, under a line of it."""

    key: str
    under: str
    name: str
    starts: int
    ends: int
    who: str = ""
    milestone: bool = False


@dataclass
class Story:
    """A project on its way, with the people in it and the lines of its plan by key."""

    cast: Cast
    project: Project
    coordinator: str
    manager: str
    owner: str
    uids: dict[str, int]
    late: dict[str, float] = field(default_factory=dict)
    """Lines that are behind: how far they have come (in per cent), whatever the plan says."""

    def who(self, key: str) -> Actor:
        return actor_for(self.cast[key])

    def id_of(self, key: str) -> UUID:
        return self.cast[key].pk

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(project=self.project)

    def goals(
        self, by: str, goals: Sequence[tuple[GoalLevel, str, Sequence[tuple[str, str]]]]
    ) -> None:
        """Goals with their success criteria (text and target)."""
        actor = self.who(by)
        for level, text, criteria in goals:
            goal = projects.add_goal(
                actor, self.project, id=new_id(), level=level, description=text
            )
            for wanted, target in criteria:
                projects.add_success_criterion(actor, goal, id=new_id(), text=wanted, target=target)

    def add_tasks(self, by: str, tasks: Sequence[Task]) -> None:
        """Lines that the pack does not know of, placed under its own."""
        head = self.plan
        first = max(load(head).rows, default=0) + 1
        rows = [
            PlannedRow(
                name=task.name,
                start=date_in(task.starts),
                finish=date_in(task.ends),
                milestone=task.milestone,
                responsible=self.id_of(task.who) if task.who else None,
            )
            for task in tasks
        ]
        edits = outline_edits(rows, first)
        for edit, task in zip(edits, tasks, strict=True):
            edit["activity"]["parent"] = self.uids[task.under]
        self.uids |= {task.key: first + place for place, task in enumerate(tasks)}
        self.edit(by, edits)

    def responsible(self, by: str, who: Mapping[str, Sequence[str]]) -> None:
        """Who answers for which lines."""
        self.edit(
            by,
            [
                engine.edit_to_json(engine.SetResponsible(self.uids[line], str(self.id_of(person))))
                for person, lines in who.items()
                for line in lines
            ],
        )

    def edit(self, by: str, edits: list[dict[str, Any]]) -> None:
        head = self.plan
        planning.apply_edits(self.who(by), head, base_revision=head.revision, edits=edits)

    def report(self, by: str) -> None:
        """Record what the plan says should be done by now, but for what is late."""
        head = self.plan
        now = engine.day(timezone.localdate()) * DAY + ENDS
        edits = [
            engine.edit_to_json(edit)
            for one in load(head).plan.activities
            if one.start is not None and one.finish is not None and not self._is_summary(one.uid)
            for edit in self._progress(one, now)
        ]
        if edits:
            self.edit(by, edits)

    def _is_summary(self, uid: int) -> bool:
        return any(one.parent == uid for one in load(self.plan).plan.activities)

    def _progress(self, one: engine.Activity, now: int) -> Iterable[engine.Edit]:
        assert one.start is not None
        assert one.finish is not None
        key = next((key for key, uid in self.uids.items() if uid == one.uid), "")
        planned = _planned_percent(one.start, one.finish, now)
        percent = min(planned, self.late[key]) if key in self.late else planned
        if percent <= one.progress.percent:
            return []
        ended = _day(one.finish) if percent >= 100 else None
        return progress.edits(one, percent, _day(one.start), ended, timezone.localdate())

    def settle(
        self, by: str, gate: str, *, leave_open: Sequence[str] = (), evidence: str = ""
    ) -> None:
        """Tick off a gate's checklist, but for the points that begin so."""
        actor = self.who(by)
        by_hand = GateCriterion.objects.exclude(kind__in=BY_RULE)
        for point in by_hand.filter(project=self.project, gate__code=gate):
            if not any(point.text.startswith(start) for start in leave_open):
                projects.settle_criterion(
                    actor, point, state=CriterionState.DONE, evidence=evidence
                )

    def prepare(
        self, by: str, gate: str, situation: str, recommendation: str, *, need_by: int | None = None
    ) -> Case:
        found = Gate.objects.get(project=self.project, code=gate)
        return cases.prepare_gate(
            self.who(by),
            found,
            id=new_id(),
            recommended=GateOutcome.PROCEED,
            situation=situation,
            recommendation=recommendation,
            need_by=None if need_by is None else date_in(need_by),
        )

    def pass_gate(
        self,
        gate: str,
        situation: str,
        recommendation: str,
        *,
        reason: str = "",
        conditions: Sequence[tuple[str, str, int]] = (),
    ) -> None:
        """Reported, settled and prepared in the week before, decided by the owner on its day."""
        due = Gate.objects.get(project=self.project, code=gate).due_on
        assert due is not None
        day = (due - clock.today()).days
        with clock.at(day - 4, 10):
            self.report(self.coordinator)
            self.settle(self.coordinator, gate)
            case = self.prepare(self.coordinator, gate, situation, recommendation)
            cases.submit_case(self.who(self.coordinator), case)
        with clock.at(day, 13):
            cases.decide(
                self.who(self.owner),
                case,
                alternative=GateOutcome.PROCEED,
                reason=reason,
                conditions=[
                    cases.Condition(title=title, owner=self.id_of(who), due_on=date_in(due_on))
                    for title, who, due_on in conditions
                ],
            )

    def propose_edits(self, by: str, edits: list[engine.Edit]) -> Case:
        """A change of the plan beyond somebody's limits: it becomes a case."""
        head = self.plan
        outcome = submit(
            self.who(by),
            planning.apply_edits.on(head, head.version),
            base_revision=head.revision,
            edits=[engine.edit_to_json(edit) for edit in edits],
        )
        assert isinstance(outcome, Proposed), "the demo's change must need a decision"
        case: Case = outcome.case
        assert case.state == CaseState.SUBMITTED
        return case

    def moved(
        self, key: str, *, starts: int | None = None, ends: int | None = None
    ) -> list[engine.Edit]:
        """A line with other days, counted from today; what is not given stays."""
        uid = self.uids[key]
        one = next(one for one in load(self.plan).plan.activities if one.uid == uid)
        if one.milestone:
            return [engine.SetConstraint(uid, no_earlier(instant(ends or starts or 0, ENDS)))]
        assert one.start is not None
        assert one.finish is not None
        first = _day(one.start) if starts is None else date_in(starts)
        last = _day(one.finish) if ends is None else date_in(ends)
        found: list[engine.Edit] = [engine.SetDuration(uid, duration(first, last))]
        if starts is not None:
            found.append(engine.SetConstraint(uid, no_earlier(instant(starts, BEGINS))))
        return found

    def begun(self, key: str, starts: int) -> list[engine.Edit]:
        """A line that begins on that day, and takes as long as it did."""
        return [engine.SetConstraint(self.uids[key], no_earlier(instant(starts, BEGINS)))]

    def action(
        self, by: str, title: str, owner: str, due: int, *, about: str = "", done: bool = False
    ) -> None:
        added = actions.add_action(
            self.who(by),
            self.project,
            id=new_id(),
            title=title,
            description=about,
            owner=self.id_of(owner),
            due_on=date_in(due),
        )
        if done:
            actions.complete_action(self.who(owner), added)

    def remark(self, by: str, case: Case, text: str) -> None:
        cases.remark(self.who(by), case, id=new_id(), text=text)

    def decided(
        self, by: str, title: str, reason: str, day: int, *, body: str = "", reference: str = ""
    ) -> None:
        cases.record_decision(
            self.who(by),
            self.project,
            id=new_id(),
            title=title,
            reason=reason,
            decided_on=date_in(day),
            body=body,
            body_reference=reference,
        )

    def report_own(self, by: str, key: str, percent: float) -> None:
        """A member reports on her own task."""
        planning.report_progress(self.who(by), self.plan, uid=self.uids[key], percent=percent)


def begin(cast: Cast, opening: Opening) -> Story:
    """Start the project on its first day, with its people."""
    with clock.at(opening.starts, 8, 30):
        people = [packs.Starter(person=cast[who].pk, role=role) for who, role in opening.roles]
        project = packs.start_project(
            actor_for(cast[opening.starter]),
            organisation(),
            id=new_id(),
            key=opening.key,
            name=opening.name,
            purpose=opening.purpose,
            start=date_in(opening.starts),
            finish=date_in(opening.ends),
            pack=opening.pack,
            language="nb",
            people=people,
        )
    lines = library.pack(opening.pack).plan
    return Story(
        cast=cast,
        project=project,
        coordinator=_holder(opening.roles, Role.COORDINATOR),
        manager=_holder(opening.roles, Role.MANAGER),
        owner=_holder(opening.roles, Role.OWNER),
        uids={line.key: uid for uid, line in enumerate(lines, 1)},
    )


def _holder(roles: Roles, wanted: Role) -> str:
    return next(who for who, role in roles if role is wanted)


def date_in(days: int) -> date:
    """The working day that many days from today, or the last one before it."""
    return clock.working_day(clock.today() + timedelta(days=days))


def instant(days: int, time: int) -> int:
    return engine.day(date_in(days)) * DAY + time


def _day(moment: int) -> date:
    return engine.date_of(moment // DAY)


def _planned_percent(start: int, finish: int, now: int) -> float:
    if now >= finish:
        return 100.0
    if now <= start or finish == start:
        return 0.0
    return float(round(100 * (now - start) / (finish - start) / 5) * 5)
