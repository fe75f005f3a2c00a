"""OPPGAVER: everything somebody owes, as list, board, by person and by week; and one action."""
