"""People as a Django app: sign-in events reach the audit chain, the chrome knows the account."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tospann.people"
    label = "people"

    def ready(self) -> None:
        from tospann.people import chrome, commands, sign_in_log  # models are loaded first
        from tospann.ui.context import chrome_knows

        assert commands  # registered by being imported
        sign_in_log.connect()
        chrome_knows(chrome.account)
