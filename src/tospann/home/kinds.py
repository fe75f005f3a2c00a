"""What can be begun from any page, the most frequent first, and what each needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.ui.jinja import maybe_url


@dataclass(frozen=True)
class Kind:
    """One entry of the menu: where its form is in a project, and whether that is a dialog."""

    label: Promise
    title: Promise
    route: str
    icon: str
    power: Power
    is_dialog: bool = True
    in_projects_only: bool = False

    def address(self, key: str) -> str | None:
        return maybe_url(self.route, key)

    def is_for(self, actor: Actor, scope: UUID = ORGANISATION_SCOPE) -> bool:
        """Whether the actor may begin it in the project, or in any of hers."""
        return not rule(actor, self.power, scope).is_refused


KINDS: Mapping[str, Kind] = {
    "action": Kind(_("Action"), _("New action"), "new_action", "task", Power.OWN_ACTIONS),
    "note": Kind(
        _("Telephone note"), _("New telephone note"), "new_note", "phone", Power.RAISE
    ),
    "risk": Kind(_("Risk"), _("New risk"), "new_risk", "risk", Power.RAISE),
    "problem": Kind(_("Problem"), _("New problem"), "new_problem", "octagon", Power.RAISE),
    "meeting": Kind(
        _("Meeting"), _("New meeting"), "new_meeting", "meeting", Power.KEEP_MINUTES
    ),
    "decision": Kind(
        _("Decision"), _("New decision"), "record_decision", "decision", Power.DECIDE
    ),
    "document": Kind(
        _("Document"), _("New document"), "new_document", "document", Power.KEEP_DOCUMENTS
    ),
    "task": Kind(
        _("Task in the plan"), _("New task"), "new_task", "plan", Power.EDIT_PLAN,
        in_projects_only=True,
    ),
    "case": Kind(
        _("Case for decision"), _("New case"), "new_case", "case", Power.PREPARE,
        in_projects_only=True,
    ),
}  # fmt: skip
