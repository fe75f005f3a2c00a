"""Sharing as a Django app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "tospann.sharing"
    label = "sharing"

    def ready(self) -> None:
        from tospann.sharing import veiling  # models are loaded first

        veiling.register()
