"""Who is told when a risk, problem or deviation gets a new owner."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.risks import commands
from tospann.risks.models import Deviation, Problem, Risk

_OWNED = {
    Risk: gettext_noop("%(who)s made you the owner of the risk “%(title)s”."),
    Problem: gettext_noop("%(who)s made you the owner of the problem “%(title)s”."),
    Deviation: gettext_noop("%(who)s made you the owner of the deviation “%(title)s”."),
}


def _changed(entry: AuditEntry) -> Iterator[Risk | Problem | Deviation]:
    """The rows the act changed, as they are now (none when its detail is erased)."""
    for ref in entry.detail.changes or {}:
        found = find(ref) if ref.startswith("risks.") else None
        if isinstance(found, Risk | Problem | Deviation):
            yield found


@reaction(
    commands.raise_risk,
    commands.raise_problem,
    commands.raise_deviation,
    commands.hand_over_risk,
    commands.hand_over_problem,
    commands.hand_over_deviation,
)
def tell_the_new_owner(entry: AuditEntry) -> None:
    for row in _changed(entry):
        if row.is_open and row.owner_id is not None:
            words = {"who": entry.detail.actor_name, "title": row.title}
            said, link = Sentence(_OWNED[type(row)], words), row.get_absolute_url()
            tell([row.owner_id], Kind.ACTION, said, link, entry, project=row.project)
