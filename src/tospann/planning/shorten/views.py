"""Asking for the cheapest way to finish earlier: it becomes a draft, and nothing else."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.errors import Invalid
from tospann.people.pages import go
from tospann.planning import commands, store
from tospann.planning import queries as plans
from tospann.planning.shorten import cheapest
from tospann.planning.shorten.forms import ShortenForm
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.formats import long_date, money
from tospann.ui.jinja import language
from tospann.ui.pages import form_page


def _drafted(request: ProjectRequest, project: Project, found: cheapest.Shortest) -> HttpResponse:
    said = _("Finished %(day)s for %(cost)s. Look at the draft before anything changes.")
    day, cost = (
        (found.finish and long_date(found.finish, language())),
        money(found.cost, language()),
    )
    messages.success(request, said % {"day": day, "cost": cost})
    return go(request, reverse("plan_draft", args=[project.key, found.draft.pk]))


@project_page
def shorten(request: ProjectRequest, project: Project) -> HttpResponse:
    actor, head = request.actor, plans.existing_plan(project)
    commands.require_editor(actor, head)
    form = ShortenForm(request.POST or None, tasks=cheapest.open_tasks(store.load(head)))
    if form.is_valid():
        try:
            day = form.cleaned_data["finish"]
            return _drafted(request, project, cheapest.draft(actor, head, form.choices, day))
        except Invalid as error:
            form.add_error(None, error.message)
    return form_page(
        request,
        form,
        title=_("Finish earlier"),
        submit=_("Make a draft"),
        lead=_("You get a draft with the cheapest way there. The plan itself waits."),
        cancel=reverse("plan_drafts", args=[project.key]),
        project=project,
    )
