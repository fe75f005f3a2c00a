"""Tospann: a project portal in which coordinators prepare, managers decide, and every decision leaves evidence."""

__version__ = "0.1.0"
