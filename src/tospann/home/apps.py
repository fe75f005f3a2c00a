"""My page, a project's overview, search and help, as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "tospann.home"
    label = "home"

    def ready(self) -> None:
        from tospann.home import chrome
        from tospann.ui.context import chrome_knows

        chrome_knows(chrome.new_menu)
        chrome_knows(chrome.small_menu)
