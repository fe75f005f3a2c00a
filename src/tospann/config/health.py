"""Whether the portal is alive (``/healthz``) and fit to serve (``/readyz``)."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from tospann.foundation import triggers


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Database reachable, migrations applied, audit triggers in place."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    missing = triggers.missing()
    ready = not waiting and not missing
    found = {"migrations": len(waiting), "missing_triggers": missing}
    return JsonResponse(
        {"status": "ready" if ready else "not ready", **found}, status=200 if ready else 503
    )
