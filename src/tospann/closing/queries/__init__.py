"""Everything that reads a closing: what is left, how it went, what was said and learned."""

from typing import Any

from tospann.closing.models import Closing
from tospann.foundation.authority import Actor, Power, rule, verdict, who_text
from tospann.foundation.commands import COMMANDS
from tospann.projects.models import Project

CLOSING = "closing"
"""What the authority matrix calls it."""


def rulings(actor: Actor, project: Project, closing: Closing | None) -> dict[str, Any]:
    """Who may prepare the closing, decide it, and open a closed project again."""
    prepares = rule(actor, Power.KEEP_REGISTERS, project.pk)
    ends = COMMANDS["closing.close_project"].ruling(actor, closing) if closing else None
    reopens = COMMANDS["closing.reopen_project"].ruling(actor, closing) if closing else None
    return {"prepares": prepares, "ends": ends, "reopens": reopens}


def who_closes(project: Project) -> str:
    """The owner, unless the project's authority matrix says otherwise."""
    who = verdict(Power.CLOSE_PROJECT, project.pk, CLOSING).who
    return who_text(who.roles, [one.name for one in who.people], who.mode, who.quorum)
