"""Finishing earlier at the least cost: which tasks to shorten, by how many days (crashing)."""
