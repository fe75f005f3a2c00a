"""One screen that starts a project from a pack."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tospann.foundation.commands import Done
from tospann.foundation.ids import new_id
from tospann.packs import commands, queries
from tospann.packs.forms import LEADING, StartForm
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, signed_in, try_submit
from tospann.people.queries import organisation
from tospann.projects.page_queries import people_to_appoint
from tospann.ui.jinja import maybe_url
from tospann.ui.pages import page


@signed_in
def new_project(request: ActorRequest) -> HttpResponse:
    if commands.start_project.ruling(request.actor, organisation()).is_refused:
        raise Http404
    offered = queries.available()
    language = "nb" if (get_language() or "nb").startswith("n") else "en"
    names = [(one.pack.key, one.pack.name.in_language(language)) for one in offered]
    myself = str(request.actor.person_id)
    start = {"coordinator": myself, "language": language, "pack": names[0][0]}
    people = people_to_appoint()
    form = StartForm(request.POST or None, people=people, packs=names, initial=start)
    if form.is_valid():
        outcome = _start(request, form)
        if outcome is not None:
            return outcome
    shown: dict[str, Any] = {"cards": queries.cards(offered, language), "roles": list(LEADING)}
    return page(request, "packs/start.html", status=422 if form.errors else 200, form=form, **shown)


def _start(request: ActorRequest, form: StartForm) -> HttpResponse | None:
    typed, pk = form.cleaned_data, new_id()
    values: dict[str, Any] = {
        name: typed[name] for name in ("name", "start", "finish", "pack", "language")
    }
    values["key"] = typed["key"] or queries.free_key(typed["name"])
    values["people"] = form.starters()
    bound = commands.start_project.on(organisation())
    outcome = try_submit(request, form, bound, id=pk, **values)
    if not isinstance(outcome, Done):
        return None
    to = _where(request, pk, outcome.result.key)
    return answer(request, outcome, to, _("The project is started."))


def _where(request: ActorRequest, pk: UUID, key: str) -> str:
    """Into the project, unless it was started for others."""
    if not queries.takes_part(request.actor, pk):
        return reverse("projects")
    wanted = maybe_url("plan_import", key) if request.GET.get("then") == "import" else None
    return wanted or maybe_url("overview", key) or reverse("projects")
