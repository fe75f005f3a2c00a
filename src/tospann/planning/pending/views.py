"""The decisions the plan waits for: the list, and saying what waits for one."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tospann.foundation.authority import Role, roles_text
from tospann.people.pages import change_by_form
from tospann.planning import commands
from tospann.planning import queries as plans
from tospann.planning.pending import queries
from tospann.planning.pending.commands import set_what_waits
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.forms import Form
from tospann.ui.pages import page


class WaitsForm(Form):
    """Which tasks and milestones cannot begin before the decision is made."""

    uids = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What waits for the decision"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=gettext_lazy("Choose several with Ctrl. Empty: what the case itself is about."),
    )

    def __init__(self, data: Any = None, *, tasks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["uids"]
        field.choices = tasks


@project_page
def pending(request: ProjectRequest, project: Project) -> HttpResponse:
    head = plans.existing_plan(project)
    return page(
        request,
        "planning/pending.html",
        project=project,
        head=head,
        rows=queries.pending(project),
        who=lambda roles: roles_text(Role(role) for role in roles),
        editing=commands.apply_edits.ruling(request.actor, head),
        saying=set_what_waits.ruling(request.actor, project),
    )


@project_page
def waits(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    case = queries.open_case(project, number)
    initial = {"uids": [str(uid) for uid in queries.waiting(case)]}
    form = WaitsForm(request.POST or None, tasks=queries.tasks(project), initial=initial)
    return change_by_form(
        request,
        form,
        set_what_waits,
        project,
        known={"case": case.pk},
        to=reverse("pending_decisions", args=[project.key]),
        said=_("Saved. The dates are being computed."),
        title=_("What waits for “%(title)s”") % {"title": case.title},
        submit=_("Save"),
        project=project,
    )
