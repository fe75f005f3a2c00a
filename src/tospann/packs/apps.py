"""Template packs as a Django app: their authority matrices may be taken over by any project."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "tospann.packs"
    label = "packs"

    def ready(self) -> None:
        from tospann.cases.standard import standards_come_from
        from tospann.packs import matrices  # models come first

        standards_come_from(matrices.standards)
