"""Comments with mentions, and links to what lies elsewhere."""

from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from tospann.actions import mentions
from tospann.actions.commands.rights import keeps_registers
from tospann.actions.models import Action, ActionLink, Comment
from tospann.foundation.arguments import Line, Link, Text
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid

_NOT_YOUR_LINK = gettext_noop("Somebody else added this link.")


@command(needs=Power.DISCUSS)
def comment_on(actor: Actor, action: Action, *, id: UUID, text: Text) -> Comment:
    """Comment on an action

    Whoever is named with an @ (“@Kari”, “@Kari Nordmann”) and is on the team is told.
    """
    comment = Comment(
        id=id,
        project_id=action.project_id,
        action=action,
        by_id=actor.person_id,
        text=text,
        mentions=[str(pk) for pk in mentions.mentioned(text, action.project_id)],
    )
    comment.save()
    return comment


@command(needs=Power.DISCUSS)
def add_link(actor: Actor, action: Action, *, id: UUID, address: Link, title: Line) -> ActionLink:
    """Add a link to an action"""
    if not address:
        raise Invalid(gettext("This is required."), "address")
    link = ActionLink(
        id=id,
        project_id=action.project_id,
        action=action,
        title=title,
        address=address,
        by_id=actor.person_id,
    )
    link.save()
    return link


def added_it_or_keeps(actor: Actor, link: ActionLink) -> Sentence | None:
    if link.by_id == actor.person_id or keeps_registers(actor, link.action):
        return None
    return Sentence(_NOT_YOUR_LINK)


@command(needs=Power.DISCUSS, only_if=added_it_or_keeps)
def remove_link(actor: Actor, link: ActionLink) -> None:
    """Remove a link from an action"""
    link.delete()
