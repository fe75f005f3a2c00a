"""Primavera P6's exchange format (XER), read cautiously and with an account of what was not kept.

The format is the tab-separated export P6 documents as “XER import/export data map”: tables named
after P6's database tables, one project's rows spread over PROJECT, PROJWBS, TASK, TASKPRED,
CALENDAR, RSRC and TASKRSRC.
"""

from planengine.formats.xer.reader import read

__all__ = ["read"]
