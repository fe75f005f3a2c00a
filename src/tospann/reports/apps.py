"""Reports as a Django app: what is signed is protected by the database itself."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tospann.reports"
    label = "reports"

    def ready(self) -> None:
        from tospann.foundation import triggers  # models are loaded first
        from tospann.notifications.outbox import files_come_from
        from tospann.reports import mailing
        from tospann.reports.checkpoints import commands as _checkpoints  # noqa: F401  # as below
        from tospann.reports.editions import commands as _editions  # noqa: F401  # as below
        from tospann.reports.editions import queries as editions
        from tospann.reports.tolerances import commands  # noqa: F401  # they are known from the start
        from tospann.sharing.things import things_come_from, things_listed_by

        triggers.protect("reports_signedreport")
        triggers.protect("reports_reportsending")
        triggers.protect("reports_statusreport", when="OLD.state = 'signed'")
        triggers.protect("reports_externaledition")
        triggers.protect("reports_editionwithdrawal")
        things_come_from(editions.KIND, editions.things)
        things_listed_by(editions.seen_by)
        files_come_from(mailing.SOURCE, mailing.read)
