"""The shares of a project: listed, looked at, changed, stopped, confirmed, and their links."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people.pages import answer, change_by_form, require_decides
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.sharing import commands, queries, visiting
from tospann.sharing.forms import ChangeShareForm, LinkForm, ReasonForm
from tospann.sharing.models import ShareState, With
from tospann.ui.pages import form_page, page


@project_page
def shares(request: ProjectRequest, project: Project) -> HttpResponse:
    listed = queries.of_project(request.actor, project)
    due = set(queries.due_for_review(project, queries.today()).values_list("pk", flat=True))
    only = request.GET.get("show", "")
    shown = [one for one in listed if only != "review" or one.share.pk in due]
    return page(
        request,
        "sharing/shares.html",
        project=project,
        open_ones=[one for one in shown if one.share.state != ShareState.REVOKED],
        stopped=[one for one in shown if one.share.state == ShareState.REVOKED],
        due=due,
        only=only,
        rules=queries.policy(project.pk),
        set_policy=commands.set_policy.ruling(request.actor, project),
        stop_all=commands.stop_all_sharing.ruling(request.actor, project),
        may_confirm=commands.share_outside.ruling(request.actor, project).may_decide,
    )


@project_page
def share(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.share(request.actor, project, pk)
    change = _change(found)
    return page(
        request,
        "sharing/share.html",
        project=project,
        shown=found,
        change=change.ruling(request.actor, found.share),
        stop=commands.stop_share.ruling(request.actor, found.share),
        log=queries.log_by(found.share)[:50],
        has_link=found.share.kind != With.PERSON,
    )


def _change(found: queries.Shown) -> "commands.AnyChange":
    outside = found.share.is_outside
    return commands.change_outside_share if outside else commands.change_share


@project_page
def change_share(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.share(request.actor, project, pk)
    return change_by_form(
        request,
        ChangeShareForm.of(found.share, request.POST or None),
        _change(found),
        found.share,
        to=reverse("share", args=[project.key, pk]),
        title=_("Change or renew the share"),
        submit=_("Save"),
        lead=_("Saving renews it: days are counted from today, and a paused share works again."),
        project=project,
    )


@project_page
def stop_share(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.share(request.actor, project, pk)
    return change_by_form(
        request,
        ReasonForm(request.POST if request.method == "POST" else None),
        commands.stop_share,
        found.share,
        to=reverse("share", args=[project.key, pk]),
        said=_("It is no longer shared."),
        title=_("Stop sharing with %(who)s") % {"who": found.share.receiver},
        submit=_("Stop sharing"),
        lead=_("It is closed at once, everywhere. To share it again, share it anew."),
        danger=True,
        project=project,
    )


@project_page
def pause_share(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.share(request.actor, project, pk)
    return change_by_form(
        request,
        ReasonForm(request.POST if request.method == "POST" else None),
        commands.pause_share,
        found.share,
        to=reverse("share", args=[project.key, pk]),
        said=_("It is paused."),
        title=_("Pause sharing with %(who)s") % {"who": found.share.receiver},
        submit=_("Pause"),
        project=project,
    )


@require_POST
@project_page
def confirm_share(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.share(request.actor, project, pk)
    outcome = submit(request.actor, commands.confirm_reviewed.on(found.share))
    back = reverse("shares", args=[project.key])
    return answer(request, outcome, back, _("It stays shared for another quarter."))


@project_page
def fetch_link(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """A new link, shown this once; the one before it is void."""
    found = queries.share(request.actor, project, pk)
    one = found.share
    require_decides(commands.renew_link.ruling(request.actor, one))
    posted = request.POST if request.method == "POST" else None
    form = LinkForm(posted, asks=one.asks_password)
    if posted is None or not form.is_valid():
        lead = _("It is shown once. A link made before stops working.")
        back = reverse("share", args=[project.key, pk])
        title, submit = _("Fetch the link"), _("Make a link")
        return form_page(request, form, title=title, submit=submit, lead=lead, cancel=back)
    token = visiting.issue(request.actor, one, form.cleaned_data.get("password", ""))
    address = f"{settings.BASE_URL}{reverse('room_link', args=[token])}"
    response = page(request, "sharing/link.html", project=project, shown=found, address=address)
    response["Cache-Control"] = "no-store"
    return response
