"""Closing as a Django app: its commands are known from the start."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "tospann.closing"
    label = "closing"

    def ready(self) -> None:
        from tospann.closing import commands, reactions  # noqa: F401  # models are loaded first
        from tospann.closing.commands.ending import closed_by_gate, open_ends
        from tospann.closing.in_documents import register
        from tospann.closing.offering import in_the_room, on_ranges
        from tospann.planning.simulate.offers import offers_come_from
        from tospann.projects.commands.phases import closing_asks, closing_is_kept_by
        from tospann.rooms.sections import sections_come_from

        register()
        closing_asks(open_ends)
        closing_is_kept_by(closed_by_gate)
        sections_come_from(in_the_room)
        offers_come_from(on_ranges)
