"""People's time as a Django app."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "tospann.resources"
    label = "resources"

    def ready(self) -> None:
        from tospann.resources import chrome, commands, reactions  # noqa: F401  # after the models
        from tospann.ui.context import chrome_knows

        chrome_knows(chrome.shortcuts)
