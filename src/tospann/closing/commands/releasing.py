"""People are free again: every agreement on their time ends, with the notice agreed on."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext

from tospann.closing.queries.left import agreements
from tospann.foundation.arguments import Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project
from tospann.resources import commands as resources
from tospann.resources.commands.agreeing import first_day_to_end
from tospann.resources.models import Agreement


@command(needs=Power.ASK_FOR_PEOPLE, undoable=False)
def release_people(
    actor: Actor, project: Project, *, ends_on: date, reason: Text
) -> list[Agreement]:
    """Release the people

    Every agreement that lasts longer ends on that day, or as soon after it as its notice allows.
    """
    today = timezone.localdate()
    if ends_on < today:
        raise Invalid(gettext("The last day has already passed."), "ends_on")
    released = []
    for agreement in agreements(project).filter(ends_on__gt=ends_on):
        last = max(ends_on, first_day_to_end(agreement, today))
        if last < agreement.ends_on:
            ended = resources.end_agreement(actor, agreement, ends_on=last, reason=reason)
            released.append(ended)
    if not released:
        raise Invalid(gettext("No agreement lasts longer than that."), "ends_on")
    return released
