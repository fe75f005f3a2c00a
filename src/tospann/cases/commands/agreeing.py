"""When several must decide together: each one's yes, in their order, until it is enough."""

from django.utils.translation import gettext

from tospann.cases.models import Assent, Case
from tospann.foundation.authority import Actor, Deciders, Role
from tospann.foundation.errors import NotAllowed
from tospann.projects.queries import holders

NAMED = "person"


def agreed(actor: Actor, case: Case, who: Deciders, by: str, alternative: str) -> bool:
    """Note the actor's yes where more than one is needed; whether it is now decided."""
    if who.four_eyes and actor.person_id == case.prepared_by_id:
        raise NotAllowed(
            gettext("Four eyes: whoever prepared the case does not decide it. Someone else must.")
        )
    if who.mode == "any":
        return True
    if actor.person_id is None:
        raise NotAllowed(gettext("Only people decide."))
    given = {(a.role, a.person_id): a for a in Assent.objects.filter(case=case)}
    if who.in_order:
        _require_turn(actor, case, who, by, alternative, list(given.values()))
    for mine in _answers_for(actor, case, who, by):
        assent = given.get((mine, actor.person_id)) or Assent(
            project_id=case.project_id, case=case, role=mine, person_id=actor.person_id
        )
        assent.alternative = alternative
        assent.save()
        given[mine, actor.person_id] = assent
    yes = [assent for assent in given.values() if assent.alternative == alternative]
    return _is_enough(case, who, yes)


def _answers_for(actor: Actor, case: Case, who: Deciders, by: str) -> list[str]:
    """Whoever holds two of the roles answers for both."""
    held = {str(role) for role in actor.roles_in(case.project_id) & set(who.roles)}
    if any(one.id == actor.person_id for one in who.people):
        held.add(NAMED)
    return sorted(held or {by})


def _is_enough(case: Case, who: Deciders, yes: list[Assent]) -> bool:
    if who.mode == "quorum":
        return len({assent.person_id for assent in yes}) >= who.quorum
    return not _missing(case, who, yes)


def _missing(case: Case, who: Deciders, yes: list[Assent]) -> list[str]:
    """Who has not yet said yes, in order. A role nobody holds is passed over."""
    roles = {assent.role for assent in yes}
    people = {assent.person_id for assent in yes}
    left = [r for r in who.roles if r not in roles and holders(case.project_id, [Role(r)])]
    return [*left, *(str(one.id) for one in who.people if one.id not in people)]


def _require_turn(
    actor: Actor, case: Case, who: Deciders, by: str, alternative: str, given: list[Assent]
) -> None:
    yes = [assent for assent in given if assent.alternative == alternative]
    waits_for = _missing(case, who, yes)
    mine = {*_answers_for(actor, case, who, by), str(actor.person_id)}
    if waits_for and mine.isdisjoint(waits_for[:1]) and not mine.isdisjoint(waits_for[1:]):
        raise NotAllowed(gettext("Others decide before you; you are told when it is your turn."))
