"""Jobs: functions that run later, in a worker, as often as it takes. Each must be idempotent.

    @job(retries=5)
    def index_document(document: str) -> None: ...

    index_document.enqueue(document=str(pk))

``enqueue`` writes a row in the caller's transaction: what is rolled back never runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ParamSpec, TypeVar, cast

from django_tasks_db.compat import Task, TaskResultStatus, normalize_json, task_backends

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Policy:
    """How a job is treated when it fails."""

    retries: int = 5


JOBS: dict[str, Task[Any, Any]] = {}
"""Every known job by the path of its function."""
_POLICIES: dict[str, Policy] = {}


def job(
    *, retries: int = 5, queue: str = "default", priority: int = 0
) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Decorator: make a module's function a job. Its arguments must be JSON."""

    def register(function: Callable[P, T]) -> Task[P, T]:
        made = task_backends["default"].task_class(
            func=function, queue_name=queue, priority=priority
        )
        task = cast(Task[P, T], made)
        JOBS[task.module_path] = task
        _POLICIES[task.module_path] = Policy(retries)
        return task

    return register


def policy_of(path: str) -> Policy:
    return _POLICIES.get(path, Policy())


def find_job(name: str) -> Task[Any, Any]:
    """The job of that path (``tospann.people.jobs.tidy``) or short name (``people.tidy``)."""
    if "." in name and name not in JOBS and not name.startswith("tospann."):
        capability, _dot, function = name.partition(".")
        name = f"tospann.{capability}.jobs.{function}"
    if name not in JOBS:
        import_module(name.rpartition(".")[0])
    return JOBS[name]


def enqueue(name: str, **arguments: Any) -> str:
    """Enqueue a job by name; returns the id of the task."""
    return str(find_job(name).enqueue(**arguments).id)


def enqueue_once(task: Task[Any, Any], **arguments: Any) -> None:
    """Enqueue a job unless the very same is already waiting to be started."""
    from django_tasks_db.models import DBTaskResult  # models are loaded after this module

    waiting = DBTaskResult.objects.ready().filter(task_path=task.module_path)
    wanted = normalize_json({"args": [], "kwargs": arguments})
    if wanted not in waiting.values_list("args_kwargs", flat=True):
        task.enqueue(**arguments)


__all__ = ["JOBS", "Policy", "TaskResultStatus", "enqueue", "enqueue_once", "find_job", "job"]
