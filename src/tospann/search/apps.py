"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tospann.search"
    label = "search"

    def ready(self) -> None:
        from tospann.people.privacy.erasing import after_erasure  # models are loaded first
        from tospann.search.jobs import look_over

        after_erasure(lambda _person: look_over.enqueue())
