"""One thing somebody owes, wherever it was born, and the three answers to it.

*Done* and *late* are facts or flags about the thing itself; what may not be changed at once becomes
a proposal. *Stuck* is a flag on an action, and a problem where the plan is what stands still.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import planengine as engine
from tospann.actions import commands as actions
from tospann.actions import queries as action_queries
from tospann.actions.models import Action, Priority
from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.planning import changes, projection
from tospann.planning import commands as planning
from tospann.planning import queries as plans
from tospann.planning.models import Plan, State
from tospann.projects.models import Project
from tospann.risks.commands import raise_problem
from tospann.stakeholders.commands import keep_promise
from tospann.stakeholders.models import Promise, PromiseState

Outcome = Done[Any] | Proposed


@dataclass(frozen=True)
class Owed:
    """An action, a task in a plan or a promise."""

    what: str
    record: Action | Plan | Promise
    project: Project
    number: int
    title: str
    due: date | None
    owner: UUID | None
    is_open: bool
    task: Any = None

    @property
    def short_id(self) -> str:
        return "" if self.what == "task" else f"{self.project.key}-{self.number}"

    @property
    def address(self) -> str:
        if self.what == "promise":
            return reverse("promises", args=[self.project.key])
        route = {"action": "action", "task": "plan_task"}[self.what]
        return reverse(route, args=[self.project.key, self.number])

    def later(self, days: int) -> date:
        """So many days after the due date, or after today when that has gone by."""
        today = timezone.localdate()
        return max(self.due or today, today) + timedelta(days=days)


def find(project: Project, what: str, number: int) -> Owed:
    """The thing, or 404."""
    if what not in _FINDERS:
        raise Http404
    return _FINDERS[what](project, number)


def _action(project: Project, number: int) -> Owed:
    one = action_queries.action(project, number)
    return Owed("action", one, project, number, one.title, one.due_on, one.owner_id, one.is_open)


def _task(project: Project, number: int) -> Owed:
    head = plans.existing_plan(project)
    one = plans.activity(project, number)
    row = one.row
    owner = projection.person_of(one.content)
    is_open = row["state"] != State.DONE
    return Owed(
        "task", head, project, number, row["name"], row["finish"], owner, is_open, one.content
    )


def _promise(project: Project, number: int) -> Owed:
    one = Promise.objects.filter(project=project, number=number).first()
    if one is None:
        raise Http404
    is_open = one.state == PromiseState.OPEN
    return Owed("promise", one, project, number, one.text, one.due_on, one.by_person_id, is_open)


_FINDERS: Mapping[str, Callable[[Project, int], Owed]] = {
    "action": _action,
    "task": _task,
    "promise": _promise,
}


def require(actor: Actor, owed: Owed, answer: str) -> None:
    """Refuse at once, with the reason, whoever may not give that answer."""
    match owed.record, answer:
        case Action() as action, "late":
            ruling = actions.report_late.ruling(actor, action)
        case Action() as action, _:
            ruling = actions.report_stuck.ruling(actor, action)
        case Plan() as plan, "late":
            ruling = planning.apply_edits.ruling(actor, plan)
        case Plan(), _:
            ruling = raise_problem.ruling(actor, owed.project)
        case _:
            return
    if ruling.is_refused:
        raise NotAllowed(str(ruling))


def done(actor: Actor, owed: Owed) -> Outcome:
    """It is done."""
    match owed.record:
        case Action() as action:
            return submit(actor, actions.complete_action.on(action, action.version))
        case Promise() as promise:
            return submit(actor, keep_promise.on(promise, promise.version))
        case Plan() as plan:
            reported = planning.report_progress.on(plan, plan.version)
            return submit(actor, reported, uid=owed.number, percent=100.0)


def late(actor: Actor, owed: Owed, until: date) -> Outcome:
    """It comes on another day: moved, asked for or proposed, by what the actor may."""
    match owed.record:
        case Action() as action:
            return _late_action(actor, owed, action, until)
        case Plan() as plan:
            edits = changes.ending_on(owed.task, until)
            return submit(
                actor,
                planning.apply_edits.on(plan),
                base_revision=plan.revision,
                edits=[engine.edit_to_json(edit) for edit in edits],
            )
        case _:
            raise Invalid(_("The date of a promise is agreed with whoever it was made to."))


def _late_action(actor: Actor, owed: Owed, action: Action, until: date) -> Outcome:
    if actions.change_action.ruling(actor, action).may_decide:
        return submit(
            actor,
            actions.change_action.on(action, action.version),
            title=action.title,
            description=action.description,
            due_on=until,
            priority=Priority(action.priority),
        )
    days = (until - owed.later(0)).days
    if days < 1:
        raise Invalid(_("You may ask for a later date, not for an earlier one."), "until")
    return submit(actor, actions.report_late.on(action, action.version), days=days)


def stuck(
    actor: Actor,
    owed: Owed,
    text: str,
    helper: UUID | None = None,
    reply_by: date | None = None,
) -> Outcome:
    """The owner cannot get on; whoever is named, else whoever can help, is told."""
    said = text.strip() or _("Nothing more was said.")
    match owed.record:
        case Action() as action:
            bound = actions.report_stuck.on(action, action.version)
            day = reply_by if helper else None
            return submit(actor, bound, text=said, helper=helper, reply_by=day)
        case Plan():
            return submit(
                actor,
                raise_problem.on(owed.project),
                id=new_id(),
                title=_("Stuck: %(what)s") % {"what": owed.title[:180]},
                description=said,
                born_in=f"planning.activity:{owed.number}",
                born_label=owed.title[:200],
                born_link=owed.address,
            )
        case _:
            raise Invalid(_("Say it to whoever the promise was made to."))
