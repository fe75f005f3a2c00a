"""Rooms as a Django app."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "tospann.rooms"
    label = "rooms"

    def ready(self) -> None:
        from tospann.people.veils import veiled_by
        from tospann.reports.editions.making import published_milestones_come_from
        from tospann.rooms import shareable
        from tospann.rooms.queries import (  # models are loaded first
            hidden_requests,
            published_milestones,
        )

        shareable.register()
        published_milestones_come_from(published_milestones)
        veiled_by("rooms.acceptancerequest", hidden_requests)
