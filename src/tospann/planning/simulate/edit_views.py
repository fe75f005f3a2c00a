"""What is uncertain, to change: the estimates of tasks, and the events that are drawn."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, require, try_submit
from tospann.planning import queries, store
from tospann.planning.models import Kind
from tospann.planning.pages import may_touch, save, show
from tospann.planning.simulate import commands, events
from tospann.planning.simulate.estimates import points_of
from tospann.planning.simulate.forms import EstimateForm, EventForm, shown_event
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page

_POINTS = ("low", "likely", "high")
_LEAD = gettext_lazy(
    "Lowest: one time in ten it goes faster. Highest: one time in ten it takes longer; unless"
    " you say that the numbers mean something else."
)


def _to(project: Project, part: str) -> str:
    return f"{reverse('simulate', args=[project.key])}#{part}"


@project_page
def estimate(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    """A task's estimate with three points: a change of the plan like any other."""
    head = queries.existing_plan(project)
    found = queries.activity(project, uid)
    if found.row["kind"] != Kind.TASK:
        raise Invalid(_("Only tasks are estimated; a summary task adds up what lies under it."))
    day = store.load(head).plan.minutes_per_day * 60
    first = {**_first(found.content, day), "base_revision": head.revision}
    form = EstimateForm(request.POST or None, initial=first)
    ruling = may_touch(request, head)
    if form.is_valid():
        edits = _edits(found.content, form.cleaned_data, day)
        came = save(request, form, head, edits, _to(project, "estimates"))
        if isinstance(came, HttpResponse):
            return came
        ruling = came
    title = _("Estimate of “%(name)s”") % {"name": found.row["name"]}
    cancel = _to(project, "estimates")
    return show(request, form, ruling, title=title, lead=str(_LEAD), cancel=cancel)


def _first(one: engine.Activity, day: int) -> dict[str, Any]:
    known = dict(zip(_POINTS, points_of(one, day) or [None] * 3, strict=True))
    return {**known, "reading": one.estimate.reading if one.estimate else None}


def _edits(one: engine.Activity, said: dict[str, Any], day: int) -> list[Edit]:
    after = None
    if said["likely"] is not None:
        low, likely, high = (round(float(said[name]) * day) for name in _POINTS)
        after = engine.ThreePoint(low, likely, high, said["reading"])
    return [] if after == one.estimate else [engine.SetEstimate(one.uid, after)]


@project_page
def add_event(request: ProjectRequest, project: Project) -> HttpResponse:
    """A new event."""
    head = queries.existing_plan(project)
    ruling = commands.add_uncertain_event.ruling(request.actor, project)
    require(ruling)
    form = EventForm(request.POST or None, loaded=store.load(head))
    if form.is_valid():
        bound = commands.add_uncertain_event.on(project)
        outcome = try_submit(request, form, bound, id=new_id(), **form.arguments())
        if outcome:
            return answer(request, outcome, _to(project, "events"), _("The event is added."))
    return _event_page(request, project, form, _("New event"))


@project_page
def change_event(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """An event with other numbers."""
    found = events.event(project, pk)
    require(commands.change_uncertain_event.ruling(request.actor, found))
    form = EventForm(
        request.POST or None,
        initial=shown_event(found),
        version=found.version,
        loaded=store.load(queries.existing_plan(project)),
    )
    if form.is_valid():
        bound = commands.change_uncertain_event.on(found, form.cleaned_data.get("version"))
        outcome = try_submit(request, form, bound, **form.arguments())
        if outcome:
            return answer(request, outcome, _to(project, "events"), _("Saved."))
    return _event_page(request, project, form, found.name)


def _event_page(
    request: ProjectRequest, project: Project, form: EventForm, title: str
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Save"),
        cancel=_to(project, "events"),
        project=project,
    )


@require_POST
@project_page
def remove_event(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """The event is drawn no more."""
    found = events.event(project, pk)
    outcome = submit(request.actor, commands.remove_uncertain_event.on(found))
    return answer(request, outcome, _to(project, "events"), _("The event is removed."))
