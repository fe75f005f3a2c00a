"""Reading progress: one's own only."""

from uuid import UUID

from django.http import Http404

from tospann.foundation.authority import Actor
from tospann.jobs.models import Progress


def progress(actor: Actor, work: UUID) -> Progress:
    """The actor's own piece of work, or 404."""
    found = Progress.objects.filter(pk=work).first()
    if found is None or found.person_id != actor.person_id:
        raise Http404
    return found
