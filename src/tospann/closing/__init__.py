"""Closing a project: what is left, how it went, what was learned, and the decision to close."""
