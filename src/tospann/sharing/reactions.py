"""Who is told of a share: a colleague in her inbox, a guest by a mail with her link."""

from django.utils.translation import gettext_noop

from tospann.foundation.authority import SYSTEM, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.sharing import mails, visiting
from tospann.sharing.commands import share, share_outside
from tospann.sharing.models import Share, With
from tospann.sharing.things import thing

_SHARED = gettext_noop("%(who)s shared “%(title)s” with you.")


def _made(entry: AuditEntry) -> list[Share]:
    changes = (entry.detail.changes or {}).items()
    refs = [r for r, change in changes if r.startswith("sharing.share:") and change.get("created")]
    return [one for one in map(find, refs) if isinstance(one, Share)]


@reaction(share, share_outside)
def tell_the_receiver(entry: AuditEntry) -> None:
    for one in _made(entry):
        if one.kind == With.PERSON:
            said = Sentence(_SHARED, {"who": entry.detail.actor_name, "title": one.title})
            link = _inside(one)
            tell([one.person_id], Kind.DONE, said, link, entry, project=one.project)


@reaction(share_outside)
def send_the_link(entry: AuditEntry) -> None:
    """A link of its own for each guest. Sent again after a crash, the one before it is void."""
    for one in _made(entry):
        if one.kind == With.GUEST and not mails.is_invited(one):
            mails.invite(one, visiting.issue(SYSTEM, one), entry.detail.actor_name)


def _inside(one: Share) -> str:
    """Where whoever is not on the team finds it: in the room."""
    what = thing(one.subject)
    return what.link if what is not None and _is_on_team(one) else f"/rooms/{one.project.key}/"


def _is_on_team(one: Share) -> bool:
    return one.project.memberships.filter(person=one.person_id).exclude(role="guest").exists()
