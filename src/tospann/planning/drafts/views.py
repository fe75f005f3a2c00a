"""The pages of drafts: the list, one draft with its chart, and what is done to it."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.errors import Invalid
from tospann.people.pages import go, require
from tospann.planning import commands, preview
from tospann.planning import queries as plans
from tospann.planning.drafts import drafting, money, queries, showing
from tospann.planning.drafts.desk import Desk, desk_of, panel_of
from tospann.planning.drafts.forms import AmountForm, DelayTaskForm, DraftForm, FreezingForm, chosen
from tospann.planning.drafts.models import Draft
from tospann.planning.drafts.sent import Sent, Turn
from tospann.planning.editor import operations, wire, words
from tospann.planning.editor import views as editor
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.forms import Form
from tospann.ui.pages import form_page, is_fragment, page


def address(draft: Draft, project: Project) -> str:
    return reverse("plan_draft", args=[project.key, draft.pk])


@project_page
def drafts(request: ProjectRequest, project: Project) -> HttpResponse:
    """One's own drafts, and those shared in the project."""
    head = plans.existing_plan(project)
    return page(
        request,
        "planning/drafts.html",
        project=project,
        head=head,
        rows=queries.listed(request.actor, project),
        opening=commands.apply_edits.ruling(request.actor, head),
    )


@project_page
def new(request: ProjectRequest, project: Project) -> HttpResponse:
    """Open a draft."""
    head = plans.existing_plan(project)
    commands.require_editor(request.actor, head)
    form = DraftForm(request.POST or None)
    if form.is_valid():
        made = drafting.open_draft(request.actor, head, form.cleaned_data["name"])
        if form.cleaned_data["is_shared"]:
            drafting.share(made, True)
        return go(request, address(made, project))
    back = reverse("plan_drafts", args=[project.key])
    lead = _("A draft changes nothing until it is applied or decided.")
    return form_page(
        request, form, title=_("New draft"), submit=_("Open the draft"), lead=lead, cancel=back
    )


@require_safe
@project_page
def one(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """A draft: its chart beside the plan's, what it does, and who must decide it."""
    desk = desk_of(request, project, pk)
    people = sorted(editor.names(project).values())
    return page(
        request,
        "planning/draft.html",
        project=project,
        head=desk.head,
        draft=desk.draft,
        editing=desk.editing,
        columns=words.columns().items(),
        words={**words.words(people), "label": desk.draft.name},
        delay=DelayTaskForm(project=project),
        amount=AmountForm(project=project) if money.has_budget(project) else None,
        freezing=FreezingForm(initial=_freezing(desk.draft)),
        **panel_of(desk),
    )


@require_safe
@never_cache
@project_page
def panel(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Who must decide, what it does and what it consists of, as it is now."""
    desk = desk_of(request, project, pk)
    full = "full" in request.GET
    if not full and request.GET.get("at") == desk.mark:
        return HttpResponse(status=204)
    return page(
        request,
        "planning/_draft_panel.html",
        project=project,
        head=desk.head,
        draft=desk.draft,
        editing=desk.editing,
        **panel_of(desk, full=full),
    )


@require_safe
@never_cache
@project_page
def rows(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """The draft for the chart; nothing when it is still as it was drawn."""
    desk = desk_of(request, project, pk)
    if request.GET.get("since") == str(desk.draft.version) or desk.tried is None:
        return HttpResponse(status=204)
    return wire.answer(request, showing.drawn(desk.draft, desk.tried, project))


@require_POST
@project_page
def operate(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """One operation in the chart becomes a step of the draft."""

    def act() -> HttpResponse:
        desk = desk_of(request, project, pk)
        require(desk.editing)
        return _carry_out(request, desk, Sent.model_validate_json(request.body[: editor.LARGEST]))

    return editor.answered(act)


def _carry_out(request: ProjectRequest, desk: Desk, sent: Sent) -> HttpResponse:
    if desk.clashes or desk.tried is None:
        raise Invalid(_("The plan has changed where the draft does. Load the page, and choose."))
    desk.require_version(sent.base_revision)
    earlier = (desk.draft.version, desk.tried)
    if isinstance(sent.operation, Turn):
        turn = drafting.undo if sent.operation.do == "undo" else drafting.redo
        tried, edits = turn(desk.head, desk.draft), list[Edit]()
    else:
        sheet = editor.sheet(desk.head, desk.tried.after.plan)
        edits = operations.edits_of(sent.operation, sheet)
        if not edits:
            return JsonResponse({"outcome": "nothing"})
        stored = [engine.edit_to_json(one) for one in edits]
        tried = drafting.add(desk.actor, desk.head, desk.draft, stored)
    uids = [one.activity.uid for one in edits if isinstance(one, engine.AddActivity)]
    plan = showing.drawn(desk.draft, tried, desk.head.project, earlier)
    return wire.answer(request, {"outcome": "done", "uids": uids, "plan": plan})


def changed(request: ProjectRequest, project: Project, draft: Draft, text: str) -> HttpResponse:
    """What is done beside the chart: it is told to look again, or the page is shown anew."""
    if is_fragment(request):
        told = {"toast": {"text": text, "tone": "success"}, "draft-changed": True}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(told)})
    messages.success(request, text)
    return go(request, address(draft, project))


@require_POST
@project_page
def take_out(request: ProjectRequest, project: Project, pk: UUID, number: int) -> HttpResponse:
    """Trim the draft: one change of it no longer counts."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    along = drafting.take_out(desk.head, desk.draft, number, _place(request))
    text = _("Taken out.")
    if along:
        text = ngettext(
            "Taken out, and %(num)s change with it that cannot stand alone.",
            "Taken out, and %(num)s changes with it that cannot stand alone.",
            along,
        ) % {"num": along}
    return changed(request, project, desk.draft, text)


def _place(request: ProjectRequest) -> int | None:
    text = request.POST.get("at", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


@require_POST
@project_page
def put_back(request: ProjectRequest, project: Project, pk: UUID, number: int) -> HttpResponse:
    """What was taken out counts again."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    drafting.put_back(desk.head, desk.draft, number)
    return changed(request, project, desk.draft, _("Put back."))


@require_POST
@project_page
def delay(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """A task later by some days: a change that needs no chart."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    form = DelayTaskForm(request.POST, project=project)
    if not form.is_valid() or desk.tried is None:
        return _form(request, desk.draft, form, _("Move a task"), _("Add to the draft"))
    plan, uid = desk.tried.after.plan, form.cleaned_data["uid"]
    found = next((one for one in plan.activities if one.uid == uid), None)
    edits = preview.delay(plan, found, form.cleaned_data["days"]) if found else []
    stored = [engine.edit_to_json(one) for one in edits]
    if stored:
        drafting.add(request.actor, desk.head, desk.draft, stored)
    return changed(request, project, desk.draft, _("Added to the draft."))


@require_POST
@project_page
def set_amount(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """What a line of the budget would come to."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    form = AmountForm(request.POST, project=project)
    if not form.is_valid():
        return _form(request, desk.draft, form, _("Change the budget"), _("Add to the draft"))
    typed = form.cleaned_data
    money.set_amount(request.actor, desk.draft, typed["line"], typed["name"], typed["amount"])
    return changed(request, project, desk.draft, _("Added to the draft."))


@require_POST
@project_page
def drop_amount(request: ProjectRequest, project: Project, pk: UUID, line: UUID) -> HttpResponse:
    """A line of the budget stays as it is after all."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    money.take_out(desk.draft, str(line))
    return changed(request, project, desk.draft, _("Taken out."))


@require_POST
@project_page
def freeze(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Whether the plan is frozen as the draft makes it."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    form = FreezingForm(request.POST)
    if not form.is_valid():
        return form_page(
            request,
            form,
            title=_("Freeze the plan"),
            submit=_("Save"),
            cancel=address(desk.draft, project),
            project=project,
        )
    typed = form.cleaned_data
    drafting.freeze(desk.draft, typed["freezes"], typed["frozen_as"])
    said = _("Added to the draft.") if typed["freezes"] else _("Taken out.")
    return changed(request, project, desk.draft, said)


def _freezing(draft: Draft) -> dict[str, Any]:
    return {"freezes": draft.freezes, "frozen_as": draft.frozen_as}


@require_POST
@project_page
def choose(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """What counts where the draft and the plan met: the draft, or the plan."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    choices = chosen(request.POST, desk.clashes)
    left = drafting.follow(request.actor, desk.head, desk.draft, choices)
    if left:
        messages.warning(request, _("Something is still to be chosen."))
    else:
        messages.success(request, _("The draft now follows the plan as it is."))
    return go(request, address(desk.draft, project))


@project_page
def settings(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Rename the draft; share it, or keep it to oneself again."""
    desk = desk_of(request, project, pk)
    require(desk.editing)
    shown = {"name": desk.draft.name, "is_shared": desk.draft.is_shared}
    form = DraftForm(request.POST or None, initial=shown)
    hers = queries.is_hers(request.actor, desk.draft)
    if not hers:
        del form.fields["is_shared"]
    if form.is_valid():
        drafting.rename(desk.draft, form.cleaned_data["name"])
        if hers:
            drafting.share(desk.draft, form.cleaned_data["is_shared"])
        return go(request, address(desk.draft, project))
    return _form(request, desk.draft, form, _("Name and sharing"), _("Save"))


def _form(
    request: ProjectRequest, draft: Draft, form: Form, title: str, submit: str
) -> HttpResponse:
    """A form about a draft on a page of its own, which leads back to the draft."""
    project, cancel = request.project, address(draft, request.project)
    return form_page(request, form, title=title, submit=submit, cancel=cancel, project=project)


@require_POST
@project_page
def discard(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Put the draft away; it can be taken up again."""
    draft = _hers(request, project, pk)
    drafting.discard(draft)
    messages.success(request, _("The draft is discarded. You can take it up again from the list."))
    return go(request, reverse("plan_drafts", args=[project.key]))


@require_POST
@project_page
def take_up(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """A discarded draft goes on where it was."""
    draft = _hers(request, project, pk)
    drafting.take_up(draft)
    return go(request, address(draft, project))


def _hers(request: ProjectRequest, project: Project, pk: UUID) -> Draft:
    draft = queries.draft(request.actor, project, pk)
    queries.require_hers(request.actor, draft)
    return draft
