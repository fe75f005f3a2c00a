"""Surveys to the team and the customer. What is answered is no act: see ``closing.answering``."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.closing.models import Audience, Survey, SurveyState
from tospann.foundation.arguments import Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project

Questions = Annotated[list[Line], Field(min_length=1, max_length=6)]


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def open_survey(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    audience: Audience,
    questions: Questions,
    closes_on: date,
) -> Survey:
    """Ask how it went"""
    if closes_on < timezone.localdate():
        raise Invalid(gettext("The last day has already passed."), "closes_on")
    still = Survey.objects.filter(project=project, audience=audience, state=SurveyState.OPEN)
    if still.exists():
        raise Invalid(gettext("They are being asked already. Close that survey first."))
    survey = Survey(
        id=id,
        project=project,
        number=next_number(project.pk),
        audience=audience,
        questions=[{"key": f"q{n}", "text": one} for n, one in enumerate(questions, 1)],
        closes_on=closes_on,
        opened_by_id=actor.person_id,
    )
    survey.save()
    return survey


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def close_survey(actor: Actor, survey: Survey) -> Survey:
    """Close a survey"""
    if survey.state == SurveyState.CLOSED:
        raise Invalid(gettext("This survey is closed."))
    survey.state = SurveyState.CLOSED
    survey.save()
    return survey
