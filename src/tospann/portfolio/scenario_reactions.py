"""Who is told when a scenario is proposed and decided."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.people.models import OrganisationRole
from tospann.portfolio.commands import decide_scenario, propose_scenario
from tospann.portfolio.models import Scenario, ScenarioProject, ScenarioState
from tospann.projects.queries import holders

_PROPOSED = gettext_noop("%(who)s proposes “%(title)s” for several projects. You decide.")
_APPROVED = gettext_noop("%(who)s approved “%(title)s”. The plans are changed together.")
_REJECTED = gettext_noop("%(who)s rejected “%(title)s”: %(reason)s")
TOLD = (Role.MANAGER, Role.COORDINATOR, Role.OWNER)


@reaction(propose_scenario)
def tell_the_leaders(entry: AuditEntry) -> None:
    """Those who decide about the portfolio."""
    refs = (ref for ref in entry.detail.changes or {} if ref.startswith("portfolio.scenario:"))
    scenario = find(next(refs, ""))
    if not isinstance(scenario, Scenario):
        return
    leaders = OrganisationRole.objects.filter(role=Role.PORTFOLIO_LEADER)
    said = Sentence(_PROPOSED, {"who": entry.detail.actor_name, "title": scenario.title})
    people = leaders.exclude(person=scenario.proposed_by_id).values_list("person_id", flat=True)
    tell(people, Kind.ASKED, said, _link(scenario), entry)


@reaction(decide_scenario)
def tell_what_was_decided(entry: AuditEntry) -> None:
    """Whoever proposed it, and those who lead its projects."""
    scenario = find(entry.subject)
    if not isinstance(scenario, Scenario):
        return
    touched = ScenarioProject.objects.filter(scenario=scenario).values_list("project_id", flat=True)
    people: set[UUID] = {pk for project in touched for pk in holders(project, TOLD)}
    values = {
        "who": entry.detail.actor_name,
        "title": scenario.title,
        "reason": scenario.reason,
    }
    text = _APPROVED if scenario.state == ScenarioState.APPROVED else _REJECTED
    told = people | {scenario.proposed_by_id}
    tell(told, Kind.OUTCOME, Sentence(text, values), _link(scenario), entry)


def _link(scenario: Scenario) -> str:
    return reverse("scenario", args=[scenario.number])
