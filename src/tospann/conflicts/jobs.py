"""Looking for conflicts, and working out the ways out of them."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.conflicts import computing, finding
from tospann.conflicts.models import Conflict, ConflictState
from tospann.foundation.authority import Role, Sentence
from tospann.jobs.queue import enqueue_once, job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.people.models import OrganisationRole
from tospann.resources.load import refresh
from tospann.resources.models import Load

_WAITS = gettext_noop(
    "%(person)s is wanted by several projects at once. The ways out wait for your decision."
)


@job(retries=3)
def look(project: str) -> int:
    """Find the conflicts about those a project wants; the load may not have been computed yet."""
    pk = UUID(project)
    refresh(pk)
    return _follow(computing.people_of(pk))


@every("daily 04:40")
@job()
def look_everywhere() -> int:
    """Days pass, and with them what lies ahead."""
    weeks = finding.ahead()
    rows = Load.objects.filter(week__gte=weeks[0], week__lte=weeks[-1]).order_by()
    wanted = set(rows.values_list("person_id", flat=True).distinct())
    open_ = Conflict.objects.filter(state=ConflictState.OPEN)
    return _follow(wanted | set(open_.values_list("person_id", flat=True)))


def _follow(people: set[UUID]) -> int:
    found = computing.follow(people)
    for conflict in found:
        enqueue_once(work_out, conflict=str(conflict))
    return len(found)


@job(retries=5, queue="engine")
def work_out(conflict: str) -> int:
    """Compute the ways out of a conflict, and tell those who decide that it waits."""
    count = computing.work_out(UUID(conflict))
    one = Conflict.objects.select_related("person").filter(pk=conflict).first()
    if one is not None and one.is_open:
        leaders = OrganisationRole.objects.filter(role=Role.PORTFOLIO_LEADER)
        said = Sentence(_WAITS, {"person": one.person.name})
        link = reverse("conflict", args=[one.number])
        people = leaders.values_list("person_id", flat=True)
        tell(people, Kind.DECISION, said, link, key=f"conflict:{one.pk}")
    return count
