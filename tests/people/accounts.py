"""People for these tests: an administrator, and one whose address is known to sign-in."""

from tests.making import organisation, person

from tospann.foundation.authority import SYSTEM, Role
from tospann.people import commands
from tospann.people.actors import actor_for

PASSWORD = "correct horse battery"


def account(name="", **values):
    """A person who can sign in with PASSWORD."""
    made = person(name, **values)
    commands.keep_address(made)
    return made


def administrator(name="Anne Admin"):
    made = account(name)
    commands.give_organisation_role(SYSTEM, made, role=Role.ADMINISTRATOR)
    return made


def acting(somebody):
    return actor_for(somebody)


def invited(name="Ny Person", email="ny@example.org", **values):
    from tospann.foundation.ids import new_id

    return commands.invite_person(
        SYSTEM, organisation(), id=new_id(), email=email, name=name, **values
    )
