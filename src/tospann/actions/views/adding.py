"""Adding an action: for anybody, or for oneself when that is all one may."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.actions import commands
from tospann.actions.forms import ActionForm, QuickForm
from tospann.foundation.authority import Ruling
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest


def add(
    request: ProjectRequest, project: Project, form: ActionForm | QuickForm, give: Ruling
) -> HttpResponse | None:
    """The answer, or None when something typed is to be put right."""
    typed, to = form.cleaned_data, reverse("tasks", args=[project.key])
    typed = {name: value for name, value in typed.items() if name != "version"}
    what = commands.add_own_action if give.is_refused else commands.add_action
    outcome = try_submit(request, form, what.on(project), id=new_id(), **typed)
    return answer(request, outcome, to, _("The action was added.")) if outcome else None
