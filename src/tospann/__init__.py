"""Tospann: a project portal. Coordinators prepare, managers decide, decisions leave evidence."""

__version__ = "0.1.0"
