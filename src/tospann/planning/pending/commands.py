"""Saying what waits for a decision, where the case itself does not say it."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field

from tospann.cases.models import OPEN_STATES, Case
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.planning.models import Activity, Waits
from tospann.projects.models import Project

Uids = Annotated[list[Annotated[int, Field(ge=1, le=2**53)]], Field(max_length=50)]


@command(needs=Power.PREPARE)
def set_what_waits(actor: Actor, project: Project, *, case: UUID, uids: Uids) -> Waits:
    """Say what waits for a decision"""
    about = Case.objects.filter(project=project, pk=case).first()
    if about is None:
        raise Invalid(gettext("There is no such case in this project."), "case")
    if about.state not in OPEN_STATES:
        raise Invalid(gettext("This case is already closed."), "case")
    known = Activity.objects.filter(project=project, uid__in=uids).count()
    if known != len(set(uids)):
        raise Invalid(gettext("There is no such activity in the plan."), "uids")
    kept = Waits.objects.filter(case=about).first()
    kept = kept or Waits(id=new_id(), project=project, case=about)
    kept.uids = sorted(set(uids))
    kept.save()
    return kept
