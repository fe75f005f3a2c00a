"""Conflicts between projects as a Django app."""

from django.apps import AppConfig


class ConflictsConfig(AppConfig):
    name = "tospann.conflicts"
    label = "conflicts"

    def ready(self) -> None:
        from tospann.conflicts import commands, computing, reactions  # noqa: F401  # known at once
        from tospann.conflicts.burying import leave
        from tospann.planning.load.levelling import units_come_from
        from tospann.projects import burying

        units_come_from(computing.full_days)
        burying.left_by(leave)
