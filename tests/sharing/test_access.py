"""Who may see what: by role and class, by having made it, and by what is shared."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests import making

from tospann.foundation.authority import Actor, Held, Role
from tospann.foundation.ids import new_id
from tospann.sharing.access import Right, access, grants, reach
from tospann.sharing.models import Share, SharingPolicy
from tospann.sharing.rights import CLASSES, CONFIDENTIAL, INTERNAL, OPEN, STRICT

pytestmark = pytest.mark.django_db
V, C, E, M = Right.VIEW, Right.COMMENT, Right.EDIT, Right.MANAGE
N = Right.NONE
BY_HAND = {
    #                     open, internal, confidential, strictly confidential
    Role.COORDINATOR: (M, M, M, N),
    Role.MANAGER: (M, M, M, M),
    Role.OWNER: (M, M, M, M),
    Role.STEERING: (C, C, C, N),
    Role.BENEFIT_RESPONSIBLE: (E, E, N, N),
    Role.MEMBER: (E, E, N, N),
    Role.GUEST: (N, N, N, N),
    Role.PORTFOLIO_LEADER: (V, V, N, N),
    Role.AUDITOR: (V, V, V, V),
    Role.ADMINISTRATOR: (N, N, N, N),
    Role.LINE_MANAGER: (N, N, N, N),
}


@dataclass(frozen=True)
class Thing:
    project_id: UUID
    reference: str
    above: tuple[str, ...] = ()
    classification: str = INTERNAL
    is_trashed: bool = False
    maker_id: UUID | None = None


@pytest.fixture
def made():
    made = making.project()
    made.project.state = "active"
    making.inside(made.project.save, made.project)
    return made


def thing(made, **values):
    return Thing(made.project.pk, f"documents.document:{new_id()}", **values)


def holding(made, role):
    in_project = {made.project.pk: (Held(role),)}
    wide = role in {Role.PORTFOLIO_LEADER, Role.AUDITOR, Role.ADMINISTRATOR, Role.LINE_MANAGER}
    roles, organisation = ({}, frozenset({role})) if wide else (in_project, frozenset())
    return Actor("person", new_id(), "N", roles=roles, organisation_roles=organisation)


def share(made, what, **values):
    values = {"kind": "person", "counts_from": timezone.localdate(), "ceiling": INTERNAL} | values
    one = Share(project=made.project, subject=what.reference, title="Avtale", **values)
    making.inside(one.save, made.project)
    return one


def visitor(made, *shares):
    guest = {made.project.pk: (Held(Role.GUEST),)}
    return Actor("link", None, "Kunden", roles=guest, shares=frozenset(s.pk for s in shares))


def right(actor, what, made):
    """The right, proved to be what a list that starts from ``reach`` would show."""
    found = grants(actor, made.project)
    answer, seen = access(actor, what, found), reach(actor, found)
    refs = () if what.is_trashed else (what.reference, *what.above)
    in_list = (
        what.classification in seen.classes
        or (what.maker_id == actor.person_id is not None and what.classification in seen.made)
        or any(what.classification in seen.shared.get(ref, ()) for ref in refs)
    )
    assert in_list == answer.may_see
    assert bool(answer.reasons) >= answer.may_see
    return answer.right


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_sees_of_each_class(made, role):
    found = [right(holding(made, role), thing(made, classification=c), made) for c in CLASSES]
    assert tuple(found) == BY_HAND[role]


def test_whoever_put_it_there_sees_it_while_on_the_team(made):
    member, guest = made.actor(Role.MEMBER), made.actor(Role.GUEST)
    assert right(member, thing(made, classification=STRICT, maker_id=member.person_id), made) is M
    assert right(guest, thing(made, classification=OPEN, maker_id=guest.person_id), made) is N


def test_a_person_it_is_shared_with_sees_it_and_what_lies_in_it(made):
    what, member = thing(made, classification=CONFIDENTIAL), made.actor(Role.MEMBER)
    inside = thing(made, classification=CONFIDENTIAL, above=(what.reference,))
    assert right(member, inside, made) is N
    share(made, what, person_id=member.person_id, role="edit", ceiling=CONFIDENTIAL)
    assert (right(member, what, made), right(member, inside, made)) == (E, E)
    assert right(member, thing(made, classification=CONFIDENTIAL), made) is N
    assert right(made.actor(Role.GUEST), what, made) is N


def test_a_share_does_not_reach_what_is_classified_higher_than_it_was(made):
    what = thing(made)
    one = share(made, what, kind="link", token_hash="a" * 64)
    inside = thing(made, above=(what.reference,), classification=CONFIDENTIAL)
    assert right(visitor(made, one), what, made) is V
    assert right(visitor(made, one), inside, made) is N


def test_the_strictest_class_never_leaves_by_link_or_to_a_guest(made):
    what = thing(made, classification=STRICT)
    for kind, values in (("link", {}), ("guest", {"email": "kari@kunde.no"})):
        one = share(made, what, kind=kind, ceiling=STRICT, **values)
        assert right(visitor(made, one), what, made) is N
    person = made.people[Role.GUEST]
    share(made, what, person_id=person.pk, ceiling=STRICT)
    assert right(made.actor(Role.GUEST), what, made) is V


def test_what_is_in_the_trash_is_not_shared(made):
    what = thing(made, is_trashed=True)
    one = share(made, what, kind="link")
    assert right(visitor(made, one), what, made) is N


def test_nothing_counts_in_another_project(made):
    other, what = making.project(), thing(made)
    assert access(other.manager, what, grants(other.manager, other.project)).right is N
    one = share(made, what, kind="link")
    assert grants(visitor(other, one), other.project).shares == ()


def ended(made, what, **values):
    """Whether a guest's share with these values works under the rules as they are now."""
    one = share(made, what, kind="guest", email="kari@kunde.no", **values)
    return right(visitor(made, one), what, made) is N


def test_a_share_ends_by_its_state_its_day_and_what_is_decided_of_it(made):
    what, today = thing(made), timezone.localdate()
    assert not ended(made, what, expires_on=today)
    assert ended(made, what, expires_on=today - timedelta(1))
    assert ended(made, what, state="paused")
    assert ended(made, what, state="revoked")


@pytest.mark.parametrize(
    ("rules", "works"),
    [
        ({}, True),
        ({"allows_guests": False}, False),
        ({"allows_links": False}, True),
        ({"domains": ["annet.no"]}, False),
        ({"domains": ["annet.no", "kunde.no"]}, True),
        ({"max_days": 5}, True),
        ({"max_days": 4}, False),
        ({"needs_case": True}, False),
        ({"is_stopped": True}, False),
    ],
)
def test_tightened_rules_hit_what_is_shared_already(made, rules, works):
    what, today = thing(made), timezone.localdate()
    counts_from = today - timedelta(5)
    making.inside(SharingPolicy(project=made.project, **rules).save, made.project)
    assert ended(made, what, counts_from=counts_from) is not works


def test_the_rules_are_for_those_outside(made):
    what, member = thing(made, classification=CONFIDENTIAL), made.actor(Role.MEMBER)
    making.inside(SharingPolicy(project=made.project, is_stopped=True).save, made.project)
    share(made, what, person_id=member.person_id, ceiling=CONFIDENTIAL)
    assert right(member, what, made) is V


def test_nothing_is_shared_outside_while_the_project_is_being_founded():
    made = making.project()
    what = thing(made)
    assert right(visitor(made, share(made, what, kind="link")), what, made) is N


def test_one_query_says_what_an_actor_has(made, django_assert_num_queries):
    what = thing(made)
    shares = [share(made, what, kind="link") for _n in range(3)]
    grants(visitor(made, *shares), made.project)
    with django_assert_num_queries(1):
        assert len(grants(visitor(made, *shares), made.project).shares) == 3


def test_downloads_end_where_the_share_or_the_rules_say_so(made):
    what = thing(made)

    def downloads(**values):
        one = share(made, what, kind="link", **values)
        actor = visitor(made, one)
        return access(actor, what, grants(actor, made.project)).may_download

    assert downloads()
    assert not downloads(may_download=False)
    assert not downloads(download_limit=2, downloads=2)
    making.inside(SharingPolicy(project=made.project, outside_only_views=True).save, made.project)
    assert not downloads()
