"""Across projects."""
