"""The facts of a report as plain data: what is different since the last one, and how it stands.

Everything is JSON, so that what was computed can be frozen as it was and compared later.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from tospann.actions.models import Action, ActionState
from tospann.budget.reading import ledger_of
from tospann.cases.models import Alternative, Case, CaseState, Decision
from tospann.control import summary
from tospann.people.models import Organisation
from tospann.planning import queries as planning
from tospann.planning.limits import agreed_marks
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.projects import queries as projects
from tospann.projects.models import CriterionResult, Project, Tolerance
from tospann.reports import registers
from tospann.reports.checkpoints import queries as checkpoints
from tospann.reports.drafting import areas
from tospann.ui.holidays import working_days_between

Data = dict[str, Any]
MOST = 12
"""Rows of each kind that a report names; the others are counted."""
MANY = 200
"""More of a kind than this are not looked at."""
FIRST_PERIOD = timedelta(days=30)


def first_since(project: Project, today: date) -> date:
    """Where the very first report begins."""
    return max(project.start, today - FIRST_PERIOD) if project.start < today else today


def collect(project: Project, since: date, before: Data | None, days_ahead: int = 30) -> Data:
    """Everything a report rests on, as of today; ``before`` is the last report's facts."""
    today = timezone.localdate()
    last = before or {}
    plan = planning.plan(project)
    agreed = agreed_marks(plan) if plan else {"finish": None, "milestones": {}}
    every = _all_milestones(project)
    milestones = _milestones(every, since, last, agreed["milestones"], today)
    planned, money = _plan(project, plan, agreed["finish"], last, today), money_facts(project)
    return {
        "on": today.isoformat(),
        "since": since.isoformat(),
        "key": project.key,
        "name": project.name,
        "organisation": Organisation.objects.values_list("name", flat=True).first() or "",
        "plan": planned,
        "money": money,
        "areas": areas.collect(project, planned, money),
        "checkpoints": _checkpoints(project, since),
        "earned": summary.facts(project),
        "phases": _phases(project),
        "milestones": milestones,
        "marks": {str(row["uid"]): row["finish"].isoformat() for row in every if row["finish"]},
        "done": _done(project, since, last, milestones),
        "next": _next(project, today, today + timedelta(days=days_ahead)),
        "overdue": _overdue(project, today),
        "decided": _decided(project, since, last),
        "needed": _needed(project),
        "goals": _goals(project),
        **registers.collect(project, since),
    }


def _plan(
    project: Project, plan: Plan | None, agreed: str | None, last: Data, today: date
) -> Data | None:
    if plan is None or not plan.task_count:
        return None
    promised = agreed or project.finish.isoformat()
    finish = plan.finish.isoformat() if plan.finish else None
    return {
        "percent": round(plan.percent),
        "percent_before": (last.get("plan") or {}).get("percent"),
        "finish": finish,
        "finish_before": (last.get("plan") or {}).get("finish"),
        "agreed": promised,
        "end": project.finish.isoformat(),
        "slip": slip(promised, finish),
        "tasks": plan.task_count,
        "tasks_done": plan.done_count,
        "late": planning.late_count(project),
    }


def plan_facts(project: Project) -> Data | None:
    """How the plan's finish stands against what was agreed."""
    plan = planning.plan(project)
    if plan is None or not plan.task_count:
        return None
    agreed = agreed_marks(plan)["finish"] or project.finish.isoformat()
    finish = plan.finish.isoformat() if plan.finish else None
    return {"agreed": agreed, "finish": finish, "slip": slip(agreed, finish)}


def money_facts(project: Project) -> Data | None:
    """How the forecast stands; None before anything is agreed.

    ``frame`` is what the manager may use: the lines and what is left of her reserve. ``limit`` is
    how far the tolerance for cost reaches beyond it.
    """
    money = ledger_of(project.pk)
    if money.phase_total is None:
        return None
    cost = Tolerance.objects.filter(project=project, area="cost").first()
    frame = money.planned + money.manager.left
    limit = frame * (100 + (cost.percent or 0 if cost else 0)) / 100
    found = {
        "planned": money.planned,
        "frame": frame,
        "limit": limit,
        "forecast": money.expected,
        "spent": money.spent,
        "total": money.total,
    }
    return {name: f"{amount:.2f}" for name, amount in found.items()}


def slip(agreed: str | None, now: str | None) -> int:
    """Working days later than agreed; negative when earlier."""
    if not agreed or not now or agreed == now:
        return 0
    first, second = date.fromisoformat(agreed), date.fromisoformat(now)
    days = working_days_between(*sorted((first, second))) or 1  # from Saturday to Sunday is a move
    return days if second > first else -days


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _phases(project: Project) -> list[Data]:
    return [
        {
            "name": row["phase"].name,
            "state": row["phase"].state,
            "percent": row["percent"],
            "gate": row["gate"].code if row["gate"] else "",
            "settled": row["settled"],
            "total": row["total"],
        }
        for row in projects.phase_bar(project)
    ]


def _all_milestones(project: Project) -> list[Data]:
    rows = Activity.objects.filter(project=project, kind=Kind.MILESTONE, is_active=True)
    ordered = rows.order_by(F("finish").asc(nulls_last=True), "position")
    shown = ordered.values("uid", "name", "finish", "state", "baseline_finish")
    return [dict(row) for row in shown[:MANY]]


def _milestones(
    rows: Iterable[Data], since: date, last: Data, agreed: Mapping[str, str], today: date
) -> list[Data]:
    """Reached in the period, late, and next, each with where it stood last time."""
    before, marks = {row["uid"]: row for row in last.get("milestones", [])}, last.get("marks", {})
    found = []
    for row in rows:
        told = before.get(row["uid"], {}).get("state") == State.DONE
        old = row["state"] == State.DONE and (row["finish"] is None or row["finish"] < since)
        if not told and not old:
            found.append(_milestone(row, marks.get(str(row["uid"])), agreed, today))
    return found[:MOST]


def _milestone(row: Data, earlier: str | None, agreed: Mapping[str, str], today: date) -> Data:
    now = row["finish"].isoformat() if row["finish"] else None
    promised = agreed.get(str(row["uid"]))
    if promised is None and row["baseline_finish"]:
        promised = row["baseline_finish"].isoformat()
    previous = earlier or promised
    moved = slip(previous, now)
    is_late = row["state"] != State.DONE and row["finish"] is not None and row["finish"] < today
    return {
        "uid": row["uid"],
        "name": row["name"],
        "state": row["state"],
        "now": now,
        "previous": previous,
        "agreed": promised,
        "slip": slip(promised, now),
        "moved": moved,
        "trend": "reached" if row["state"] == State.DONE else _trend(previous, moved),
        "is_late": is_late,
    }


def _trend(previous: str | None, moved: int) -> str:
    if previous is None:
        return "new"
    return "later" if moved > 0 else "earlier" if moved < 0 else "same"


def _done(project: Project, since: date, last: Data, milestones: Iterable[Data]) -> Data:
    """Milestones reached, tasks finished and actions completed since the last report."""
    told = {row["ref"] for row in last.get("done", {}).get("rows", [])}
    rows: list[Data] = [
        {"ref": f"m{row['uid']}", "kind": "milestone", "name": row["name"], "on": row["now"]}
        for row in milestones
        if row["trend"] == "reached"
    ]
    tasks = Activity.objects.filter(
        project=project, kind=Kind.TASK, is_active=True, state=State.DONE, finish__gte=since
    ).order_by("-finish", "position")
    acts = Action.objects.filter(
        project=project, state=ActionState.DONE, done_at__date__gte=since
    ).order_by("-done_at")
    for uid, name, finish in tasks.values_list("uid", "name", "finish")[:MANY]:
        rows.append({"ref": f"t{uid}", "kind": "task", "name": name, "on": _iso(finish)})
    for number, title, at in acts.values_list("number", "title", "done_at")[:MANY]:
        day = timezone.localtime(at).date().isoformat()
        rows.append({"ref": f"a{number}", "kind": "action", "name": title, "on": day})
    fresh = [row for row in rows if row["ref"] not in told]
    # All references are kept, so that the next report does not tell the same again.
    return {"rows": fresh, "count": len(fresh)}


def _next(project: Project, today: date, until: date) -> Data:
    """What should be finished in the coming period, milestones first."""
    rows = Activity.objects.filter(
        project=project, is_active=True, finish__gte=today, finish__lte=until
    ).exclude(state=State.DONE)
    rows = rows.exclude(kind=Kind.SUMMARY)
    ordered = rows.order_by("kind", "finish", "position")  # milestone before task
    shown = ordered.values_list("uid", "name", "kind", "finish", "responsible__name")
    found = list(shown[: 2 * MOST + 1])
    return {
        "until": until.isoformat(),
        "rows": [
            {"name": name, "kind": kind, "on": _iso(finish), "who": who or ""}
            for _uid, name, kind, finish, who in found[: 2 * MOST]
        ],
        "more": len(found) > 2 * MOST,
    }


def _overdue(project: Project, today: date) -> Data:
    rows = Action.objects.filter(project=project, state=ActionState.OPEN, due_on__lt=today)
    shown = rows.order_by("due_on", "number").values_list(
        "number", "title", "due_on", "owner__name"
    )
    listed = list(shown[: 10 * MOST])
    return {
        "count": len(listed),
        "rows": [
            {"number": number, "title": title, "on": _iso(due), "who": who or ""}
            for number, title, due, who in listed[:5]
        ],
    }


def _decided(project: Project, since: date, last: Data) -> list[Data]:
    told = {row["number"] for row in last.get("decided", [])}
    rows = Decision.objects.filter(project=project, decided_on__gte=since)
    shown = ("number", "title", "outcome", "decided_on", "decided_by__name", "body")
    return [
        {
            "number": row["number"],
            "title": row["title"],
            "outcome": row["outcome"],
            "on": row["decided_on"].isoformat(),
            "by": row["body"] or row["decided_by__name"] or "",
        }
        for row in rows.order_by("-decided_on", "-number").values(*shown)[: 2 * MOST]
        if row["number"] not in told
    ][:MOST]


def _needed(project: Project) -> list[Data]:
    """Cases that wait for a decision, and what each is about."""
    rows = Case.objects.filter(project=project, state=CaseState.SUBMITTED)
    rows = rows.order_by(F("need_by").asc(nulls_last=True), "number")
    cases = list(rows.values("pk", "number", "title", "kind", "deciders", "need_by")[:MOST])
    about: dict[Any, set[str]] = {}
    stored = Alternative.objects.filter(case__in=[row["pk"] for row in cases])
    for case, operations in stored.values_list("case_id", "operations") if cases else ():
        names = {one["command"].partition(".")[0] for one in operations}
        about.setdefault(case, set()).update(names)
    return [
        {
            "number": row["number"],
            "title": row["title"],
            "kind": row["kind"],
            "deciders": row["deciders"],
            "need_by": row["need_by"].isoformat() if row["need_by"] else None,
            "about": sorted(about.get(row["pk"], ())),
        }
        for row in cases
    ]


def _checkpoints(project: Project, since: date) -> list[Data]:
    """What those responsible for work packages have last reported, where something is wrong."""
    return [
        {
            "number": one.number,
            "package": one.package,
            "state": one.state,
            "who": one.sent_by.name if one.sent_by else "",
            "text": (one.problems or one.needs).strip().split("\n")[0][:300],
        }
        for one in checkpoints.latest(project, since)
        if one.problems or one.needs
    ][:MOST]


def _goals(project: Project) -> list[Data]:
    return [
        {
            "level": goal.level,
            "text": goal.description,
            "met": sum(one.result == CriterionResult.MET for one in criteria),
            "not_met": sum(one.result == CriterionResult.NOT_MET for one in criteria),
            "total": len(criteria),
        }
        for goal in projects.goals(project)
        for criteria in [list(goal.success_criteria.all())]
    ]
