"""Every command × every role, as a text file that is read in review whenever it changes."""

import os
from pathlib import Path

from tospann.foundation.authority import POWERS, PROJECT_ROLES, Power, Role, Strength
from tospann.foundation.commands import COMMANDS

FILE = Path(__file__).with_name("authority_matrix.txt")
ROLES = [*PROJECT_ROLES, Role.PORTFOLIO_LEADER, Role.LINE_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR]
MARKS = {Strength.DECIDE: "decide", Strength.PROPOSE: "propose", Strength.NONE: "-"}


def the_matrix() -> str:
    """One row a command: its power, its kind of matter, and each role's ceiling."""
    head = ["command", "power", "matter", *(str(role) for role in ROLES)]
    rows = [head]
    for name, command in sorted(COMMANDS.items()):
        held = POWERS[command.needs]
        marks = [MARKS[held.get(role, Strength.NONE)] for role in ROLES]
        rows.append([name, str(command.needs), command.kind or "-", *marks])
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def test_the_matrix_is_as_reviewed():
    """After a change on purpose: TOSPANN_REVIEWED=1 ./dev test tests/architecture -k matrix"""
    if os.environ.get("TOSPANN_REVIEWED"):
        FILE.write_text(the_matrix())
    assert the_matrix() == FILE.read_text()


def test_nobody_holds_powers_as_a_guest():
    guests = {power for power, held in POWERS.items() if Role.GUEST in held}
    assert guests == {Power.USE_ROOM}  # what is shared with them, in the room
    assert [power for power, held in POWERS.items() if Role.AUDITOR in held] == []


def test_what_a_coordinator_may_not_decide():
    may = {p for p, held in POWERS.items() if held.get(Role.COORDINATOR) is Strength.DECIDE}
    strategic = {"decide_gate", "set_limits", "change_baseline", "publish_report", "appoint"}
    assert not strategic & {str(power) for power in may}
