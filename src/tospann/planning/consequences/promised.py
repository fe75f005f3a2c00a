"""The days that are promised: deadlines, promises to people, and the project's own finish."""

from collections.abc import Iterator

from tospann.cases.consequences import Promised
from tospann.planning.models import Plan, State
from tospann.planning.prepare import Prepared
from tospann.stakeholders import queries
from tospann.ui.jinja import maybe_url

MOST = 200
"""Promised days that are followed."""


def promised(head: Plan, tried: Prepared) -> tuple[Promised, ...]:
    """Every promised day that is not yet met, by the day."""
    found = [*_own(head, tried), *_deadlines(head, tried), *_promises(head, tried)]
    return tuple(sorted(found, key=lambda one: (one.due, one.kind, one.uid or 0))[:MOST])


def _own(head: Plan, tried: Prepared) -> Iterator[Promised]:
    due = head.project.finish
    yield Promised("project", None, "", "", due, tried.before.finish, tried.after.finish)


def _deadlines(head: Plan, tried: Prepared) -> Iterator[Promised]:
    before = tried.before.rows
    for uid, row in tried.after.rows.items():
        if row.deadline is None or row.state == State.DONE or not row.is_active:
            continue
        was = before[uid].finish if uid in before else None
        yield Promised(
            "deadline", uid, row.name, "", row.deadline, was, row.finish, link=_link(head, uid)
        )


def _promises(head: Plan, tried: Prepared) -> Iterator[Promised]:
    for one in queries.tied_to_plan(head.project_id):
        uid, due = one.activity_uid, one.due_on
        before, after = (plan.rows.get(uid or 0) for plan in (tried.before, tried.after))
        row = after or before
        if uid is None or due is None or row is None or row.state == State.DONE:
            continue
        yield Promised(
            "promise",
            uid,
            one.text,
            queries.whom(one),
            due,
            before.finish if before else None,
            after.finish if after else None,
            link=one.get_absolute_url(),
        )


def _link(head: Plan, uid: int) -> str:
    return maybe_url("plan_task", head.project.key, uid) or ""
