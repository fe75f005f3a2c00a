"""Jobs as a Django app: every capability's commands, reactions and jobs are known at start."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps

KNOWN_FROM_THE_START = ("commands", "reactions", "jobs", "search")


class JobsConfig(AppConfig):
    name = "tospann.jobs"
    label = "jobs"

    def ready(self) -> None:
        from django_tasks_db.compat import task_enqueued  # its models are loaded first

        from tospann.foundation import reactions
        from tospann.jobs import wakeup

        reactions.when_owed(wakeup.wake)
        task_enqueued.connect(_wake_after_commit, dispatch_uid="tospann.jobs")
        for app in apps.get_app_configs():
            if app.name.startswith("tospann."):
                _import_what_registers(app.name)


def _import_what_registers(app: str) -> None:
    for module in KNOWN_FROM_THE_START:
        if find_spec(f"{app}.{module}") is not None:
            import_module(f"{app}.{module}")


def _wake_after_commit(**_kwargs: Any) -> None:
    from django.db import transaction

    from tospann.jobs import wakeup

    transaction.on_commit(wakeup.wake)
