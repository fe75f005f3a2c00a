"""Prepared changes of the plan follow it while they wait to be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from tospann.cases.rebasing import Rebased
from tospann.foundation.commands import Operation
from tospann.foundation.errors import CommandError
from tospann.planning import commands, queries
from tospann.planning.models import Plan
from tospann.planning.prepare import prepare
from tospann.planning.rebase import Clash, rebase
from tospann.projects.models import Project

EDITS, BASELINE = commands.apply_edits.name, commands.set_baseline.name
IMPORT = commands.import_plan.name
OF_BASELINES = {commands.rename_baseline.name, commands.remove_baseline.name}
FOLLOWING = {EDITS, BASELINE, IMPORT, *OF_BASELINES}


def on_the_latest(project: Project, operations: Sequence[Operation]) -> Rebased:
    """The operations on the plan as it is now; in words, what is in the way of that."""
    head = queries.plan(project)
    if head is None or all(one.command not in FOLLOWING for one in operations):
        return Rebased(tuple(operations))
    following = _Following(head)
    found = tuple(following.follow(one) for one in operations)
    return Rebased(found, tuple(following.conflicts))


class _Following:
    """Goes through a list of operations: each change of the plan makes one revision more."""

    def __init__(self, head: Plan) -> None:
        self.head = head
        self.made = 0
        self.conflicts: list[str] = []

    def follow(self, one: Operation) -> Operation:
        base = _base(one)
        if base is None:
            return self._now(one) if one.command in OF_BASELINES else one
        now = self.head.revision + self.made
        self.made += 1
        if base == now:
            return self._now(one)
        if one.command == EDITS and self.made == 1:
            return self._rebased(one, base)
        if one.command == BASELINE:  # the plan as it is when it is decided
            return _on(one, now, one.arguments)
        self.conflicts.append(_("The plan has been changed since this was prepared."))
        return one

    def _now(self, one: Operation) -> Operation:
        """As it is: what it is about is the same, though something else of the head changed."""
        is_so = one.expected_version in {None, self.head.version}
        return one if is_so else replace(one, expected_version=None)

    def _rebased(self, one: Operation, base: int) -> Operation:
        try:
            found = rebase(self.head, base, one.arguments["edits"])
            self.conflicts += [_said(clash) for clash in found.conflicts]
            if found.conflicts or not self._changes(found.stored):
                return one
        except CommandError as error:
            self.conflicts.append(error.message)
            return one
        return _on(one, self.head.revision, {**one.arguments, "edits": found.stored})

    def _changes(self, edits: Sequence[Mapping[str, Any]]) -> bool:
        tried = prepare(self.head, edits)
        changes = tried.after.hash != tried.before.hash
        if not changes:
            self.conflicts.append(_("The plan is already as this would make it."))
        return changes


def _base(one: Operation) -> int | None:
    plans = one.command in {EDITS, BASELINE, IMPORT}
    return int(one.arguments["base_revision"]) if plans else None


def _on(one: Operation, revision: int, arguments: Mapping[str, Any]) -> Operation:
    # The revision says which plan it was made for; the record's own version need not.
    return replace(one, arguments={**arguments, "base_revision": revision}, expected_version=None)


def _said(clash: Clash) -> str:
    """A conflict in a sentence, with both values where there are any."""
    if not clash.field:
        return clash.sentence or clash.row
    return _("%(row)s, %(field)s: %(mine)s here, %(theirs)s in the plan now.") % {
        "row": clash.row,
        "field": clash.field,
        "mine": clash.mine,
        "theirs": clash.theirs,
    }
