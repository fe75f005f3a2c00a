"""Planning as a Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "tospann.planning"
    label = "planning"

    def ready(self) -> None:
        from tospann.planning import limits  # noqa: F401  # registers the measures of a plan
