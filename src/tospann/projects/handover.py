"""A person's roles when she is deactivated: taken over, role by role, in each project's own log."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor, Role
from tospann.foundation.errors import Invalid
from tospann.people.handover import OpenWork
from tospann.people.models import Person
from tospann.projects.commands import appoint, release
from tospann.projects.models import Membership, ProjectState


def _roles(person: Person) -> list[Membership]:
    today = timezone.localdate()
    rows = Membership.objects.filter(person=person).exclude(until__lt=today)
    open_projects = rows.exclude(project__state=ProjectState.CLOSED)
    return list(open_projects.select_related("project").order_by("project_id"))


def _hand_over(actor: Actor, person: Person, to: Person | None) -> None:
    roles = _roles(person)
    if roles and to is not None and to.pk == actor.person_id:
        said = gettext("You cannot give yourself roles in projects. Choose somebody else.")
        raise Invalid(said, "hand_over_to")
    for membership in roles:
        held = Membership.objects.filter(
            project_id=membership.project_id, person=to, role=membership.role
        )
        if to is not None and not held.exists():
            role = Role(membership.role)
            appoint(actor, membership.project, person=to.pk, role=role, until=membership.until)
        release(actor, membership)


ROLES = OpenWork(
    label=_("roles in projects"),
    count=lambda person: len(_roles(person)),
    hand_over=_hand_over,
)
