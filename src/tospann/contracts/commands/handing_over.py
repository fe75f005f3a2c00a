"""Giving contracts, notices and procurements to somebody else."""

from uuid import UUID

from tospann.contracts import queries
from tospann.contracts.commands import keeping
from tospann.contracts.models import Contract, Notice, Procurement
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.people.models import Person
from tospann.projects import queries as projects


@command(needs=Power.KEEP_CONTRACTS)
def hand_over_contract(actor: Actor, contract: Contract, *, responsible: UUID | None) -> Contract:
    """Hand over a contract"""
    contract.responsible_id = keeping.on_the_team(contract.project_id, responsible)
    contract.save()
    return contract


@command(needs=Power.KEEP_CONTRACTS)
def hand_over_notice(actor: Actor, notice: Notice, *, owner: UUID | None) -> Notice:
    """Hand over a notice"""
    notice.owner_id = keeping.on_the_team(notice.project_id, owner, "owner")
    notice.save()
    return notice


@command(needs=Power.KEEP_CONTRACTS)
def hand_over_procurement(
    actor: Actor, procurement: Procurement, *, responsible: UUID | None
) -> Procurement:
    """Hand over a procurement"""
    procurement.responsible_id = keeping.on_the_team(procurement.project_id, responsible)
    procurement.save()
    return procurement


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """Give what a person follows up to another, where she is on the team; else to nobody (yet)."""
    for row in queries.open_rows_of(person):
        can = to is not None and to.pk in projects.on_team(row.project_id)
        whom = to.pk if to and can else None
        if isinstance(row, Notice):
            hand_over_notice(actor, row, owner=whom)
        elif isinstance(row, Contract):
            hand_over_contract(actor, row, responsible=whom)
        else:
            hand_over_procurement(actor, row, responsible=whom)
