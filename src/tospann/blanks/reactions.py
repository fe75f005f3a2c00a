"""What follows: the file of what counts is kept, and those who write hear what is said of it."""

from django.utils.translation import gettext_noop

from tospann.blanks import files
from tospann.blanks.commands import approve_edition, comment_on, publish_edition, record_edition
from tospann.blanks.models import SETTLED, Comment, Edition, Filled
from tospann.foundation.authority import PROJECT_ROLES, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.queries import holders

_SAID = gettext_noop("%(who)s wrote in “%(title)s”.")


@reaction(approve_edition, publish_edition, record_edition)
def keep_the_file(entry: AuditEntry) -> None:
    found = find(entry.subject)
    if isinstance(found, Edition) and found.state in SETTLED:
        files.keep(found)


@reaction(comment_on)
def tell_those_who_write(entry: AuditEntry) -> None:
    """Whoever prepares it and whoever said something before, as long as they are inside."""
    filled = find(entry.subject)
    if not isinstance(filled, Filled):
        return
    spoke = set(Comment.objects.filter(filled=filled).values_list("by_id", flat=True))
    if filled.prepared_by_id is not None:
        spoke.add(filled.prepared_by_id)
    people = spoke & set(holders(filled.project_id, PROJECT_ROLES))
    said = Sentence(_SAID, {"who": entry.detail.actor_name, "title": filled.title})
    link = filled.get_absolute_url()
    tell(people, Kind.NEWS, said, link, entry, project=filled.project)
