"""Meetings as a Django app: published minutes are protected by the database itself."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "tospann.meetings"
    label = "meetings"

    def ready(self) -> None:
        from tospann.foundation import triggers  # models are loaded first

        triggers.protect("meetings_publishedminutes")
