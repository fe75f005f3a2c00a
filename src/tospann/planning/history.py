"""The revisions of a plan: written down with every change, and how the plan was at any of them."""

import json
import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

import planengine as engine
from planengine.codec import canonical
from planengine.edits import Edit
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Stale
from tospann.foundation.transactions import sequence_now
from tospann.people.models import Person
from tospann.planning import store
from tospann.planning.dating import critical, dated
from tospann.planning.models import Plan, Revision, RevisionKind, RevisionTouch
from tospann.planning.prepare import Prepared
from tospann.planning.projection import totals_of
from tospann.planning.store import Loaded

EVERY = 50
"""A whole copy of the plan is kept this often; in between, the edits are enough."""
MOST_INVERSE = 200_000
MOST_TOUCHED = 500
MOST_SENTENCES = 200
_WHOLE = {RevisionKind.IMPORT, RevisionKind.BASELINE}
_PERSON = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Said = dict[str, Any]
"""``{"uids": [...], "nb": sentence, "en": sentence}``"""


def write_down(
    actor: Actor,
    head: Plan,
    tried: Prepared,
    kind: RevisionKind,
    said: Sequence[Said],
    *,
    is_decided: bool = False,
) -> Revision:
    """Write the changed plan: its rows, its head and its revision. Only inside a command."""
    differs = store.write(head, tried.before, tried.after, critical(tried.after))
    said = said[:MOST_SENTENCES]
    _write_head(head, tried, said)
    marks = tried.after.marks
    revision = Revision.objects.create(
        plan=head,
        number=head.revision,
        kind=kind,
        edits=[engine.edit_to_json(edit) for edit in tried.edits],
        inverse=_inverse(tried),
        sentences=list(said),
        content_hash=tried.after.hash,
        snapshot=_snapshot(tried.after.plan) if _is_whole(head, tried, kind) else None,
        marks=None if head.revision > 1 and marks == tried.before.marks else marks,
        is_decided=is_decided or actor.mandate is not None,
        sequence=sequence_now(),
        person_id=actor.person_id,
        actor_name=actor.name,
    )
    _write_touches(head, tried, differs)
    return revision


def _write_head(head: Plan, tried: Prepared, said: Sequence[Said]) -> None:
    totals = totals_of(tried.after.rows)
    head.revision += 1
    head.content_hash = tried.after.hash
    head.head = store.head_json(tried.after.plan)
    head.name = tried.after.plan.name[:200]
    # Numbers may have been reserved since the head was read.
    locked = Plan.objects.select_for_update().filter(pk=head.pk)
    reserved = locked.values_list("next_uid", flat=True).first() or 1
    head.next_uid = max(reserved, max(tried.after.rows, default=0) + 1)
    language = "nb" if head.project.language.startswith("n") else "en"
    lines = [one[language] for one in said[:10]]
    head.latest_change = "\n".join([*lines, "…"] if len(said) > 10 else lines)
    head.start, head.finish, head.percent = totals.start, totals.finish, totals.percent
    head.task_count, head.done_count = totals.task_count, totals.done_count
    head.milestone_count = totals.milestone_count
    head.is_uncertain = any(one.estimate for one in tried.after.plan.activities)
    head.save()


def _is_whole(head: Plan, tried: Prepared, kind: RevisionKind) -> bool:
    return kind in _WHOLE or tried.undo is None or head.revision % EVERY == 1


def _inverse(tried: Prepared) -> list[dict[str, Any]] | None:
    """The edits that lead back; None when they are as large as a plan (the history has it)."""
    if tried.undo is None:
        return None
    stored = [engine.edit_to_json(edit) for edit in tried.undo]
    return stored if len(json.dumps(stored)) <= MOST_INVERSE else None


def _write_touches(head: Plan, tried: Prepared, differs: engine.Difference) -> None:
    uids = {uid for edit in tried.edits for uid in touched(edit)}
    uids |= {row.uid for row in differs.activities.removed}
    if tried.undo is not None and len(uids) <= MOST_TOUCHED:
        RevisionTouch.objects.bulk_create(
            [RevisionTouch(plan=head, uid=uid, number=head.revision) for uid in sorted(uids)]
        )


def touched(edit: Edit) -> tuple[int, ...]:
    """The activities an edit is about."""
    match edit:
        case engine.AddActivity():
            return (edit.activity.uid,)
        case engine.AddLink() | engine.ChangeLink():
            return (edit.link.predecessor, edit.link.successor)
        case engine.RemoveLink():
            return (edit.predecessor, edit.successor)
        case engine.AddAssignment() | engine.ChangeAssignment():
            return (edit.assignment.activity,)
        case engine.RemoveActivity() | engine.MoveActivity():
            return (edit.uid,)
    uid = getattr(edit, "uid", None)
    return (uid,) if uid is not None and edit.kind.startswith("activity.") else ()


def sentences(edits: tuple[Edit, ...], plan: engine.Plan) -> list[Said]:
    """A sentence for each edit in both languages, people by their names."""
    if len(edits) > MOST_SENTENCES:
        edits = edits[:MOST_SENTENCES]
    both = {language: engine.describe_all(edits, plan, language) for language in ("nb", "en")}
    names = names_in(line for lines in both.values() for line in lines)
    return [
        {
            "uids": list(touched(edit)),
            "nb": with_names(both["nb"][place], names),
            "en": with_names(both["en"][place], names),
        }
        for place, edit in enumerate(edits)
    ]


def names_in(lines: Iterable[str]) -> dict[str, str]:
    """The names of the people whose ids stand in the lines: one query when there are any."""
    people = {pk for line in lines for pk in _PERSON.findall(line)}
    if not people:
        return {}
    found = Person.objects.filter(pk__in=[UUID(pk) for pk in people]).values_list("pk", "name")
    return {str(pk): name for pk, name in found}


def with_names(sentence: str, names: dict[str, str]) -> str:
    """The sentence with people by their names."""
    return _PERSON.sub(lambda found: names.get(found[0], found[0]), sentence)


def _snapshot(plan: engine.Plan) -> bytes:
    return zlib.compress(canonical(engine.to_json(plan)))


def unpacked(snapshot: bytes | memoryview) -> engine.Plan:
    return engine.from_json(json.loads(zlib.decompress(bytes(snapshot))))


def plan_at(head: Plan, number: int) -> engine.Plan:
    """The plan as it was at a revision."""
    return at(head, number).plan


def at(head: Plan, number: int, content_hash: str = "") -> Loaded:
    """The plan as it was at a revision, from memory when the process has met it; one query else,
    two when the caller does not know its hash.

    It is the nearest whole copy before it and the edits since. What comes of that must have the
    hash that was written down; where it has not, every step is dated as it was then, because an
    edit may keep the dates it finds.
    """
    revisions = Revision.objects.filter(plan=head, number__lte=number)
    hashes = revisions.order_by("-number").values_list("content_hash", flat=True)
    wanted = content_hash or hashes.first()
    if wanted is None:
        return store.EMPTY
    return store.known(wanted) or _rebuilt(revisions, wanted)


def _rebuilt(revisions: QuerySet[Revision], wanted: str) -> Loaded:
    start, edits = _whole_and_since(revisions)
    found = store.loaded(dated(engine.apply_all(start, [one for some in edits for one in some])))
    if found.hash == wanted:
        return found
    plan = start
    for some in edits:
        plan = dated(engine.apply_all(plan, some))
    return store.loaded(plan)


def _whole_and_since(revisions: QuerySet[Revision]) -> tuple[engine.Plan, list[list[Edit]]]:
    """The last whole copy among the revisions, and the edits of each revision after it."""
    whole = revisions.filter(snapshot__isnull=False).order_by("-number").values("number")[:1]
    steps = revisions.filter(number__gte=Subquery(whole)).order_by("number")
    start, edits = engine.Plan(), []
    for snapshot, stored in steps.values_list("snapshot", "edits"):
        if snapshot is not None:
            start = unpacked(snapshot)
        else:
            edits.append([engine.edit_from_json(edit) for edit in stored])
    return start, edits


def number_on(head: Plan, day: date) -> int:
    """The last revision of a day or before it, in the portal's time zone; 0 when there was none."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    before = Revision.objects.filter(plan=head, created_at__lt=end).order_by("-number")
    return before.values_list("number", flat=True).first() or 0


def hash_at(head: Plan, number: int) -> str:
    """The hash of the plan's content at a revision; empty when there is none such."""
    found = Revision.objects.filter(plan=head, number=number)
    return found.values_list("content_hash", flat=True).first() or ""


def require_current(head: Plan, base_revision: int) -> None:
    """Refuse what was made from an older revision, before anything else is said about it."""
    if base_revision != head.revision:
        raise changed_since(head, base_revision)


def changed_since(head: Plan, number: int) -> Stale:
    """What to say to somebody who worked on an older revision."""
    later = Revision.objects.filter(plan=head, number__gt=number).order_by("number")[:20]
    key = "nb" if (get_language() or "en").startswith("n") else "en"
    return Stale(
        str(head),
        [
            {
                "at": revision.created_at.isoformat(),
                "by": revision.actor_name,
                "revision": revision.number,
                "fields": {},
                "sentences": [said[key] for said in revision.sentences[:20]],
            }
            for revision in later
        ],
    )
