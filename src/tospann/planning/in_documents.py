"""What documents say of the plan: its milestones as a table, its outline as a drawing in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import planengine as engine
from planengine.edits import Edit
from tospann.blanks import live
from tospann.blanks.live import ID, REF, Change, Drawn, Register, Row
from tospann.foundation.authority import Actor
from tospann.planning import changes as edits_of
from tospann.planning import commands, queries
from tospann.planning.models import Activity, Kind
from tospann.planning.projection import day_of
from tospann.projects.models import Project
from tospann.ui import formats

COLUMNS = ("milestone", "time")
_REF = "planning.milestone:"
DEEPEST, MOST = 2, 60


def register() -> None:
    label = gettext_lazy("the plan's milestones")
    live.keeps(Register("milestones", label, COLUMNS, _rows, _write, _link))
    live.draws("gantt", _outline)
    live.refers("milestone", lambda of: [row["name"] for row in queries.milestones(of)])
    live.suggests("milestones.lines", label, _lines)


def _link(of: Project) -> str:
    return reverse("milestones", args=[of.key])


def _rows(of: Project, language: str) -> list[Row]:
    return [
        {
            REF: f"{_REF}{row['uid']}",
            ID: f"p{row['uid']}",
            "milestone": row["name"],
            "time": row["finish"].isoformat() if row["finish"] else None,
        }
        for row in queries.milestones(of)
    ]


def _write(actor: Actor, of: Project, changes: Sequence[Change]) -> None:
    """All of them as one change of the plan."""
    head = queries.plan(of)
    if head is None:
        return
    rows = {one.uid: one for one in queries.plan_of(of).activities}
    edits: list[Edit] = []
    fresh = head.next_uid
    for change in changes:
        said = _said(change)
        if not said["name"]:
            continue
        if not change.ref:
            edits += edits_of.new_task(fresh, said)
            fresh += 1
        elif one := rows.get(int(change.ref.removeprefix(_REF))):
            edits += edits_of.of_task(one, _as_it_is(one) | said, has_children=False)
    if edits:
        stored = [engine.edit_to_json(edit) for edit in edits]
        commands.apply_edits(actor, head, base_revision=head.revision, edits=stored)


def _said(change: Change) -> dict[str, Any]:
    typed = change.row.get("time")
    day = date.fromisoformat(str(typed)) if typed else None
    name = " ".join(str(change.row.get("milestone") or "").split())[:200]
    found: dict[str, Any] = {"name": name, "start": day, "finish": day, "milestone": True}
    return found if change.ref else found | {"parent": None}


def _as_it_is(one: engine.Activity) -> dict[str, Any]:
    return {
        "responsible": one.responsible,
        "deadline": day_of(one.deadline),
        "notes": one.notes,
        "parent": one.parent,
    }


def _outline(of: Project, language: str) -> Drawn:
    found = Activity.objects.filter(project=of, is_active=True, level__lte=DEEPEST)
    rows = found.order_by("position").values_list("level", "name", "kind", "start", "finish")[:MOST]
    shown = tuple(
        (
            "\u2003" * (level - 1) + name + (" ◆" if kind == Kind.MILESTONE else ""),
            formats.short_date(start, language) if start and kind != Kind.MILESTONE else "",
            formats.short_date(finish, language) if finish else "",
        )
        for level, name, kind, start, finish in rows
    )
    heads = (_("Task"), _("Start"), _("Finish"))
    return Drawn(_("From the plan"), reverse("plan", args=[of.key]), "", heads, shown)


def _lines(of: Project, language: str) -> str:
    return "\n".join(
        f"{formats.short_date(row['finish'], language)}: {row['name']}"
        if row["finish"]
        else str(row["name"])
        for row in queries.milestones(of)
    )
