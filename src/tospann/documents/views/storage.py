"""What administrators see of the files: the room there is, and what reading them again found."""

from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tospann.documents.blobs import room, scrubbing
from tospann.people.actors import ActorRequest
from tospann.people.pages import administrators_only
from tospann.ui.pages import page


@require_safe
@administrators_only
def storage(request: ActorRequest) -> HttpResponse:
    report = scrubbing.last_report()
    read_at = datetime.fromisoformat(report["at"]) if report else None
    faults = []
    if report:
        faults = [(key, rows, True) for key, rows in report["damaged"].items()]
        faults += [(key, rows, False) for key, rows in report["missing"].items()]
    return page(
        request,
        "documents/storage.html",
        report=report,
        read_at=read_at,
        faults=faults[:200],
        free=room.free(),
        reserve=room.reserve(),
        is_low=room.is_low(),
    )
