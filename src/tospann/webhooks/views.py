"""The pages of webhooks: the organisation's, a project's, and one with its log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people import queries as people
from tospann.people.actors import ActorRequest
from tospann.people.pages import (
    administrators_only,
    answer,
    go,
    require_decides,
    signed_in,
    try_submit,
)
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page
from tospann.webhooks import commands, kinds, queries, resending
from tospann.webhooks.forms import WebhookForm
from tospann.webhooks.models import Webhook


@administrators_only
def wide(request: ActorRequest) -> HttpResponse:
    return _list(request, None, "webhooks/wide.html")


@project_page
def of_project(request: ProjectRequest, project: Project) -> HttpResponse:
    require_decides(rule(request.actor, Power.KEEP_WEBHOOKS, project.pk))
    return _list(request, project, "webhooks/project.html")


@administrators_only
def new_wide(request: ActorRequest) -> HttpResponse:
    return _add(request, commands.add_organisation_webhook, people.organisation(), _back(None))


@project_page
def new(request: ProjectRequest, project: Project) -> HttpResponse:
    require_decides(commands.add_webhook.ruling(request.actor, project))
    return _add(request, commands.add_webhook, project, _back(project))


@signed_in
def one(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.webhook(request.actor, pk)
    log = list(queries.deliveries(found)[: queries.LATEST])
    return page(request, "webhooks/one.html", **_shown(found), log=log, label=kinds.label)


@signed_in
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.webhook(request.actor, pk)
    start = {"name": found.name, "address": found.address, "kinds": found.kinds}
    form = WebhookForm(request.POST or None, initial=start, version=found.version)
    here = reverse("webhook", args=[pk])
    if request.method == "POST" and form.is_valid():
        typed: Any = form.arguments(found.kinds)
        bound = commands.change_webhook.on(found, typed.pop("version", None))
        outcome = try_submit(request, form, bound, **typed)
        if outcome is not None:
            return answer(request, outcome, here)
    shown: dict[str, Any] = {"title": _("Change the webhook"), "submit": _("Save the webhook")}
    return form_page(request, form, **shown, cancel=here, project=found.project)


_ACTS: Mapping[str, Any] = {
    "on": commands.turn_on_webhook,
    "off": commands.turn_off_webhook,
    "try": commands.try_webhook,
    "remove": commands.remove_webhook,
}


@require_POST
@signed_in
def act(request: ActorRequest, pk: UUID, what: str) -> HttpResponse:
    """Turn on or off, try, or remove."""
    found = queries.webhook(request.actor, pk)
    if what not in _ACTS:
        raise Http404
    outcome = submit(request.actor, _ACTS[what].on(found))
    to = _back(found.project) if what == "remove" else reverse("webhook", args=[pk])
    return answer(request, outcome, to)


@require_POST
@signed_in
def renew(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A new secret, shown once; the one before it signs too for a day."""
    found = queries.webhook(request.actor, pk)
    outcome = submit(request.actor, commands.renew_webhook_secret.on(found))
    assert isinstance(outcome, Done)
    return _secret(request, outcome.result)


@require_POST
@signed_in
def resend(request: ActorRequest, pk: UUID, delivery: UUID) -> HttpResponse:
    found = queries.webhook(request.actor, pk)
    resending.again(queries.delivery(found, delivery))
    messages.success(request, _("It is sent once more."))
    return go(request, reverse("webhook", args=[pk]))


def _list(request: ActorRequest, project: Project | None, template: str) -> HttpResponse:
    found = list(queries.of(request.actor, project))
    return page(request, template, project=project, webhooks=found, label=kinds.label)


def _add(request: ActorRequest, what: Any, subject: Any, back: str) -> HttpResponse:
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {**form.arguments(), "id": new_id()}
        values.pop("version", None)
        outcome = try_submit(request, form, what.on(subject), **values)
        if isinstance(outcome, Done):
            return _secret(request, outcome.result)
    project = subject if isinstance(subject, Project) else None
    shown: dict[str, Any] = {"title": _("New webhook"), "submit": _("Add the webhook")}
    return form_page(request, form, **shown, cancel=back, project=project)


def _secret(request: ActorRequest, made: commands.Made) -> HttpResponse:
    return page(request, "webhooks/secret.html", **_shown(made.webhook), secret=made.secret)


def _shown(webhook: Webhook) -> dict[str, Any]:
    return {"webhook": webhook, "project": webhook.project, "back": _back(webhook.project)}


def _back(project: Project | None) -> str:
    if project is None:
        return reverse("admin_webhooks")
    return reverse("project_webhooks", args=[project.key])
