"""People as a Django app: sign-in events reach the audit chain, the chrome knows the account."""

from django.apps import AppConfig
from django.urls import reverse


class PeopleConfig(AppConfig):
    name = "tospann.people"
    label = "people"

    def ready(self) -> None:
        from tospann.people import (  # models are loaded first
            chrome,
            commands,
            registers,
            sign_in_log,
        )
        from tospann.people.privacy import commands as privacy
        from tospann.ui.context import chrome_knows
        from tospann.ui.register import saved_views_come_from

        assert commands, privacy  # registered by being imported
        sign_in_log.connect()
        chrome_knows(chrome.account)
        saved_views_come_from(registers.saved_views, lambda: reverse("save_view"))
