"""Document templates as a Django app: what the registers below it know is registered."""

from django.apps import AppConfig


class BlanksConfig(AppConfig):
    name = "tospann.blanks"
    label = "blanks"

    def ready(self) -> None:
        from tospann.blanks import commands, reactions  # noqa: F401  # models come first
        from tospann.blanks.sources import register_all

        register_all()
