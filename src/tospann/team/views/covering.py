"""A colleague is away: what she holds this week is moved, given away or let go, on one page."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import Invalid
from tospann.people.pages import answer, go, require_decides
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.team import commands
from tospann.team.commands.covering import Sorted, sorted_out
from tospann.team.forms import CoverForm, WhoForm
from tospann.team.queries import holdings
from tospann.team.queries.week import sunday_of
from tospann.ui.forms import DateField
from tospann.ui.pages import page

LONGEST = 60


@project_page
def cover(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    require_decides(commands.cover_for.ruling(request.actor, project))
    name = dict(projects.team(project)).get(str(pk))
    if name is None:
        raise Http404
    until, to = _until(request), request.GET.get("to", "")
    held, team = holdings.of(project, pk, until), holdings.others(project, pk)
    burdens = holdings.burdens(project, until) if held else {}
    first = to if to in dict(team) else ""
    typed = request.POST if request.method == "POST" else None
    form = CoverForm(typed, held=held, team=team, burdens=burdens, everything_to=first)
    if form.is_valid() and (done := _carry_out(request, project, pk, form)):
        return _answer(request, project, done, name)
    shown = {"until": until, "name": name, "person": pk, "form": form, "first": first}
    who = WhoForm(initial={"to": first}, team=team)
    status = 422 if form.errors else 200
    return page(request, "team/cover.html", status=status, project=project, who=who, **shown)


def _until(request: ProjectRequest) -> date:
    """This week's Sunday; another day within two months when one is asked for."""
    today = timezone.localdate()
    try:
        asked = DateField(required=False).clean(request.GET.get("until", ""))
    except ValidationError:  # what is typed into an address is nobody's error
        asked = None
    far = asked is not None and 0 <= (asked - today).days <= LONGEST
    return asked if asked and far else sunday_of(today)


def _carry_out(
    request: ProjectRequest, project: Project, person: UUID, form: CoverForm
) -> tuple[Any, list[Any]] | None:
    """The act itself, and the proposals of what is not hers to move; None with errors shown."""
    actor = request.actor
    try:
        found: Sorted = sorted_out(actor, project, person, form.steps())
        if found.refused:
            raise Invalid(" ".join(dict.fromkeys(found.refused)))
        done = None
        if found.own:
            done = submit(actor, commands.cover_for.on(project), person=person, steps=found.own)
        sent = [submit(actor, one.what.on(one.subject), **one.values) for one in found.proposed]
    except Invalid as error:
        form.add_error(None, error.message)
        return None
    return done, sent


def _answer(
    request: ProjectRequest, project: Project, done: tuple[Any, list[Any]], name: str
) -> HttpResponse:
    act, sent = done
    to = reverse("team_week", args=[project.key])
    for one in sent:
        if isinstance(one, Proposed):
            messages.info(request, _("Sent as a proposal. %(why)s") % {"why": one.ruling})
    if not isinstance(act, Done):
        return go(request, to)
    n = len((act.entry.detail.arguments or {}).get("steps", ()))
    words = ngettext(
        "%(n)s thing is taken care of for %(name)s.",
        "%(n)s things are taken care of for %(name)s.",
        n,
    )
    return answer(request, act, to, words % {"n": n, "name": name})
