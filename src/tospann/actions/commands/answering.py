"""What owners say of their actions (late, stuck), and what is answered."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.actions.commands.keeping import not_stuck, set_due
from tospann.actions.commands.rights import (
    is_asked_or_kept,
    is_own_made_or_kept,
    is_own_or_kept,
    must_be_open,
    owner_on_team,
)
from tospann.actions.models import Action, Comment
from tospann.foundation.arguments import Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid

Days = Annotated[int, Field(ge=1, le=365)]


def later_by(action: Action, days: int) -> date:
    """That many days after the due date, or after today when the due date has gone by."""
    today = timezone.localdate()
    return max(action.due_on or today, today) + timedelta(days=days)


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def report_late(actor: Actor, action: Action, *, days: Days) -> Action:
    """Say that an action will be late

    Whoever may change the action moves its due date by this; for everybody else the new date is a
    flag until whoever gave the action answers it.
    """
    must_be_open(action)
    asked = later_by(action, days)
    if is_own_made_or_kept(actor, action) is None:
        set_due(action, asked)
    else:
        action.proposed_due_on, action.flagged_by_id = asked, actor.person_id
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_made_or_kept)
def answer_late(actor: Actor, action: Action, *, accept: bool) -> Action:
    """Answer a wish for a later due date"""
    must_be_open(action)
    if action.proposed_due_on is None:
        raise Invalid(gettext("Nobody has asked for another due date."))
    if accept:
        action.due_on = action.proposed_due_on
    action.proposed_due_on = None
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def report_stuck(
    actor: Actor,
    action: Action,
    *,
    text: Text,
    helper: UUID | None = None,
    reply_by: date | None = None,
) -> Action:
    """Say that an action is stuck

    Somebody may be asked for help by name, with a day by which an answer is needed.
    """
    must_be_open(action)
    if helper is not None and helper == actor.person_id:
        raise Invalid(gettext("Ask somebody else than yourself."), "helper")
    if reply_by is not None and reply_by < timezone.localdate():
        raise Invalid(gettext("Choose a day that is still to come."), "reply_by")
    action.stuck_since = action.stuck_since or timezone.now()
    action.stuck_text, action.flagged_by_id = text, actor.person_id
    action.helper_id = owner_on_team(action.project_id, helper, "helper")
    action.reply_by, action.helped_at = (reply_by if helper else None), None
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_asked_or_kept)
def answer_stuck(actor: Actor, action: Action, *, id: UUID, text: Text) -> Action:
    """Answer somebody who is stuck

    The answer stands among the comments; whoever is stuck says herself when it is going again.
    """
    must_be_open(action)
    if action.stuck_since is None:
        raise Invalid(gettext("This action is not stuck."))
    comment = Comment(id=id, project_id=action.project_id, action=action, text=text)
    comment.by_id, comment.mentions = actor.person_id, []
    comment.save()
    action.helped_at = timezone.now()
    action.save()
    return action


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def release_stuck(actor: Actor, action: Action) -> Action:
    """Say that an action is no longer stuck"""
    if action.stuck_since is None:
        raise Invalid(gettext("This action is not stuck."))
    not_stuck(action)
    action.save()
    return action
