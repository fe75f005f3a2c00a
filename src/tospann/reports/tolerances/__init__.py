"""Tolerances: how each area stands, what is raised when one is crossed, what follows."""
