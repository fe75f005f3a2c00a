"""The address of a project: opened, made anew when it has gone astray, closed."""

import secrets
from uuid import UUID

from django.utils.translation import gettext

from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.mailbox.models import MailAddress
from tospann.projects import queries as projects
from tospann.projects.models import Project

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH = 12


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def open_address(actor: Actor, project: Project) -> MailAddress:
    """Make a new mail address for the project"""
    address = MailAddress.objects.filter(project=project).first() or MailAddress(project=project)
    address.token = "".join(secrets.choice(_LETTERS) for _letter in range(_LENGTH))
    address.is_open = True
    address.save()
    return address


@command(needs=Power.KEEP_REGISTERS)
def close_address(actor: Actor, address: MailAddress) -> MailAddress:
    """Close the project's mail address"""
    address.is_open = False
    address.save()
    return address


@command(needs=Power.KEEP_REGISTERS)
def set_sorter(actor: Actor, address: MailAddress, *, owner: UUID | None = None) -> MailAddress:
    """Choose who sorts the project's mail"""
    if owner is not None and owner not in projects.on_team(address.project_id):
        raise Invalid(gettext("Choose somebody on the project's team."), "owner")
    address.owner_id = owner
    address.save()
    return address
