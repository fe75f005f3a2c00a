"""When plans, agreements or somebody's time change, conflicts come and go."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.conflicts.commands import decide_conflict
from tospann.conflicts.jobs import look, look_everywhere
from tospann.conflicts.models import Conflict, Involved
from tospann.foundation.authority import Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction, to_changes_of
from tospann.foundation.references import find
from tospann.jobs.queue import enqueue_once
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.commands import delete_project
from tospann.projects.queries import holders

_DECIDED = gettext_noop("%(who)s decided the conflict about %(person)s: %(chosen)s.")
TOLD = (Role.MANAGER, Role.COORDINATOR, Role.OWNER)


def look_for_conflicts(entry: AuditEntry) -> None:
    """In the project whose plan or agreements changed."""
    enqueue_once(look, project=str(entry.scope_id))


def look_for_conflicts_everywhere(entry: AuditEntry) -> None:
    """How much somebody works, or when, is known in no project."""
    enqueue_once(look_everywhere)


reaction(delete_project)(look_for_conflicts_everywhere)
to_changes_of("planning.plan", look_for_conflicts)
to_changes_of("resources.agreement", look_for_conflicts)
to_changes_of("resources.employment", look_for_conflicts_everywhere)
to_changes_of("resources.absence", look_for_conflicts_everywhere)


@reaction(decide_conflict)
def tell_what_was_decided(entry: AuditEntry) -> None:
    """Those who lead the projects, and the person it is about."""
    conflict = find(entry.subject)
    if not isinstance(conflict, Conflict):
        return
    involved = Involved.objects.filter(conflict=conflict).values_list("project_id", flat=True)
    people: set[UUID] = {pk for project in involved for pk in holders(project, TOLD)}
    values = {
        "who": entry.detail.actor_name,
        "person": conflict.person.name,
        "chosen": conflict.chosen,
    }
    link = reverse("conflict", args=[conflict.number])
    tell(people, Kind.OUTCOME, Sentence(_DECIDED, values), link, entry)
