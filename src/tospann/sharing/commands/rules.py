"""Setting the rules for sharing outside, and stopping all of it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from tospann.foundation.arguments import Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Organisation
from tospann.projects.models import Project
from tospann.sharing import queries
from tospann.sharing.commands.shares import Limit, ended
from tospann.sharing.models import OrganisationSharing, ShareState, SharingPolicy

Domain = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=120,
        pattern=r"^[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$",
    ),
]


@command(needs=Power.SET_SHARING, undoable=False)
def stop_all_sharing(actor: Actor, project: Project, *, reason: Text) -> SharingPolicy:
    """Stop all sharing outside the project"""
    for one in queries.outside(project.pk).select_related("person"):
        ended(one, ShareState.REVOKED, reason)
    found = _own(project)
    found.is_stopped = True
    found.save()
    return found


@command(needs=Power.SET_SHARING, undoable=False)
def set_policy(
    actor: Actor,
    project: Project,
    *,
    allows_guests: bool = True,
    allows_links: bool = True,
    links_need_password: bool = False,
    outside_only_views: bool = False,
    needs_case: bool = False,
    domains: Annotated[list[Domain], Field(max_length=200)] | None = None,
    max_days: Limit | None = None,
    is_stopped: bool = False,
) -> SharingPolicy:
    """Set the project's rules for sharing outside"""
    found = _own(project)
    found.is_stopped = is_stopped
    found.allows_guests, found.allows_links = allows_guests, allows_links
    found.links_need_password, found.needs_case = links_need_password, needs_case
    found.outside_only_views, found.max_days = outside_only_views, max_days
    found.domains = sorted(set(domains or ()))
    found.save()
    return found


@command(needs=Power.RUN_ORGANISATION, undoable=False)
def set_organisation_policy(
    actor: Actor,
    organisation: Organisation,
    *,
    allows_guests: bool = True,
    allows_links: bool = True,
    links_need_password: bool = False,
    outside_only_views: bool = False,
    needs_case: bool = False,
    domains: Annotated[list[Domain], Field(max_length=200)] | None = None,
    max_days: Limit | None = None,
) -> OrganisationSharing:
    """Set the organisation's rules for sharing outside"""
    found = OrganisationSharing.objects.filter(pk=ORGANISATION_SCOPE).first()
    found = found or OrganisationSharing(pk=ORGANISATION_SCOPE)
    found.allows_guests, found.allows_links = allows_guests, allows_links
    found.links_need_password, found.needs_case = links_need_password, needs_case
    found.outside_only_views, found.max_days = outside_only_views, max_days
    found.domains = sorted(set(domains or ()))
    found.save()
    return found


def _own(project: Project) -> SharingPolicy:
    found = SharingPolicy.objects.filter(project=project).first()
    return found or SharingPolicy(project=project)
