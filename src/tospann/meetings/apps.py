"""Meetings as a Django app: published minutes are protected by the database itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "tospann.meetings"
    label = "meetings"

    def ready(self) -> None:
        from tospann.documents import blobs
        from tospann.foundation import triggers  # models are loaded first
        from tospann.meetings import (
            owed,  # noqa: F401  # it contributes as it is read
            shareable,
        )
        from tospann.meetings.commands.holding import hand_over_all, when_closing
        from tospann.meetings.live.commands import record_drafts
        from tospann.meetings.queries.own import open_count
        from tospann.notifications.outbox import files_come_from
        from tospann.people.handover import OpenWork, on_deactivation

        when_closing(record_drafts)
        shareable.register()
        on_deactivation(OpenWork(_("meetings to write minutes of"), open_count, hand_over_all))
        triggers.protect("meetings_publishedminutes")
        files_come_from("files", blobs.read)
