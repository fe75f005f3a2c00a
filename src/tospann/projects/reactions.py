"""Who is told about roles."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.commands import appoint
from tospann.projects.models import Membership

_APPOINTED = gettext_noop("%(who)s appointed you %(role)s in %(project)s.")


@reaction(appoint)
def tell_whoever_is_appointed(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        made = find(ref) if ref.startswith("projects.membership:") else None
        if isinstance(made, Membership):
            values = {
                "who": entry.detail.actor_name,
                "role": f"role:{made.role}",
                "project": made.project.name,
            }
            link = reverse("team", args=[made.project.key])
            said = Sentence(_APPOINTED, values)
            tell([made.person_id], Kind.ROLE, said, link, entry, project=made.project)
