"""Cases as a Django app: where proposals go, and where the limits come from."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tospann.cases"
    label = "cases"

    def ready(self) -> None:
        from tospann.cases import commands, queries, reactions  # noqa: F401  # models come first
        from tospann.foundation import authority
        from tospann.foundation.commands import proposals_become

        authority.rules_come_from(queries.rules)
        proposals_become(commands.propose)
