"""Projects as a Django app: memberships are the source of every actor's roles; the menu."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "tospann.projects"
    label = "projects"

    def ready(self) -> None:
        from tospann.foundation import triggers
        from tospann.people import actors  # models are loaded first
        from tospann.people.handover import on_deactivation
        from tospann.projects import chrome, handover, queries
        from tospann.ui.context import chrome_knows

        on_deactivation(handover.ROLES)
        chrome_knows(chrome.project_menu)
        actors.roles_come_from(queries.memberships_of)
        triggers.protect("projects_tombstone", when="NOT OLD.is_open")
