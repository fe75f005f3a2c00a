"""A plan made again from its revisions, and whether that is the plan that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import planengine as engine
from planengine.edits import Edit, EditError
from planengine.network import InvalidPlan
from tospann.planning import dating, history, store
from tospann.planning.hashing import content_hash
from tospann.planning.models import Activity, Plan, Revision
from tospann.planning.projection import Row, rows_of

MOST_FAULTS = 20
_COLUMNS = tuple(name for name in Row._fields if name != "responsible_id")
_REVISION = ("number", "edits", "snapshot", "content_hash")


@dataclass
class Replayed:
    """How many revisions were gone through, what they end in, and what is not as it should be."""

    revisions: int = 0
    content_hash: str = ""
    faults: list[str] = field(default_factory=list)

    def fault(self, sentence: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(sentence)


def replay(head: Plan) -> Replayed:
    """Every revision from the first, each against the hash it was written with; then the rows."""
    found = Replayed()
    plan = _last(head, found)
    found.content_hash = engine.content_hash(plan) if found.revisions else ""
    if found.revisions != head.revision:
        found.fault(f"the plan is at revision {head.revision}, its last is {found.revisions}")
    if found.content_hash != head.content_hash:
        found.fault("the plan that is kept has another hash than its last revision")
    _compare_rows(head, plan, found)
    return found


def _last(head: Plan, found: Replayed) -> engine.Plan:
    plan = engine.Plan()
    rows = Revision.objects.filter(plan=head).order_by("number").values(*_REVISION)
    for expected, row in enumerate(rows.iterator(chunk_size=50), 1):
        if row["number"] != expected:
            found.fault(f"revision {expected} is missing")
            break
        before, plan = plan, _next(plan, row, found)
        made = content_hash(plan, before)
        if made != row["content_hash"]:
            found.fault(f"revision {expected}: {made[:16]}, written as {row['content_hash'][:16]}")
            plan = _from_copy(row) or plan
        found.revisions += 1
    return plan


def _next(plan: engine.Plan, row: Mapping[str, Any], found: Replayed) -> engine.Plan:
    """The plan after a revision: its edits done and scheduled, or the whole copy it brought."""
    number = row["number"]
    if not row["edits"]:
        whole = _from_copy(row)
        if whole is None:
            found.fault(f"revision {number} has neither edits nor a copy of the plan")
        return whole or plan
    try:
        edits: list[Edit] = [engine.edit_from_json(edit) for edit in row["edits"]]
        return dating.dated(engine.apply_all(plan, edits))
    except (EditError, InvalidPlan) as error:
        found.fault(f"revision {number}: {error}")
        return plan


def _from_copy(row: Mapping[str, Any]) -> engine.Plan | None:
    return None if row["snapshot"] is None else history.unpacked(row["snapshot"])


def _compare_rows(head: Plan, plan: engine.Plan, found: Replayed) -> None:
    """What lists and pages read: the rows, and the columns made from them."""
    stored = store.read(head)
    for name in ("activities", "links", "calendars", "resources", "assignments"):
        if getattr(stored, name) != getattr(plan, name):
            found.fault(f"the {name} that are kept are not those of the revisions")
    if engine.content_hash(stored) != found.content_hash:
        found.fault("the rows that are kept make another plan than the revisions")
    expected = rows_of(plan)
    columns = Activity.objects.filter(project_id=head.project_id).order_by("position")
    kept = {row["uid"]: row for row in columns.values(*_COLUMNS, "is_critical")}
    if list(kept) != list(expected):
        found.fault("the rows do not stand in the order of the revisions")
    critical = dating.critical(store.loaded(plan))
    for uid, row in expected.items():
        has = kept.get(uid, {})
        differs = [name for name in _COLUMNS if has.get(name) != getattr(row, name)]
        if bool(has.get("is_critical")) is not (uid in critical):
            differs.append("is_critical")
        if differs:
            found.fault(f"activity {uid}: {', '.join(differs)}")
