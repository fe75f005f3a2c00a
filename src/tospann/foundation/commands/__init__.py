"""The one path that every change takes.

A command is a function ``(actor, subject, *, …)`` that changes something. The decorator gives it
what no change may lack: authority is checked, the change happens entirely or not at all, it is
written in the audit chain in the same transaction, and once it is safe, whoever reacts is told.

    @command(needs=Power.EDIT_GOALS, kind="goal")
    def reword_goal(actor: Actor, goal: Goal, *, description: Text) -> Goal:
        \"""Reword a goal\"""
        goal.description = description
        goal.save()
        return goal
"""

from tospann.foundation.commands.assessing import assess_all, measured_together, verdict_on
from tospann.foundation.commands.command import (
    COMMANDS,
    Bound,
    Command,
    Condition,
    Measures,
    Subject,
    command,
)
from tospann.foundation.commands.operation import Operation
from tospann.foundation.commands.submitting import (
    Done,
    Proposed,
    Proposer,
    perform_all,
    perform_judged,
    proposals_become,
    submit,
)

__all__ = [
    "COMMANDS",
    "Bound",
    "Command",
    "Condition",
    "Done",
    "Measures",
    "Operation",
    "Proposed",
    "Proposer",
    "Subject",
    "assess_all",
    "command",
    "measured_together",
    "perform_all",
    "perform_judged",
    "proposals_become",
    "submit",
    "verdict_on",
]
