"""The rules for sharing outside, of a project and of the organisation; stopping it all."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.people.actors import ActorRequest
from tospann.people.pages import administrators_only, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.sharing import commands, queries
from tospann.sharing.forms import ProjectRulesForm, RulesForm, StopAllForm


@project_page
def project_rules(request: ProjectRequest, project: Project) -> HttpResponse:
    return change_by_form(
        request,
        ProjectRulesForm.of(queries.own_policy(project), request.POST or None),
        commands.set_policy,
        project,
        to=reverse("shares", args=[project.key]),
        said=_("The rules are saved. They hold for what is shared already, too."),
        title=_("Rules for sharing outside"),
        submit=_("Save the rules"),
        lead=_("The organisation's rules hold as well; of the two, the stricter counts."),
        project=project,
    )


@project_page
def stop_all(request: ProjectRequest, project: Project) -> HttpResponse:
    return change_by_form(
        request,
        StopAllForm(request.POST or None),
        commands.stop_all_sharing,
        project,
        to=reverse("shares", args=[project.key]),
        said=_("Nothing of the project is shared outside any more."),
        title=_("Stop all sharing outside"),
        submit=_("Stop all sharing"),
        lead=_("Every guest and every link loses access at once. Nothing comes back by itself."),
        danger=True,
        project=project,
    )


@administrators_only
def organisation_rules(request: ActorRequest) -> HttpResponse:
    return change_by_form(
        request,
        RulesForm.of(queries.organisation_policy(), request.POST or None),
        commands.set_organisation_policy,
        queries.organisation(),
        to=reverse("organisation_rules"),
        said=_("The rules are saved. They hold for what is shared already, too."),
        title=_("The organisation's rules for sharing outside"),
        submit=_("Save the rules"),
        lead=_("They hold for every project. A project may be stricter, never looser."),
    )
