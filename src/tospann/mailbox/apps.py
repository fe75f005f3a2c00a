"""The mailbox as a Django app: attachments of mails are for those who may read the mail."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "tospann.mailbox"
    label = "mailbox"

    def ready(self) -> None:
        from tospann.documents.queries.attached import seen_with
        from tospann.mailbox import commands, queries  # noqa: F401  # models are loaded first

        seen_with("mailbox.message", queries.may_see)
