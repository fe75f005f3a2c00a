"""Reports as a Django app: what is signed is protected by the database itself."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tospann.reports"
    label = "reports"

    def ready(self) -> None:
        from tospann.foundation import triggers  # models are loaded first
        from tospann.notifications.outbox import files_come_from
        from tospann.reports import mailing
        from tospann.reports.tolerances import commands  # noqa: F401  # they are known from the start

        triggers.protect("reports_signedreport")
        triggers.protect("reports_reportsending")
        triggers.protect("reports_statusreport", when="OLD.state = 'signed'")
        files_come_from(mailing.SOURCE, mailing.read)
