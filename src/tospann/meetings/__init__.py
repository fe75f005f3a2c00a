"""Meeting series of a project."""
