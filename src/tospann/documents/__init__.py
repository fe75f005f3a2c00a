"""Folders and needed documents of a project."""
