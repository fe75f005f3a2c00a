"""Projects as a Django app: memberships are the source of every actor's roles."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "tospann.projects"
    label = "projects"

    def ready(self) -> None:
        from tospann.people import actors  # models are loaded first
        from tospann.projects import queries

        actors.roles_come_from(queries.roles_by_project)
