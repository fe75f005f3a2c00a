"""Absence and skills: kept by whom they are about, her line manager, and her projects' leaders."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from pydantic import StringConstraints

from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Person
from tospann.resources import keeping
from tospann.resources.commands.terms import Share, require_period
from tospann.resources.models import Absence, AbsenceKind, PersonSkill, Skill, SkillLevel

SkillName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
_NOT_YOURS = gettext_noop(
    "Only the person herself, her line manager and those who lead her projects keep this."
)


def _hers(actor: Actor, subject: Person | Absence | PersonSkill) -> Sentence | None:
    person = subject.pk if isinstance(subject, Person) else subject.person_id
    return None if keeping.may_keep(actor, person) else Sentence(_NOT_YOURS)


@command(needs=Power.OWN_ACCOUNT, only_if=_hers)
def record_absence(
    actor: Actor,
    person: Person,
    *,
    id: UUID,
    starts_on: date,
    ends_on: date,
    kind: AbsenceKind = AbsenceKind.ABSENT,
    percent: Share = 100,
) -> Absence:
    """Record when somebody is away"""
    require_period(starts_on, ends_on)
    same = Absence.objects.filter(person=person, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if same.exists():
        raise Invalid(gettext("Some of these days are recorded already."), "starts_on")
    absence = Absence(
        id=id, person=person, starts_on=starts_on, ends_on=ends_on, kind=kind, percent=percent
    )
    absence.save()
    return absence


@command(needs=Power.OWN_ACCOUNT, only_if=_hers)
def remove_absence(actor: Actor, absence: Absence) -> None:
    """Remove when somebody was to be away"""
    absence.delete()


@command(needs=Power.OWN_ACCOUNT, only_if=_hers)
def set_skill(
    actor: Actor, person: Person, *, id: UUID, name: SkillName, level: SkillLevel = SkillLevel.ABLE
) -> PersonSkill:
    """Record what somebody knows"""
    skill = Skill.objects.filter(name__iexact=name).first()
    if skill is None:
        skill = Skill(name=name)
        skill.save()
    found = PersonSkill.objects.filter(person=person, skill=skill).first()
    found = found or PersonSkill(id=id, person=person, skill=skill)
    found.level = level
    found.save()
    return found


@command(needs=Power.OWN_ACCOUNT, only_if=_hers)
def forget_skill(actor: Actor, person_skill: PersonSkill) -> None:
    """Remove what somebody knows"""
    person_skill.delete()
