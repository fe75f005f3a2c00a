"""Everything that changes a plan. All of it ends in one write: a new revision."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import get_language, gettext
from pydantic import Field

import planengine as engine
from tospann.foundation.arguments import Hash, OptionalLine
from tospann.foundation.audit import canonical
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.planning import baselines, history, limits, progress, staging
from tospann.planning.history import require_current, sentences, write_down
from tospann.planning.models import Kind, Plan, Revision, RevisionKind, StagedImport
from tospann.planning.prepare import Prepared, once, parsed, prepare, prepared, replaced
from tospann.planning.skeleton import empty_plan
from tospann.projects.models import Project

Edits = Annotated[list[dict[str, Any]], Field(max_length=5000)]
SomeEdits = Annotated[list[dict[str, Any]], Field(min_length=1, max_length=5000)]
Revised = Annotated[int, Field(ge=0)]
Which = Annotated[str, Field(min_length=1, max_length=20, description="Revision, or its key")]
MOST_BYTES = 4_000_000


@command(needs=Power.EDIT_PLAN, undoable=False)
def start_plan(
    actor: Actor, project: Project, *, name: OptionalLine = "", edits: Edits | None = None
) -> Plan:
    """Start the plan"""
    if Plan.objects.filter(project=project).exists():
        raise Invalid(gettext("The project already has a plan."))
    head = Plan(id=new_id(), project=project, name=name or project.name)
    head.save()
    first = replaced(head, empty_plan(head.name, project.start, project.finish))
    if edits:
        tried = prepared(head, [engine.ReplacePlan(first.after.plan), *parsed(edits)])
        first = replaced(head, tried.after.plan)
    write_down(actor, head, first, RevisionKind.EDIT, [_started(head.name)])
    return head


def _started(name: str) -> history.Said:
    return {
        "uids": [],
        "nb": f"Startet planen «{name}».",
        "en": f"Started the plan “{name}”.",
    }


@command(needs=Power.EDIT_PLAN, kind="plan", measures=limits.of_edits)
def apply_edits(actor: Actor, head: Plan, *, base_revision: Revised, edits: SomeEdits) -> Revision:
    """Change the plan"""
    require_current(head, base_revision)
    if len(canonical(edits)) > MOST_BYTES:
        raise Invalid(gettext("This is too much at once. Divide it."), "edits")
    tried = prepare(head, edits)
    if tried.after.hash == tried.before.hash:
        raise Invalid(gettext("This changes nothing."), "edits")
    return _carry_out(actor, head, tried, RevisionKind.EDIT)


@command(needs=Power.REPORT_PROGRESS)
def report_progress(
    actor: Actor,
    head: Plan,
    *,
    uid: int,
    percent: Annotated[float, Field(ge=0, le=100)],
    actual_start: date | None = None,
    actual_finish: date | None = None,
) -> Revision:
    """Report progress"""
    before = prepared(head, ()).before
    row = before.rows.get(uid)
    if row is None:
        raise Invalid(gettext("There is no such activity in the plan."), "uid")
    if row.kind == Kind.SUMMARY:
        raise Invalid(gettext("A summary task adds up the progress of what lies under it."), "uid")
    mine = actor.person_id is not None and row.responsible_id == actor.person_id
    if not mine and actor.mandate is None and not apply_edits.ruling(actor, head).may_decide:
        raise NotAllowed(gettext("You report progress on your own tasks."))
    one = next(one for one in before.plan.activities if one.uid == uid)
    edits = progress.edits(one, percent, actual_start, actual_finish, timezone.localdate())
    return _carry_out(actor, head, prepared(head, edits), RevisionKind.PROGRESS)


Worked = Annotated[dict[int, Annotated[Decimal, Field(ge=0)]], Field(max_length=5000)]


@command(needs=Power.APPROVE_HOURS, undoable=False, exposed=False)
def record_work(actor: Actor, head: Plan, *, hours: Worked) -> Revision | None:
    """Record hours worked

    All that each task has taken by now. Tasks that have left the plan are passed over.
    """
    before = prepared(head, ()).before
    rows = [one for one in before.plan.activities if one.uid in hours]
    edits = [edit for one in rows if (edit := progress.worked(one, hours[one.uid]))]
    if not edits:
        return None
    tried = prepared(head, edits)
    return write_down(actor, head, tried, RevisionKind.PROGRESS, [_worked(edits)])


def _worked(edits: list[engine.SetProgress]) -> history.Said:
    uids, n = [edit.uid for edit in edits], len(edits)
    return {
        "uids": uids,
        "nb": f"Førte timer på {n} {'oppgave' if n == 1 else 'oppgaver'}.",
        "en": f"Recorded hours on {n} {'task' if n == 1 else 'tasks'}.",
    }


@command(needs=Power.CHANGE_BASELINE, kind="baseline")
def set_baseline(
    actor: Actor, head: Plan, *, base_revision: Revised, name: OptionalLine = ""
) -> Revision:
    """Freeze the plan"""
    require_current(head, base_revision)
    tried = prepared(head, [engine.SetBaseline(0)])
    head.baselines = baselines.kept(head, name, timezone.localdate())
    head.baseline_revision = head.revision + 1
    said = [_frozen(name)] if name else sentences(tried.edits, tried.before.plan)
    return write_down(actor, head, tried, RevisionKind.BASELINE, said, is_decided=True)


def _frozen(name: str) -> history.Said:
    return {
        "uids": [],
        "nb": f"Frøs planen som «{name}».",
        "en": f"Froze the plan as “{name}”.",
    }


@command(needs=Power.CHANGE_BASELINE, kind="baseline")
def rename_baseline(actor: Actor, head: Plan, *, baseline: Which, name: OptionalLine = "") -> Plan:
    """Rename a baseline"""
    head.baselines = baselines.renamed(head, baseline, name)
    head.save()
    return head


@command(needs=Power.CHANGE_BASELINE, kind="baseline")
def remove_baseline(actor: Actor, head: Plan, *, baseline: Which) -> Revision:
    """Remove a baseline

    Where it is the one in force, the one before it is in force again.
    """
    label = baselines.existing(head, baseline).label
    left, edits = baselines.taken_away(head, baseline)
    head.baselines, head.baseline_revision = left, baselines.last_frozen(left)
    return write_down(actor, head, prepared(head, edits), RevisionKind.EDIT, [_taken_away(label)])


def _taken_away(label: str) -> history.Said:
    return {
        "uids": [],
        "nb": f"Fjernet referanseplanen «{label}».",
        "en": f"Removed the baseline “{label}”.",
    }


@remove_baseline.undo
def _bring_back(actor: Actor, head: Plan, entry: AuditEntry) -> None:
    was = ((entry.detail.changes or {}).get(entry.subject) or {}).get("fields", {})
    revision = _latest_of(head, entry)
    head.baselines = was["baselines"][0]
    head.baseline_revision = baselines.last_frozen(head.baselines)
    _take_back(actor, head, revision)


def _of_import(head: Plan, arguments: Any) -> Mapping[str, Decimal]:
    require_current(head, arguments.base_revision)
    return limits.of_change(head, _staged(head, arguments.staged, arguments.content_hash)[1])


@command(needs=Power.EDIT_PLAN, kind="plan", measures=_of_import)
def import_plan(
    actor: Actor,
    head: Plan,
    *,
    staged: staging.StagedId,
    content_hash: Hash,
    base_revision: Revised,
) -> Revision:
    """Bring in a plan"""
    require_current(head, base_revision)
    file, tried = _staged(head, staged, content_hash)
    head.baselines = baselines.brought(head, tried.after.plan, timezone.localdate())
    said = staging.said(file, len(tried.after.rows))
    revision = write_down(actor, head, tried, RevisionKind.IMPORT, [said])
    file.delete()
    return revision


def _staged(
    head: Plan, staged: staging.StagedId, content_hash: str
) -> tuple[StagedImport, Prepared]:
    file = StagedImport.objects.filter(pk=staged, project_id=head.project_id).first()
    if file is None or file.content_hash != content_hash:
        raise Invalid(gettext("The imported file is no longer kept. Import it again."), "staged")
    key = ("import", head.content_hash, content_hash, str(head.baseline_revision))
    return file, once(key, lambda: replaced(head, staging.merged(head, staging.content(file))))


def require_editor(actor: Actor, head: Plan) -> None:
    """Refuse, with the reason, whoever may neither change the plan nor propose to."""
    ruling = apply_edits.ruling(actor, head)
    if ruling.is_refused:
        raise NotAllowed(str(ruling))


def _carry_out(actor: Actor, head: Plan, tried: Prepared, kind: RevisionKind) -> Revision:
    return write_down(actor, head, tried, kind, sentences(tried.edits, tried.before.plan))


@apply_edits.told
def _told(head: Plan, arguments: Mapping[str, Any]) -> list[str]:
    """The sentences of proposed edits; none when they no longer fit the plan."""
    try:
        tried = prepared(head, parsed(arguments["edits"]))
    except CommandError:
        return []
    language = "nb" if get_language() == "nb" else "en"
    return [said[language] for said in sentences(tried.edits, tried.before.plan)][:50]


@set_baseline.told
def _told_of_freezing(head: Plan, arguments: Mapping[str, Any]) -> list[str]:
    name = arguments.get("name", "")
    if name:
        return [gettext("Freezes the plan as “%(name)s”.") % {"name": name}]
    return [gettext("Freezes the plan.")]


@rename_baseline.told
def _told_of_renaming(head: Plan, arguments: Mapping[str, Any]) -> list[str]:
    one = baselines.called(head, arguments["baseline"])
    words = {"was": one.label if one else arguments["baseline"], "name": arguments["name"]}
    return [gettext("“%(was)s” is called “%(name)s”.") % words]


@remove_baseline.told
def _told_of_removing(head: Plan, arguments: Mapping[str, Any]) -> list[str]:
    one = baselines.called(head, arguments["baseline"])
    label = one.label if one else arguments["baseline"]
    return [gettext("Removes the baseline “%(name)s”.") % {"name": label}]


@apply_edits.undo
@report_progress.undo
@set_baseline.undo
@import_plan.undo
def _undo(actor: Actor, head: Plan, entry: AuditEntry) -> None:
    revision = _latest_of(head, entry)
    head.baselines = baselines.without(head, revision.number)
    head.baseline_revision = baselines.last_frozen(head.baselines)
    _take_back(actor, head, revision)


def _latest_of(head: Plan, entry: AuditEntry) -> Revision:
    """The revision the act made, while it is the latest."""
    revision = Revision.objects.filter(plan=head, sequence=entry.sequence).first()
    if revision is None or revision.number != head.revision:
        raise history.changed_since(head, revision.number if revision else head.revision)
    return revision


def _take_back(actor: Actor, head: Plan, revision: Revision) -> None:
    if revision.inverse is None:
        tried = replaced(head, history.plan_at(head, revision.number - 1))
    else:
        tried = prepared(head, parsed(revision.inverse))
    said = [_undone(one) for one in revision.sentences]
    write_down(actor, head, tried, RevisionKind.UNDO, said)


def _undone(said: history.Said) -> history.Said:
    return {
        "uids": said["uids"],
        "nb": f"Angret: {said['nb']}",
        "en": f"Undid: {said['en']}",
    }
