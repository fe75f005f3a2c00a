"""LØFTER and telephone notes: written while one talks, found again when it matters."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import Command, submit
from tospann.people.actors import ActorRequest
from tospann.people.audit_trail import history
from tospann.people.pages import answer, came_from, change_by_form, go, require, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.stakeholders import choices, commands, queries, register
from tospann.stakeholders.forms import HandOverForm, NoteForm, NoteTextForm, PromiseForm, ReasonForm
from tospann.stakeholders.models import Promise
from tospann.ui.pages import form_page, is_fragment, page

Settling = Command[Any, Any, Promise]


@project_page
def notes(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.note_call.ruling(request.actor, project)
    return register.notes(project).respond(
        request,
        queries.notes(project),
        template="stakeholders/notes.html",
        project=project,
        may_add=ruling.may_decide,
    )


@project_page
def new_note(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.note_call.ruling(request.actor, project)
    require(ruling)
    people = [label for _pk, label in queries.contact_names(project)]
    start = {"who": queries.label_of(project, request.GET.get("who", ""))}
    form = NoteForm(request.POST or None, people=people, initial=start)
    if form.is_valid() and (said := _note(request, project, form)):
        return said
    return form_page(
        request,
        form,
        title=_("Telephone note"),
        submit=_("Save the note"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("notes", args=[project.key]),
        project=project,
    )


def _note(request: ActorRequest, project: Project, form: NoteForm) -> HttpResponse | None:
    """Save, and go back to where one was when the telephone rang."""
    made = queries.notes(project).filter(pk=form.cleaned_data["id"]).first()
    if made is not None:
        return already(request, reverse("note", args=[project.key, made.number]))
    who = choices.who(project, form.cleaned_data["who"])
    bound = commands.note_call.on(project)
    outcome = try_submit(request, form, bound, **form.note(), **who)
    if outcome is None:
        return None
    back = came_from(request) if is_fragment(request) else reverse("notes", args=[project.key])
    return answer(request, outcome, back, _("The note is saved."))


def already(request: HttpRequest, to: str) -> HttpResponse:
    """The same form came twice: there is nothing wrong, and nothing more to do."""
    messages.info(request, commands.AlreadySaved().message)
    return go(request, to)


@project_page
def note(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.note(project, number)
    return page(
        request,
        "stakeholders/note.html",
        project=project,
        note=found,
        promises=queries.born_in(f"stakeholders.note:{found.pk}"),
        history=history(found, found.created_at),
        change=commands.change_note.ruling(request.actor, found),
        states=register.STATES,
    )


@project_page
def edit_note(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.note(project, number)
    start = {"text": found.text}
    return change_by_form(
        request,
        NoteTextForm(request.POST or None, initial=start, version=found.version),
        commands.change_note,
        found,
        to=reverse("note", args=[project.key, number]),
        title=_("Change the note"),
        submit=_("Save"),
        project=project,
    )


@project_page
def promises(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.record_promise.ruling(request.actor, project)
    listed = register.promises(project, request.actor, projects.team(project))
    return listed.respond(
        request,
        queries.with_names(queries.promises_of(project)),
        template="stakeholders/promises.html",
        project=project,
        may_add=ruling.may_decide,
        warnings=[] if is_fragment(request) else queries.warnings(project),
    )


@project_page
def new_promise(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.record_promise.ruling(request.actor, project)
    require(ruling)
    form = PromiseForm(
        request.POST or None,
        by=choices.promisers(project, request.actor),
        to=choices.receivers(project),
        activities=choices.activities(project),
        initial={"by": f"person:{request.actor.person_id}", "to": request.GET.get("to", "")},
    )
    if form.is_valid() and (said := _promise(request, project, form)):
        return said
    return form_page(
        request,
        form,
        title=_("New promise"),
        submit=_("Save"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("promises", args=[project.key]),
        project=project,
    )


def _promise(request: ActorRequest, project: Project, form: PromiseForm) -> HttpResponse | None:
    typed = form.cleaned_data
    made = queries.promises_of(project).filter(pk=typed["id"]).first()
    if made is not None:
        return already(request, reverse("promise", args=[project.key, made.number]))
    outcome = try_submit(
        request,
        form,
        commands.record_promise.on(project),
        id=typed["id"],
        text=typed["text"],
        due_on=typed["due_on"],
        activity_uid=typed.get("activity_uid"),
        **choices.parties(project, typed["by"], typed["to"]),
    )
    to = reverse("promises", args=[project.key])
    return answer(request, outcome, to, _("The promise is recorded.")) if outcome else None


@project_page
def promise(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, actor = queries.promise(project, number), request.actor
    planned = queries.planned_date(found)
    return page(
        request,
        "stakeholders/promise.html",
        project=project,
        promise=found,
        planned=planned,
        breaks=queries.is_broken_by(found, planned),
        is_overdue=queries.is_overdue(found.due_on, found.state),
        history=history(found, found.created_at),
        settle=commands.keep_promise.ruling(actor, found),
        hand_over=rule(actor, Power.KEEP_REGISTERS, project.pk),
        states=register.STATES,
    )


@project_page
def edit_promise(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.promise(project, number)
    return change_by_form(
        request,
        PromiseForm.of(found, choices.activities(project), request.POST or None),
        commands.change_promise,
        found,
        to=found.get_absolute_url(),
        title=_("Change the promise"),
        submit=_("Save"),
        project=project,
    )


@require_POST
@project_page
def keep_promise(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.promise(project, number)
    outcome = submit(request.actor, commands.keep_promise.on(found))
    return answer(request, outcome, found.get_absolute_url(), _("The promise is kept."))


@require_POST
@project_page
def reopen_promise(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.promise(project, number)
    outcome = submit(request.actor, commands.reopen_promise.on(found))
    return answer(request, outcome, found.get_absolute_url(), _("The promise is open again."))


@project_page
def break_promise(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.promise(project, number)
    words = (
        _("Mark the promise as not kept"),
        pgettext("promise", "Not kept"),
        _("The promise was not kept."),
    )
    return _with_reason(request, project, found, commands.break_promise, words)


@project_page
def withdraw_promise(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.promise(project, number)
    words = (_("Withdraw the promise"), _("Withdraw"), _("The promise is withdrawn."))
    return _with_reason(request, project, found, commands.withdraw_promise, words)


def _with_reason(
    request: ProjectRequest,
    project: Project,
    found: Promise,
    what: Settling,
    words: tuple[str, str, str],
) -> HttpResponse:
    return change_by_form(
        request,
        ReasonForm(request.POST or None),
        what,
        found,
        to=found.get_absolute_url(),
        title=words[0],
        submit=words[1],
        said=words[2],
        danger=True,
        project=project,
    )


@project_page
def hand_over_promise(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.promise(project, number)
    return change_by_form(
        request,
        HandOverForm(request.POST or None, team=projects.team(project)),
        commands.hand_over_promise,
        found,
        to=found.get_absolute_url(),
        said=_("It was handed over."),
        title=_("Hand over the promise"),
        submit=_("Hand over"),
        project=project,
    )
