"""Lessons: noted by anybody on the team, shared with the whole organisation, taken back."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.arguments import OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Phase, Project
from tospann.search import words
from tospann.team.models import Lesson, LessonPriority, ThoughtKind

SAID = ("text", "cause", "effect", "early_warning", "recommendation")


@command(needs=Power.KEEP_LESSONS)
def note_lesson(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    text: Text,
    recommendation: OptionalText = "",
    kind: ThoughtKind = ThoughtKind.KEEP,
    phase: UUID | None = None,
    cause: OptionalText = "",
    effect: OptionalText = "",
    early_warning: OptionalText = "",
    was_risk: bool = False,
    priority: LessonPriority = LessonPriority.MEDIUM,
    born_in: OptionalLine = "",
) -> Lesson:
    """Note a lesson"""
    _known(project, phase)
    lesson = Lesson(
        id=id,
        project=project,
        number=next_number(project.pk),
        phase_id=phase,
        kind=kind,
        text=text,
        cause=cause,
        effect=effect,
        early_warning=early_warning,
        was_risk=was_risk,
        recommendation=recommendation,
        priority=priority,
        born_in=born_in[:100],
        noted_by_id=actor.person_id,
    )
    lesson.save()
    return lesson


@command(needs=Power.KEEP_LESSONS)
def change_lesson(
    actor: Actor,
    lesson: Lesson,
    *,
    text: Text,
    kind: ThoughtKind,
    recommendation: OptionalText = "",
    phase: UUID | None = None,
    cause: OptionalText = "",
    effect: OptionalText = "",
    early_warning: OptionalText = "",
    was_risk: bool = False,
    priority: LessonPriority = LessonPriority.MEDIUM,
) -> Lesson:
    """Change a lesson"""
    _known(lesson.project, phase)
    lesson.phase_id, lesson.kind, lesson.text = phase, kind, text
    lesson.cause, lesson.effect, lesson.early_warning = cause, effect, early_warning
    lesson.was_risk, lesson.recommendation, lesson.priority = was_risk, recommendation, priority
    lesson.stems = stems_of(lesson) if lesson.published_at else ""
    lesson.save()
    return lesson


@command(needs=Power.KEEP_LESSONS)
def publish_lesson(actor: Actor, lesson: Lesson) -> Lesson:
    """Share a lesson with the organisation

    Everybody in the organisation can read it from then on, also those who do not see the project.
    """
    if lesson.published_at:
        raise Invalid(gettext("This lesson is shared already."))
    if not lesson.recommendation:
        raise Invalid(gettext("Write what others should do first."), "recommendation")
    lesson.published_at, lesson.published_by_id = timezone.now(), actor.person_id
    lesson.stems = stems_of(lesson)
    lesson.save()
    return lesson


@command(needs=Power.KEEP_LESSONS)
def withdraw_lesson(actor: Actor, lesson: Lesson) -> Lesson:
    """Take a lesson back from the organisation"""
    if not lesson.published_at:
        raise Invalid(gettext("This lesson is not shared."))
    lesson.published_at, lesson.published_by_id, lesson.stems = None, None, ""
    lesson.save()
    return lesson


def stems_of(lesson: Lesson) -> str:
    """The stems of what it says, each once, with a blank on either side to be found by."""
    said = " ".join(getattr(lesson, name) for name in SAID)
    found = [one for one in words.counted(said) if one not in words.STOP and len(one) > 1]
    return f" {' '.join(found)} "


def _known(project: Project, phase: UUID | None) -> None:
    if phase is not None and not Phase.objects.filter(project=project, pk=phase).exists():
        raise Invalid(gettext("There is no such phase in this project."), "phase")
