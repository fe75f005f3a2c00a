"""Cases as a Django app: where proposals go, and where the limits come from."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tospann.cases"
    label = "cases"

    def ready(self) -> None:
        from tospann.blanks.commands.sending import cases_are_withdrawn_by
        from tospann.cases import (  # models come first
            bundles,
            commands,
            contact_work,
            gaps,
            known_rules,  # noqa: F401
            owed,  # noqa: F401
            papers,
            queries,
            reactions,  # noqa: F401
            rules,
        )
        from tospann.documents.queries.attached import seen_with
        from tospann.foundation import authority, triggers
        from tospann.foundation.commands import proposals_become
        from tospann.projects.commands import rules_are_checked_by
        from tospann.projects.commands.founding import founding_is_checked_by
        from tospann.stakeholders.queries import open_work_comes_from

        authority.rules_come_from(queries.rules)
        proposals_become(commands.propose)
        open_work_comes_from(contact_work.open_actions)
        founding_is_checked_by(gaps.of_project)
        rules_are_checked_by(rules.check)
        seen_with("cases.bundle", bundles.may_open)
        triggers.protect("cases_decision")
        cases_are_withdrawn_by(papers.withdraw)
