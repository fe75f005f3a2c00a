"""Whether the portal is alive (``/healthz``) and fit to serve (``/readyz``)."""

from functools import cache

from django.http import HttpRequest, JsonResponse

from tospann.config.operating import database
from tospann.documents.blobs import room
from tospann.foundation import triggers


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Database reachable, migrations applied, audit triggers in place.

    Whether files are taken is told too, but a portal that is short of room still serves.
    """
    fits = database.facts().get("schema") == _schema()
    missing = triggers.missing()
    ready = fits and not missing
    found = {
        "schema": "current" if fits else "another version's",
        "missing_triggers": missing,
        "files": "refused: too little room" if room.is_low() else "taken",
    }
    return JsonResponse(
        {"status": "ready" if ready else "not ready", **found}, status=200 if ready else 503
    )


@cache
def _schema() -> str:
    """This process's version: what lies on the disk later is the next one's business."""
    return database.schema_stamp()
