"""A draft as somebody has it before her: brought to the plan as it is now, tried, and judged."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tospann.cases.comparing import SHOWN
from tospann.foundation.authority import Actor, Ruling
from tospann.foundation.errors import Invalid, Stale
from tospann.planning import consequences
from tospann.planning import queries as plans
from tospann.planning.drafts import applying, drafting, money, queries, showing
from tospann.planning.drafts.models import Draft
from tospann.planning.models import Plan
from tospann.planning.prepare import Prepared
from tospann.planning.rebase import Clash
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest


@dataclass(frozen=True)
class Desk:
    """``tried`` is None while somebody must choose about ``clashes``, and when it is closed."""

    actor: Actor
    head: Plan
    draft: Draft
    editing: Ruling
    clashes: tuple[Clash, ...]
    tried: Prepared | None
    wrong: str = ""

    @property
    def mark(self) -> str:
        """Another one whenever there is something else to show."""
        state = f"{self.draft.version}.{self.draft.state}.{self.head.revision}"
        return f"{state}.{len(self.clashes)}"

    def require_clear(self) -> None:
        """Refuse what needs the draft to fit the plan as it is now, while it does not."""
        if self.wrong:
            raise Invalid(self.wrong)
        if self.clashes:
            raise Invalid(_("Choose first what counts where the plan has changed."))

    def require_version(self, version: int) -> None:
        if version != self.draft.version:
            raise Stale(self.draft.name)


def desk_of(request: ProjectRequest, project: Project, pk: UUID) -> Desk:
    """The draft, if the actor may see it, put on the plan as it is now."""
    return open_on(request.actor, plans.existing_plan(project), pk)


def open_on(actor: Actor, head: Plan, pk: UUID) -> Desk:
    draft = queries.draft(actor, head.project, pk)
    editing = queries.editing(actor, head, draft)
    clashes: tuple[Clash, ...] = ()
    tried, wrong = None, ""
    if draft.is_open:
        try:
            clashes = drafting.follow(actor, head, draft)
            tried = None if clashes else drafting.tried(head, draft)
        except Invalid as error:
            wrong = error.message
    return Desk(actor, head, draft, editing, clashes, tried, wrong)


def panel_of(desk: Desk, *, full: bool = False) -> dict[str, Any]:
    """What the panel shows: who decides, what changes, and what that does.

    ``full`` has the percentiles too, which take longer.
    """
    shown: dict[str, Any] = {"mark": desk.mark, "wrong": desk.wrong, "clashes": desk.clashes}
    if desk.tried is None:
        lists: dict[str, list[Any]] = {"changes": [], "moved": [], "money": []}
        return {**shown, "deciding": None, "found": None, **lists}
    head, draft = desk.head, desk.draft
    compute = consequences.full if full else consequences.quick
    counts = not draft.is_empty
    spent = money.operations(head.project, draft.money)
    return {
        **shown,
        **SHOWN,
        "counts": counts,
        "deciding": applying.ruling(desk.actor, head, draft),
        "found": compute(desk.actor, head, desk.tried, spent) if counts else None,
        "changes": showing.changes(draft, desk.tried),
        "moved": showing.moved_rows(desk.tried),
        "money": money.shown(head.project, draft.money),
    }
