"""Timesheets as a Django app."""

from django.apps import AppConfig


class TimesheetsConfig(AppConfig):
    name = "tospann.timesheets"
    label = "timesheets"

    def ready(self) -> None:
        from tospann.notifications.mail import digest_section
        from tospann.projects import burying
        from tospann.timesheets import commands, digest  # noqa: F401  # models come first
        from tospann.timesheets.burying import leave

        digest_section(digest.weeks_not_sent)
        burying.left_by(leave)
