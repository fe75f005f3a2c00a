"""Cases as a Django app: where proposals go, and where the limits come from."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tospann.cases"
    label = "cases"

    def ready(self) -> None:
        from tospann.cases import (  # models come first
            commands,
            contact_work,
            gaps,
            owed,  # noqa: F401
            queries,
            reactions,  # noqa: F401
        )
        from tospann.foundation import authority, triggers
        from tospann.foundation.commands import proposals_become
        from tospann.projects.commands.founding import founding_is_checked_by
        from tospann.stakeholders.queries import open_work_comes_from

        authority.rules_come_from(queries.rules)
        proposals_become(commands.propose)
        open_work_comes_from(contact_work.open_actions)
        founding_is_checked_by(gaps.of_project)
        triggers.protect("cases_decision")
