"""Whether the portal is alive (``/healthz``) and fit to serve (``/readyz``)."""

from functools import cache

from django.http import HttpRequest, JsonResponse

from tospann.config.operating import database
from tospann.foundation import triggers


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Database reachable, migrations applied, audit triggers in place."""
    fits = database.facts().get("schema") == _schema()
    missing = triggers.missing()
    ready = fits and not missing
    found = {"schema": "current" if fits else "another version's", "missing_triggers": missing}
    return JsonResponse(
        {"status": "ready" if ready else "not ready", **found}, status=200 if ready else 503
    )


@cache
def _schema() -> str:
    """This process's version: what lies on the disk later is the next one's business."""
    return database.schema_stamp()
