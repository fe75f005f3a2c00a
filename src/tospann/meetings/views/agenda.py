"""Adding items to an agenda, changing, ordering and removing them; and taking in what is due."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.meetings import commands, queries
from tospann.meetings.forms import ItemForm, QuickItemForm
from tospann.meetings.models import Meeting
from tospann.meetings.queries.due import Proposal
from tospann.meetings.views.meeting import agenda
from tospann.meetings.views.planning import address
from tospann.people.pages import answer, go, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, fragment, is_fragment, page


def _shown(request: ProjectRequest, found: Meeting) -> HttpResponse:
    """The agenda as it has become: the part of the page, or the page again."""
    if not is_fragment(request):
        return go(request, address(found) + "#agenda")
    shown = agenda(request.actor, found)
    return fragment(request, "meetings/_agenda.html", project=found.project, meeting=found, **shown)


@require_POST
@project_page
def quick_item(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """One line below the agenda."""
    found = queries.meeting(project, number)
    form = QuickItemForm(request.POST, auto_id="quick_%s")
    if form.is_valid():
        title, minutes = form.cleaned_data["title"], form.cleaned_data["minutes"] or 0
        bound = commands.add_item.on(found)
        if try_submit(request, form, bound, id=new_id(), title=title, minutes=minutes):
            return _shown(request, found)
    shown = agenda(request.actor, found) | {"quick": form}
    template = "meetings/_agenda.html" if is_fragment(request) else "meetings/agenda_page.html"
    return page(request, template, status=422, project=project, meeting=found, **shown)


@project_page
def new_item(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    ruling = commands.add_item.ruling(request.actor, found)
    form = _form_for(request, project, found)
    if form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name != "concerns"}
        outcome = try_submit(request, form, commands.add_item.on(found), id=new_id(), **typed)
        if outcome:
            return answer(request, outcome, address(found), _("The item was added."))
    return _page(request, form, found, _("New item"), _("Add the item"), ruling)


@project_page
def edit_item(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    item = queries.item(project, pk)
    ruling = commands.change_item.ruling(request.actor, item)
    names = ("title", "kind", "minutes", "private", "concerns")
    initial = {name: getattr(item, name) for name in names} | {"responsible": item.responsible_id}
    form = _form_for(request, project, item.meeting, initial=initial, version=item.version)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        outcome = try_submit(
            request, form, commands.change_item.on(item, typed.pop("version", None)), **typed
        )
        if outcome:
            return answer(request, outcome, address(item.meeting))
    return _page(request, form, item.meeting, _("Change the item"), _("Save"), ruling)


def _form_for(request: ProjectRequest, project: Project, found: Meeting, **kwargs: Any) -> ItemForm:
    externals = [(str(one.pk), str(one)) for one in queries.attendances(found) if one.is_external]
    team = queries.of_team(project)
    return ItemForm(request.POST or None, team=team, externals=externals, **kwargs)


def _page(
    request: ProjectRequest, form: Any, found: Meeting, title: str, submit: str, ruling: Any
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        decides="" if ruling.may_decide else str(ruling),
        cancel=address(found),
        project=found.project,
    )


@require_POST
@project_page
def move_item(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    item = queries.item(project, pk)
    to = request.POST.get("to", "")
    if to not in ("up", "down"):
        raise Invalid(_("Say whether it goes up or down."))
    submit(request.actor, commands.move_item.on(item), to=to)  # type: ignore[arg-type]  # one of the two
    return _shown(request, item.meeting)


@require_POST
@project_page
def remove_item(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    item = queries.item(project, pk)
    outcome = submit(request.actor, commands.remove_item.on(item))
    return answer(request, outcome, address(item.meeting), _("The item was removed."))


@require_POST
@project_page
def add_due(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Take what is due on to the agenda: one thing, or all of it."""
    found = queries.meeting(project, number)
    ruling = commands.add_items.ruling(request.actor, found)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    due = queries.proposals(found, queries.items(found))
    wanted = request.POST.getlist("about")
    chosen = [one for one in due if one.about in wanted or "all" in wanted]
    if not chosen:
        return _shown(request, found)
    lines = [_line(one) for one in chosen]
    outcome = submit(request.actor, commands.add_items.on(found), items=lines)
    if is_fragment(request):
        return _shown(request, found)
    said = ngettext("%(n)s item was added.", "%(n)s items were added.", len(lines))
    return answer(request, outcome, address(found), said % {"n": len(lines)})


def _line(one: Proposal) -> commands.AgendaLine:
    return commands.AgendaLine(
        id=new_id(),
        title=one.label,
        minutes=one.minutes,
        kind=one.kind,
        about=one.about,
        about_label=one.note[:200],
        about_link=one.link,
    )
