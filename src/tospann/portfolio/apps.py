"""The portfolio as a Django app."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "tospann.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        from tospann.portfolio import (  # noqa: F401  # known at once
            commands,
            ideas_reactions,
            scenario_reactions,
        )
        from tospann.portfolio.burying import leave
        from tospann.projects import burying

        burying.left_by(leave)
