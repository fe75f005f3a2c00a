"""A project as of any moment, read only: what held then, with its place in the log as evidence."""
