"""Who is told when an idea is handed in, answered, or made into a project."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.people.models import OrganisationRole
from tospann.portfolio.commands import answer_idea, hand_in_idea, start_from_idea
from tospann.portfolio.models import Idea, IdeaState

_HANDED_IN = gettext_noop("%(who)s handed in the idea “%(title)s”. Score it and answer it.")
_TOLD = {
    IdeaState.ACCEPTED: gettext_noop("%(who)s accepted your idea “%(title)s”."),
    IdeaState.REJECTED: gettext_noop("%(who)s rejected your idea “%(title)s”: %(reason)s"),
    IdeaState.PROJECT: gettext_noop("Your idea “%(title)s” has become a project."),
}


@reaction(hand_in_idea)
def tell_the_leaders(entry: AuditEntry) -> None:
    """Those who score and answer ideas."""
    made = next(
        (ref for ref in entry.detail.changes or {} if ref.startswith("portfolio.idea:")), ""
    )
    idea = find(made) if made else None
    if not isinstance(idea, Idea):
        return
    leaders = OrganisationRole.objects.filter(role=Role.PORTFOLIO_LEADER)
    said = Sentence(_HANDED_IN, {"who": entry.detail.actor_name, "title": idea.title})
    people = leaders.values_list("person_id", flat=True)
    tell(people, Kind.ASKED, said, _link(idea), entry)


@reaction(answer_idea)
def tell_the_asker(entry: AuditEntry) -> None:
    """Whoever handed it in, of the answer."""
    idea = find(entry.subject)
    if not isinstance(idea, Idea) or idea.state not in _TOLD:
        return
    values = {"who": entry.detail.actor_name, "title": idea.title, "reason": idea.reason}
    said = Sentence(_TOLD[IdeaState(idea.state)], values)
    tell([idea.handed_in_by_id], Kind.OUTCOME, said, _link(idea), entry)


reaction(start_from_idea)(tell_the_asker)


def _link(idea: Idea) -> str:
    return reverse("idea", args=[idea.number])
