"""The register of stakeholders, and what is thought of each."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project
from tospann.stakeholders.commands.contacts import AlreadySaved, belongs
from tospann.stakeholders.models import Audience, Category, Judgement, Stakeholder

HowMuch = Annotated[int, Field(ge=0, le=3)]


@command(needs=Power.KEEP_STAKEHOLDERS)
def add_stakeholder(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    organisation: OptionalLine = "",
    category: Category = Category.OTHER,
    relation: OptionalText = "",
    expectation: OptionalText = "",
    information_need: OptionalText = "",
    contact: UUID | None = None,
) -> Stakeholder:
    """Add a stakeholder"""
    if Stakeholder.objects.filter(pk=id).exists():
        raise AlreadySaved
    same = Stakeholder.objects.filter(project=project, is_active=True, name__iexact=name)
    if same.filter(organisation__iexact=organisation).exists():
        raise Invalid(gettext("There is already a stakeholder with this name."), "name")
    made = Stakeholder(
        id=id,
        project=project,
        number=next_number(project.pk),
        name=name,
        organisation=organisation,
        category=category,
        relation=relation,
        expectation=expectation,
        information_need=information_need,
        contact=belongs(project.pk, contact, "contact"),
    )
    made.save()
    return made


@command(needs=Power.KEEP_STAKEHOLDERS)
def change_stakeholder(
    actor: Actor,
    stakeholder: Stakeholder,
    *,
    name: Line,
    organisation: OptionalLine = "",
    category: Category = Category.OTHER,
    relation: OptionalText = "",
    expectation: OptionalText = "",
    information_need: OptionalText = "",
    contact: UUID | None = None,
) -> Stakeholder:
    """Change a stakeholder"""
    stakeholder.name, stakeholder.organisation = name, organisation
    stakeholder.category, stakeholder.relation = category, relation
    stakeholder.expectation, stakeholder.information_need = expectation, information_need
    stakeholder.contact = belongs(stakeholder.project_id, contact, "contact")
    stakeholder.is_active = True
    stakeholder.save()
    return stakeholder


@command(needs=Power.KEEP_STAKEHOLDERS)
def remove_stakeholder(actor: Actor, stakeholder: Stakeholder) -> Stakeholder:
    """Remove a stakeholder"""
    if Audience.objects.filter(stakeholder=stakeholder, item__next_on__isnull=False).exists():
        raise Invalid(
            gettext("Something is still to be told here. Take it off the communication plan first.")
        )
    if found := Judgement.objects.filter(stakeholder=stakeholder).first():
        found.delete()
    stakeholder.is_active = False
    stakeholder.save()
    return stakeholder


@command(needs=Power.KEEP_STAKEHOLDERS, guarded=("influence", "interest", "strategy"))
def judge_stakeholder(
    actor: Actor,
    stakeholder: Stakeholder,
    *,
    influence: HowMuch,
    interest: HowMuch,
    strategy: OptionalText = "",
) -> Judgement:
    """Judge a stakeholder"""
    found = Judgement.objects.filter(stakeholder=stakeholder).first()
    judged = found or Judgement(project_id=stakeholder.project_id, stakeholder=stakeholder)
    judged.influence, judged.interest, judged.strategy = influence, interest, strategy
    judged.judged_by_id, judged.judged_on = actor.person_id, timezone.localdate()
    judged.save()
    return judged


@command(needs=Power.KEEP_STAKEHOLDERS)
def forget_judgement(actor: Actor, stakeholder: Stakeholder) -> None:
    """Forget the judgement of a stakeholder"""
    found = Judgement.objects.filter(stakeholder=stakeholder).first()
    if found is None:
        raise Invalid(gettext("There is no judgement to forget."))
    found.delete()
