"""Rescheduling after edits: only what they touch is computed again, and only that is reported."""

from planengine.incremental.session import Delta, Rescheduled, Session, reschedule

__all__ = ["Delta", "Rescheduled", "Session", "reschedule"]
