"""The plan to change: tasks, their places, progress, and freezing it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import planengine as engine
from tospann.foundation.commands import submit
from tospann.people.pages import answer, came_from, go, require, try_submit
from tospann.planning import changes, commands, progress, queries, store
from tospann.planning.forms import ConfirmForm, FreezeForm, ProgressForm, QuickForm, TaskForm
from tospann.planning.models import Kind
from tospann.planning.pages import may_touch, save, show
from tospann.planning.projection import day_of, person_of
from tospann.planning.reserve import reserve_uids
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


def _plan_url(project: Project) -> str:
    return reverse("plan", args=[project.key])


def _task_url(project: Project, uid: int) -> str:
    return reverse("plan_task", args=[project.key, uid])


def _back(request: ProjectRequest, project: Project, uid: int) -> str:
    """To the task; to its row in the chart when that is where the form was opened."""
    chart = reverse("plan_chart", args=[project.key])
    opened_there = came_from(request).partition("?")[0] == chart
    return f"{chart}?selected={uid}" if opened_there else _task_url(project, uid)


@project_page
def start(request: ProjectRequest, project: Project) -> HttpResponse:
    """Start an empty plan."""
    if request.method == "POST":
        outcome = submit(request.actor, commands.start_plan.on(project))
        return answer(request, outcome, _plan_url(project), _("The plan is started."))
    return go(request, _plan_url(project))


@project_page
def add(request: ProjectRequest, project: Project) -> HttpResponse:
    """A new task with everything about it."""
    head = queries.existing_plan(project)
    first = {"base_revision": head.revision, "parent": request.GET.get("under")}
    form = TaskForm(request.POST or None, project=project, initial=first)
    ruling = may_touch(request, head)
    if form.is_valid():
        uid = reserve_uids(head)
        edits = changes.new_task(uid, form.cleaned_data)
        came = save(request, form, head, edits, _plan_url(project))
        if isinstance(came, HttpResponse):
            return came
        ruling = came
    label = _("Add the task")
    return show(request, form, ruling, title=_("New task"), submit=label, cancel=_plan_url(project))


@project_page
def quick(request: ProjectRequest, project: Project) -> HttpResponse:
    """A new task by its name alone, from the foot of the list."""
    head = queries.existing_plan(project)
    form = QuickForm(request.POST or None, initial={"base_revision": head.revision})
    ruling = may_touch(request, head)
    if form.is_valid():
        said = {**form.cleaned_data, "start": None, "parent": form.cleaned_data["under"]}
        uid = reserve_uids(head)
        under = f"?under={said['parent']}" if said["parent"] else ""
        came = save(request, form, head, changes.new_task(uid, said), _plan_url(project) + under)
        if isinstance(came, HttpResponse):
            return came
        ruling = came
    return show(request, form, ruling, title=_("New task"), cancel=_plan_url(project))


def _shown(found: queries.Whole, revision: int) -> dict[str, Any]:
    one, row = found.content, found.row
    return {
        "base_revision": revision,
        "name": one.name,
        "milestone": row["kind"] == Kind.MILESTONE,
        "start": row["start"],
        "finish": row["finish"],
        "responsible": str(person_of(one) or ""),
        "deadline": day_of(one.deadline),
        "parent": one.parent,
        "notes": one.notes,
    }


@project_page
def edit(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    head = queries.existing_plan(project)
    found = queries.activity(project, uid)
    shown, to = _shown(found, head.revision), _back(request, project, uid)
    form = TaskForm(request.POST or None, project=project, of=found, initial=shown)
    ruling = may_touch(request, head)
    if form.is_valid():
        summary = found.row["kind"] == Kind.SUMMARY
        edits = changes.of_task(found.content, form.cleaned_data, has_children=summary)
        came = save(request, form, head, edits, to)
        if isinstance(came, HttpResponse):
            return came
        ruling = came
    return show(request, form, ruling, title=found.row["name"], cancel=to)


@project_page
def remove(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    head = queries.existing_plan(project)
    found = queries.activity(project, uid)
    form = ConfirmForm(request.POST or None, initial={"base_revision": head.revision})
    ruling = may_touch(request, head)
    if form.is_valid():
        came = save(request, form, head, [engine.RemoveActivity(uid)], _plan_url(project))
        if isinstance(came, HttpResponse):
            return came
        ruling = came
    return show(
        request,
        form,
        ruling,
        title=_("Remove “%(name)s”?") % {"name": found.row["name"]},
        submit=_("Remove"),
        lead=_("Everything that lies under it is removed too. It can be undone."),
        danger=True,
        cancel=_task_url(project, uid),
    )


@require_POST
@project_page
def move(request: ProjectRequest, project: Project) -> HttpResponse:
    """Indent, outdent, up or down: the row that is chosen, by the button that is pressed."""
    head = queries.existing_plan(project)
    uid = queries.activity(project, _number(request.POST.get("uid"))).row["uid"]
    to = f"{_plan_url(project)}?{request.POST.get('query', '')[:500]}&selected={uid}#row-{uid}"
    edits = changes.moved(store.load(head).plan, uid, request.POST.get("way", ""))
    if not edits:
        return go(request, to)
    outcome = submit(
        request.actor,
        commands.apply_edits.on(head),
        base_revision=_number(request.POST.get("base_revision")),
        edits=[engine.edit_to_json(edit) for edit in edits],
    )
    return answer(request, outcome, to, _("Moved."))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0


@project_page
def report(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    """Facts: recorded at once by whoever is responsible, or keeps the plan."""
    head = queries.existing_plan(project)
    found = queries.activity(project, uid)
    require(commands.report_progress.ruling(request.actor, head))
    form = ProgressForm(request.POST or None, initial=progress.shown(found.content))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ProgressForm.base_fields}
        bound = commands.report_progress.on(head)
        outcome = try_submit(request, form, bound, uid=uid, **said)
        if outcome:
            return answer(request, outcome, _task_url(project, uid), _("The progress is recorded."))
    return show(
        request,
        form,
        commands.report_progress.ruling(request.actor, head),
        title=_("Progress of “%(name)s”") % {"name": found.row["name"]},
        submit=_("Record the progress"),
        cancel=_task_url(project, uid),
    )


@project_page
def freeze(request: ProjectRequest, project: Project) -> HttpResponse:
    """Make the plan as it stands the one that everything is compared with."""
    head = queries.existing_plan(project)
    require(commands.set_baseline.ruling(request.actor, head))
    form = FreezeForm(request.POST or None, initial={"base_revision": head.revision})
    said: dict[str, Any] = {"base_revision": head.revision}
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("base_revision", "name")}
        outcome = try_submit(request, form, commands.set_baseline.on(head), **said)
        if outcome:
            return answer(request, outcome, _plan_url(project), _("The plan is frozen."))
    ruling = commands.set_baseline.assess(request.actor, head, said)
    return show(
        request,
        form,
        ruling,
        title=_("Freeze the plan"),
        submit=_("Freeze the plan"),
        lead=_("The dates as they are now become the baseline that progress is compared with."),
        cancel=_plan_url(project),
    )
