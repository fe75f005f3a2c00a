"""A plan out of a spreadsheet, read in the confined child: nothing of Django is imported here."""

from tospann.planning.spreadsheet.reader import Unreadable, read

__all__ = ["Unreadable", "read"]
