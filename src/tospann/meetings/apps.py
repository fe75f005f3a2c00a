"""Meetings as a Django app: published minutes are protected by the database itself."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "tospann.meetings"
    label = "meetings"

    def ready(self) -> None:
        from tospann.documents.files import path_of
        from tospann.foundation import triggers  # models are loaded first
        from tospann.notifications.outbox import files_come_from

        triggers.protect("meetings_publishedminutes")
        files_come_from("files", lambda sha256: path_of(sha256).read_bytes())
