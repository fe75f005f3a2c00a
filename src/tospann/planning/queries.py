"""Reading plans. Lists are plain rows, never whole plans; counts are kept, not counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

import planengine as engine
from planengine.codec import encoder
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.errors import Gone
from tospann.foundation.statements import One
from tospann.planning import store
from tospann.planning.models import (
    Activity,
    ActivityLink,
    Kind,
    Plan,
    Revision,
    RevisionKind,
    RevisionTouch,
    StagedImport,
    State,
)
from tospann.projects.models import Project
from tospann.projects.queries import members, visible_projects
from tospann.ui.round_trip import Asked, Question, Rows

PAGE = 100
LARGEST = 2**63 - 1
"""Numbers beyond it no database keeps."""
Row = dict[str, Any]
"""``uid, number, level, name, kind, start, finish, percent, state, is_late, responsible …``"""
COLUMNS = (
    "uid",
    "parent_uid",
    "position",
    "number",
    "level",
    "name",
    "kind",
    "start",
    "finish",
    "duration",
    "percent",
    "state",
    "deadline",
    "is_active",
    "is_critical",
    "baseline_start",
    "baseline_finish",
    "responsible_id",
    "responsible__name",
)


_by_project = One(Plan, "project")


def plan(project: Project) -> Plan | None:
    """The head of the project's plan, if it has one."""
    found = _by_project(project.pk)
    if found is not None:
        found.project = project
    return found


def existing_plan(project: Project) -> Plan:
    found = plan(project)
    if found is None:
        raise Gone
    return found


def plan_of(project: Project) -> engine.Plan:
    """The whole plan as the engine's frozen value; an empty one when there is none yet."""
    head = plan(project)
    return store.load(head).plan if head else engine.Plan()


@dataclass(frozen=True)
class Filters:
    """Which rows of a plan to list."""

    text: str = ""
    kind: str = ""
    state: str = ""
    responsible: UUID | None = None
    under: int | None = None

    def __bool__(self) -> bool:
        return bool(self.text or self.kind or self.state or self.responsible)


@dataclass(frozen=True)
class Page:
    """One page of rows."""

    rows: list[Row]
    number: int
    pages: int
    total: int


def activities(project: Project, filters: Filters, number: int = 1, size: int = PAGE) -> Page:
    """One page of the plan in outline order: two queries, one more inside a summary."""
    found = _filtered(project, filters)
    total = found.count()
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    rows = found.order_by("position").values(*COLUMNS)[(number - 1) * size : number * size]
    return Page(shown(rows), number, pages, total)


def part(project: Project, filters: Filters, offset: int, limit: int) -> tuple[list[Row], int]:
    """Some rows of the plan, and how many there are."""
    found = _filtered(project, filters)
    rows = found.order_by("position").values(*COLUMNS)[offset : offset + limit]
    return shown(rows), found.count()


def _filtered(project: Project, filters: Filters) -> QuerySet[Activity]:
    rows = Activity.objects.filter(project=project)
    if filters.text:
        rows = rows.filter(name__icontains=filters.text[:200])
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.responsible:
        rows = rows.filter(responsible=filters.responsible)
    if filters.under is not None:
        rows = rows.filter(_within(project, filters.under))
    match filters.state:
        case "late":
            rows = rows.filter(_late(timezone.localdate()))
        case "open":
            rows = rows.exclude(state=State.DONE)
        case "critical":
            rows = rows.filter(is_critical=True)
        case "":
            pass
        case state:
            rows = rows.filter(state=state)
    return rows


def _late(today: date) -> Q:
    return Q(finish__lt=today, is_active=True) & ~Q(kind=Kind.SUMMARY) & ~Q(state=State.DONE)


def _within(project: Project, uid: int) -> Q:
    """A summary and what lies below it: neighbours, because rows stand in outline order."""
    top = Activity.objects.filter(project=project, uid=uid).values("position", "level").first()
    if top is None:
        return Q(pk=None)
    after = Activity.objects.filter(
        project=project, position__gt=top["position"], level__lte=top["level"]
    )
    end = after.order_by("position").values_list("position", flat=True).first()
    inside = Q(position__gte=top["position"])
    return inside if end is None else inside & Q(position__lt=end)


def shown(rows: Iterable[Mapping[str, Any]], today: date | None = None) -> list[Row]:
    """Rows as pages show them: with whether they are late, and the responsible by name."""
    now = today or timezone.localdate()
    found = []
    for row in rows:
        finish = row["finish"]
        open_ = row["state"] != State.DONE and row["kind"] != Kind.SUMMARY
        late = bool(open_ and finish and finish < now)
        is_past = bool(open_ and row.get("deadline") and finish and finish > row["deadline"])
        name = row.get("responsible__name") or ""
        found.append({**row, "responsible": name, "is_late": late, "misses_deadline": is_past})
    return found


def milestones(project: Project) -> list[Row]:
    """Every milestone by date: one query."""
    rows = Activity.objects.filter(project=project, kind=Kind.MILESTONE, is_active=True)
    return shown(rows.order_by(F("finish").asc(nulls_last=True), "position").values(*COLUMNS))


def upcoming_milestones(project: Project, limit: int = 5) -> list[Row]:
    """The next milestones that are not reached, late ones first: one query."""
    rows = Activity.objects.filter(project=project, kind=Kind.MILESTONE, is_active=True)
    rows = rows.filter(finish__isnull=False).exclude(state=State.DONE)
    return shown(rows.order_by("finish", "position").values(*COLUMNS)[:limit])


def soon(project: Project, today: date | None = None) -> list[tuple[str, list[Row]]]:
    """What is late, what is due this week and what the week after: one query."""
    now = today or timezone.localdate()
    sunday = now + timedelta(days=6 - now.weekday())
    rows = Activity.objects.filter(project=project, is_active=True, finish__isnull=False)
    rows = rows.exclude(kind=Kind.SUMMARY).exclude(state=State.DONE)
    rows = rows.filter(Q(finish__lte=sunday + timedelta(days=7)))
    found = shown(rows.order_by("finish", "position").values(*COLUMNS)[:300], now)
    later = [row for row in found if not row["is_late"]]
    return [
        (_("Late"), [row for row in found if row["is_late"]]),
        (_("This week"), [row for row in later if row["finish"] <= sunday]),
        (_("Next week"), [row for row in later if row["finish"] > sunday]),
    ]


def late_count(project: Project) -> int:
    return Activity.objects.filter(_late(timezone.localdate()), project=project).count()


def tasks_of(
    person_id: UUID,
    *,
    until: date | None = None,
    projects: Iterable[UUID] | None = None,
    limit: int = 100,
) -> list[Row]:
    """What a person is responsible for and has not finished, in all projects, by date: one query.

    With ``until``, what has begun or begins by then, or should be finished by then.
    """
    rows = Activity.objects.filter(responsible=person_id, is_active=True)
    rows = rows.exclude(kind=Kind.SUMMARY).exclude(state=State.DONE)
    if projects is not None:
        rows = rows.filter(project__in=list(projects))
    if until is not None:
        rows = rows.filter(Q(finish__lte=until) | Q(start__lte=until))
    columns = (*COLUMNS, "project_id", "project__key", "project__name")
    ordered = rows.order_by(F("finish").asc(nulls_last=True), "position")
    return shown(ordered.values(*columns)[:limit])


def my_tasks(actor: Actor, *, days: int = 7) -> list[Row]:
    """The actor's own tasks for the coming days, in the projects she still sees."""
    if actor.person_id is None:
        return []
    until = timezone.localdate() + timedelta(days=days)
    seen = visible_projects(actor).values_list("pk", flat=True)
    return tasks_of(actor.person_id, until=until, projects=seen)


@dataclass(frozen=True)
class Link:
    """A dependency as the page of an activity shows it."""

    uid: int
    number: str
    name: str
    kind: str


@dataclass(frozen=True)
class Whole:
    """One activity with its surroundings."""

    row: Row
    content: engine.Activity
    parents: list[Row]
    predecessors: list[Link]
    successors: list[Link]


def activity(project: Project, uid: int) -> Whole:
    """One activity, what it lies under and what it waits for: one query; 404."""
    found = _whole(project.pk, uid) if uid <= LARGEST else {}
    if not found.get("itself"):
        raise Gone
    row = shown(found["itself"])[0]
    return Whole(
        row=row,
        content=store.activity(row.pop("content")),
        parents=found["parents"],
        predecessors=[Link(**link) for link in found["predecessors"] if link["name"] is not None],
        successors=[Link(**link) for link in found["successors"] if link["name"] is not None],
    )


def _whole_question(project_id: UUID, uid: int) -> Question:
    of = Activity.objects.filter(project=project_id)
    itself = of.filter(uid=uid)
    above = of.filter(kind=Kind.SUMMARY, position__lt=Subquery(itself.values("position")[:1]))
    numbered = above.annotate(below=Subquery(itself.values("number")[:1]))
    parents = numbered.filter(below__startswith=Concat("number", Value(".")))
    links = ActivityLink.objects.filter(project=project_id)
    return Project.objects.filter(pk=project_id), {
        "itself": Rows(itself, **{name: name for name in (*COLUMNS, "content")}),
        "parents": Rows(parents.order_by("position"), uid="uid", name="name"),
        "predecessors": _ends(of, links.filter(successor=uid), "predecessor"),
        "successors": _ends(of, links.filter(predecessor=uid), "successor"),
    }


_whole = Asked(_whole_question)


def _ends(of: QuerySet[Activity], links: QuerySet[ActivityLink], end: str) -> Rows:
    """The links by what is at their other end."""
    other = of.filter(uid=OuterRef(end))
    number, name = (Subquery(other.values(field)[:1]) for field in ("number", "name"))
    return Rows(links.order_by("pk"), uid=end, number=number, name=name, kind="kind")


def content_json(content: engine.Activity) -> dict[str, Any]:
    """An activity in the engine's JSON form."""
    found: dict[str, Any] = encoder(engine.Activity)(content)
    return found


def may_report(actor: Actor, head: Plan, row: Row) -> bool:
    """Whether the actor may report progress on this: her own, or any when she keeps the plan."""
    if row["kind"] == Kind.SUMMARY:
        return False
    mine = actor.person_id is not None and row["responsible_id"] == actor.person_id
    power = Power.REPORT_PROGRESS if mine else Power.EDIT_PLAN
    return rule(actor, power, head.project_id).may_decide


def history_of(head: Plan, uid: int, language: str) -> list[Row]:
    """What was done to an activity, newest first: one query."""
    return [_told(row, language, uid) for row in _history(head.pk, uid)["revisions"]]


def _history_question(plan_id: UUID, uid: int) -> Question:
    touched = RevisionTouch.objects.filter(plan=plan_id, uid=uid).values("number")
    about = Q(number__in=touched) | Q(kind__in=(RevisionKind.IMPORT, RevisionKind.BASELINE))
    found = Revision.objects.filter(about, plan=plan_id).order_by("-number")[:20]
    revisions = Rows(found, **{name: name for name in _REVISION})
    return Plan.objects.filter(pk=plan_id), {"revisions": revisions}


_REVISION = ("number", "kind", "sentences", "created_at", "actor_name", "sequence", "is_decided")
_history = Asked(_history_question)


def revisions(head: Plan, language: str, number: int = 1, size: int = 50) -> Page:
    """The revisions, newest first: one query (they are numbered without holes)."""
    pages = max(1, -(-head.revision // size))
    number = min(max(number, 1), pages)
    rows = Revision.objects.filter(plan=head).order_by("-number").values(*_REVISION)
    told = [_told(row, language) for row in rows[(number - 1) * size : number * size]]
    return Page(told, number, pages, head.revision)


def revision_part(head: Plan, language: str, offset: int, limit: int) -> list[Row]:
    rows = Revision.objects.filter(plan=head).order_by("-number").values(*_REVISION)
    return [_told(row, language) for row in rows[offset : offset + limit]]


def _told(row: Mapping[str, Any], language: str, uid: int | None = None) -> Row:
    key = "nb" if language.startswith("n") else "en"
    said = [
        one[key] for one in row["sentences"] if uid is None or not one["uids"] or uid in one["uids"]
    ]
    kind = RevisionKind(row["kind"])
    return {**row, "kind": kind, "sentences": said, "label": kind.label}


def staged(project: Project, pk: UUID) -> StagedImport:
    """A file that was read and waits, without its content; 404 when it is gone."""
    found = StagedImport.objects.defer("content").filter(project=project, pk=pk).first()
    if found is None:
        raise Gone
    return found


def preview(file: StagedImport) -> list[Row]:
    """The first rows of a file that waits, with dates as dates."""
    return [
        {
            **row,
            **{name: date.fromisoformat(row[name]) for name in ("start", "finish") if row[name]},
        }
        for row in file.report["preview"]
    ]


def people_choices(project: Project) -> list[tuple[str, str]]:
    """Those who can be responsible for a task."""
    rows = members(project).values_list("person_id", "person__name").distinct()
    return [(str(pk), name) for pk, name in rows]


def parent_choices(project: Project, of: Whole | None, limit: int = 300) -> list[tuple[str, str]]:
    """The summaries a task can lie under, its own parent always among them."""
    which = Q(kind=Kind.SUMMARY)
    if of is not None and of.row["parent_uid"]:
        which |= Q(uid=of.row["parent_uid"])
    rows = Activity.objects.filter(which, project=project)
    if of is not None:
        inside = _within(project, of.row["uid"])
        rows = rows.exclude(inside)
    found = rows.order_by("position").values_list("uid", "number", "name")[:limit]
    return [(str(uid), f"{number} {name}"[:120]) for uid, number, name in found]
