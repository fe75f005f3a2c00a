"""Leaving a project, and memos of what is handed over."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, require, try_submit
from tospann.projects import commands as projects
from tospann.projects import page_queries, queries
from tospann.projects.models import Membership, Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.team import commands
from tospann.team.commands.covering import Step, sorted_out
from tospann.team.forms import LeaveForm, MemoForm
from tospann.team.queries import holdings, said
from tospann.ui.pages import form_page, page


@project_page
def leave(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = page_queries.membership(project, pk)
    team = holdings.others(project, found.person_id)
    form = LeaveForm(request.POST if request.method == "POST" else None, team=team)
    if form.is_valid() and (outcome := _release(request, project, found, form)):
        said_ = _("Released from the role.")
        return answer(request, outcome, reverse("team", args=[project.key]), said_)
    shown: dict[str, Any] = {
        "membership": found,
        "form": form,
        "ruling": projects.release.ruling(request.actor, found),
        "hands": commands.cover_for.ruling(request.actor, project).may_decide,
        "held": holdings.of(project, found.person_id),
        "project": project,
    }
    return page(request, "team/leave.html", status=422 if form.errors else 200, **shown)


def _release(
    request: ProjectRequest, project: Project, found: Membership, form: LeaveForm
) -> Done[Any] | Proposed | None:
    """Whoever releases herself hands over first, while she still may."""
    is_self, person = found.person_id == request.actor.person_id, found.person_id
    if is_self:
        _hand_over(request, project, person, form)
    outcome = try_submit(request, form, projects.release.on(found))
    if outcome is not None and not is_self:
        _hand_over(request, project, person, form)
    return outcome


def _hand_over(request: ProjectRequest, project: Project, person: UUID, form: LeaveForm) -> None:
    """The memo first, so that it says what there was; then everything she may give away."""
    actor, to = request.actor, form.cleaned_data["hand_over_to"]
    if not commands.cover_for.ruling(actor, project).may_decide:
        return
    if form.cleaned_data["memo"]:
        memo = commands.write_memo.on(project)
        submit(actor, memo, id=new_id(), person=person, to=to)
    if to is None:
        return
    listed = [one for one in holdings.of(project, person) if holdings.GIVE in one.ways]
    steps = [Step(kind=one.kind, ref=one.ref, to=to) for one in listed]  # type: ignore[arg-type]  # kinds are shared
    own = sorted_out(actor, project, person, steps).own
    if own:
        submit(actor, commands.cover_for.on(project), person=person, steps=own)


@project_page
def new_memo(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.write_memo.ruling(request.actor, project)
    require(ruling)
    team, me = queries.team(project), str(request.actor.person_id)
    keeps = commands.cover_for.ruling(request.actor, project).may_decide
    whose = team if keeps else [one for one in team if one[0] == me]
    first = {"person": request.GET.get("person", me)}
    form = MemoForm(request.POST or None, whose=whose, team=team, initial=first)
    if form.is_valid():
        bound, typed = commands.write_memo.on(project), form.cleaned_data
        outcome = try_submit(request, form, bound, **{"id": new_id(), **typed})
        if isinstance(outcome, Done):
            to = outcome.result.get_absolute_url()
            return answer(request, outcome, to, _("The memo is written."))
    title, lead = _("Write a hand-over memo"), _("Everything open is listed by itself.")
    to, said_ = reverse("team", args=[project.key]), _("Write the memo")
    return form_page(
        request, form, title=title, lead=lead, submit=said_, cancel=to, project=project
    )


@project_page
def memo(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = said.memo(request.actor, project, pk)
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in found.content:
        due = date.fromisoformat(one["due"]) if one["due"] else None
        groups.setdefault(one["label"], []).append({**one, "due": due})
    return page(request, "team/memo.html", project=project, memo=found, groups=groups)
