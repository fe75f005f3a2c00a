"""Lessons of the project, the organisation's base of them, and how forecasts held."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tospann.closing import forecasting, queries, widening
from tospann.closing.offering import late_sentence
from tospann.closing.queries import learned
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, change_by_form, go, require, signed_in
from tospann.planning import commands as planning
from tospann.planning import queries as plans
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.team import commands
from tospann.team.forms import FullLessonForm
from tospann.team.models import Lesson, LessonPriority, ThoughtKind
from tospann.team.queries.said import phase_choices
from tospann.ui.pages import page

WORDS: dict[str, Any] = {
    "lesson_kind": {
        ThoughtKind.KEEP: gettext_lazy("Do it again"),
        ThoughtKind.TRY: gettext_lazy("Do it better"),
        ThoughtKind.STOP: gettext_lazy("Avoid it"),
    },
    "late_sentence": late_sentence,
    "priorities": dict(LessonPriority.choices),
}


def _to(project: Project) -> str:
    return reverse("closing_lessons", args=[project.key])


@require_safe
@project_page
def lessons(request: ProjectRequest, project: Project) -> HttpResponse:
    """What was learned here, and what is shared of it."""
    return page(
        request,
        "closing/lessons.html",
        project=project,
        lessons=learned.own(project),
        may=commands.note_lesson.ruling(request.actor, project),
        **WORDS,
        **queries.rulings(request.actor, project, None),
    )


@project_page
def new_lesson(request: ProjectRequest, project: Project) -> HttpResponse:
    form = FullLessonForm(request.POST or None, phases=phase_choices(project))
    what, title = commands.note_lesson, _("Note a lesson")
    said = _("The lesson is noted. Share it when others can learn from it.")
    return _form(request, project, form, what, project, title, said, {"id": new_id()})


@project_page
def edit_lesson(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = learned.lesson(project, pk)
    shown = {name: getattr(found, name) for name in FullLessonForm.FIELDS}
    form = FullLessonForm(
        request.POST or None,
        phases=phase_choices(project),
        initial=shown | {"phase": found.phase_id},
        version=found.version,
    )
    return _form(request, project, form, commands.change_lesson, found, _("Change the lesson"))


def _form(
    request: ProjectRequest,
    project: Project,
    form: FullLessonForm,
    what: Any,
    subject: Project | Lesson,
    title: str,
    said: str = "",
    known: dict[str, Any] | None = None,
) -> HttpResponse:
    shown: dict[str, Any] = {"title": title, "submit": _("Save the lesson"), "project": project}
    return change_by_form(
        request, form, what, subject, to=_to(project), said=said, known=known, **shown
    )


@require_POST
@project_page
def publish_lesson(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    outcome = submit(request.actor, commands.publish_lesson.on(learned.lesson(project, pk)))
    said = _("Shared. New projects that are like this one are offered it.")
    return answer(request, outcome, _to(project), said)


@require_POST
@project_page
def withdraw_lesson(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    outcome = submit(request.actor, commands.withdraw_lesson.on(learned.lesson(project, pk)))
    return answer(request, outcome, _to(project))


@require_safe
@signed_in
def base(request: ActorRequest) -> HttpResponse:
    """All lessons that were shared in the organisation."""
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "kind", "pack")}
    number = _number(request.GET.get("page", ""))
    found = learned.base(request.actor, asked["q"], asked["kind"], asked["pack"], number)
    return page(
        request,
        "closing/base.html",
        found=found,
        asked=asked,
        packs=learned.packs(),
        page_url=lambda to: f"?q={asked['q']}&kind={asked['kind']}&pack={asked['pack']}&page={to}",
        **WORDS,
    )


def _number(said: str) -> int:
    return min(max(int(said), 1), 10_000) if said.isascii() and said.isdecimal() else 1


@require_safe
@project_page
def offered(request: ProjectRequest, project: Project) -> HttpResponse:
    """What projects like this one have learned, and how late their plans ran."""
    head = plans.plan(project)
    return page(
        request,
        "closing/offered.html",
        project=project,
        lessons=learned.offered(request.actor, project, most=20),
        offer=widening.offer(project),
        has_plan=head is not None and head.task_count > 0,
        may_widen=planning.apply_edits.ruling(request.actor, head) if head else None,
        **WORDS,
    )


@require_POST
@project_page
def widen(request: ProjectRequest, project: Project) -> HttpResponse:
    """The offer is taken: open tasks get ranges as wide as plans have needed."""
    head, offer = plans.existing_plan(project), widening.offer(project)
    require(planning.apply_edits.ruling(request.actor, head))
    edits = widening.edits(head, offer.high) if offer else []
    to = reverse("simulate", args=[project.key])
    if not edits:
        return answer_nothing(request, to)
    bound = planning.apply_edits.on(head)
    outcome = submit(request.actor, bound, base_revision=head.revision, edits=edits)
    return answer(request, outcome, to, _("The ranges are widened. You can undo it."))


def answer_nothing(request: ProjectRequest, to: str) -> HttpResponse:
    messages.info(request, _("The ranges are wide enough already."))
    return go(request, to)


@require_safe
@project_page
def held(request: ProjectRequest, project: Project) -> HttpResponse:
    """How this project's forecasts held, beside the organisation's."""
    score = forecasting.of_project(project)
    whole = forecasting.of_organisation()
    shown: dict[str, Any] = {"project": project, "score": score, "whole": whole}
    return page(request, "closing/held.html", **shown)
