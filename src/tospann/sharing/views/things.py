"""Who can see this, sharing it, and what somebody can see."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import Bound, Done, Proposed
from tospann.foundation.errors import NotAllowed
from tospann.people.pages import answer, require, require_decides, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.sharing import access, commands, queries, seeing
from tospann.sharing.forms import NewShareForm
from tospann.sharing.models import Share, With
from tospann.sharing.things import Thing
from tospann.ui.pages import form_page, page


@project_page
def who_sees(request: ProjectRequest, project: Project, label: str, pk: UUID) -> HttpResponse:
    what = queries.thing_for(request.actor, project, f"{label}:{pk}")
    mine = access.access(request.actor, what, access.grants(request.actor, project))
    return page(
        request,
        "sharing/who_sees.html",
        project=project,
        thing=what,
        label=label,
        pk=pk,
        principals=seeing.principals(what),
        shares=queries.of_subjects(request.actor, project, [what.reference, *what.above]),
        log=queries.log_of(what.reference)[:50] if mine.right >= access.Right.MANAGE else [],
        may_manage=mine.right >= access.Right.MANAGE,
        share=commands.share.ruling(request.actor, project),
    )


@project_page
def new_share(request: ProjectRequest, project: Project, label: str, pk: UUID) -> HttpResponse:
    what = queries.thing_for(request.actor, project, f"{label}:{pk}")
    says = _rulings(request, project, what)
    form = NewShareForm(request.POST or None, people=queries.everybody(), holds=what.holds)
    there = reverse("who_sees", args=[project.key, label, pk])
    if form.is_valid() and (outcome := _shared(request, project, what, form)):
        if not isinstance(outcome, Proposed) and outcome.result.kind == With.LINK:
            there = reverse("share", args=[project.key, outcome.result.pk])
        return answer(request, outcome, there, _("It is shared."))
    shown: dict[str, Any] = {"decides": says, "cancel": there, "project": project}
    title = _("Share %(title)s") % {"title": what.title}
    return form_page(request, form, title=title, submit=_("Share"), **shown)


def _rulings(request: ProjectRequest, project: Project, what: Thing) -> str:
    """Who decides otherwise, in a sentence; whoever may neither share nor propose is refused."""
    inside = commands.share.ruling(request.actor, project)
    outside = commands.share_outside.ruling(request.actor, project)
    require(inside if outside.is_refused else outside)
    _require_manages(request, project, what)
    if outside.may_decide:
        return ""
    return _("Outside the organisation: %(why)s") % {"why": outside}


def _shared(
    request: ProjectRequest, project: Project, what: Thing, form: NewShareForm
) -> Done[Share] | Proposed | None:
    bound, values = _asked(project, what, form.cleaned_data)
    require(bound.command.ruling(request.actor, project))
    return try_submit(request, form, bound, **values)


def _require_manages(request: ProjectRequest, project: Project, what: Thing) -> None:
    held = access.grants(request.actor, project)
    if access.access(request.actor, what, held).right < access.Right.MANAGE:
        raise NotAllowed(_("Only those who may manage this may share it."))


def _asked(
    project: Project, what: Thing, typed: dict[str, Any]
) -> tuple[Bound[Any, Share], dict[str, Any]]:
    """The command for whom it is shared with, and what it takes of what was typed."""
    values = {**typed, "reference": what.reference, "person": typed["person"] or None}
    is_person = typed["kind"] == With.PERSON
    is_inside = is_person and not queries.is_external(typed["person"])
    command = commands.share if is_inside else commands.share_outside
    if not is_inside:
        values["ceiling"] = what.classification
        values["person"] = values["person"] if typed["kind"] == With.PERSON else None
    taken = command.arguments.model_fields
    bound: Bound[Any, Share] = command.on(project)
    return bound, {name: value for name, value in values.items() if name in taken}


@project_page
def what_can(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """What a person can see here, for those who share."""
    require_decides(rule(request.actor, Power.SHARE, project.pk))
    person = queries.person(project, pk)
    found = seeing.what_can(project, person)
    shares = queries.with_person(request.actor, project, person)
    return page(
        request,
        "sharing/what_can.html",
        project=project,
        person=person,
        found=found,
        shares=shares,
    )
