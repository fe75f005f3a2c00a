"""What somebody did in the project's own registers."""

from django.utils.translation import ngettext_lazy as _n

REGISTERS = {
    "registers.add_line": _n("added a row to a register", "added %(n)s rows to registers", "n"),
    "registers.bring_in_lines": _n(
        "brought rows into a register from a spreadsheet",
        "brought rows into registers from %(n)s spreadsheets",
        "n",
    ),
    "registers.change_line": _n(
        "changed a row of a register", "changed %(n)s rows of registers", "n"
    ),
    "registers.change_register": _n("changed a register", "changed %(n)s registers", "n"),
    "registers.hand_over_line": _n(
        "handed over a row of a register", "handed over %(n)s rows of registers", "n"
    ),
    "registers.move_line": _n("moved a row of a register", "moved %(n)s rows of registers", "n"),
}
