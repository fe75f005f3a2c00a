"""Signing in through a provider: out, back, and the links to one's own account."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tospann.people import sign_in_log
from tospann.people.actors import ActorRequest
from tospann.people.models import Person
from tospann.people.oidc import configured, links
from tospann.people.pages import signed_in


def _known(key: str) -> None:
    if configured.provider(key) is None:
        raise Http404


@require_POST
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _start(request, provider_id, "login")


@require_POST
@signed_in
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def link(request: ActorRequest, provider_id: str) -> HttpResponse:
    return _start(request, provider_id, "connect")


def _start(request: HttpRequest, provider_id: str, process: str) -> HttpResponse:
    from tospann.people.oidc import flow  # slow to load, and seldom asked for

    _known(provider_id)
    return flow.start(request, provider_id, process)


@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    from tospann.people.oidc import flow

    _known(provider_id)
    return flow.finish(request, provider_id)


@require_POST
@signed_in
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def unlink(request: ActorRequest, provider_id: str) -> HttpResponse:
    """A password can always be set by mail, so nobody is locked out."""
    if not links.remove(request.actor.person_id, provider_id):
        raise Http404
    assert isinstance(request.user, Person)
    sign_in_log.note_person("people.account_unlinked", request.user, provider=provider_id)
    messages.success(request, _("The link is removed."))
    return HttpResponseRedirect(reverse("mfa_index"))


def offered(request: HttpRequest) -> list[dict[str, Any]]:
    """The providers, for the sign-in page and the account page: key, name, linked address."""
    every = configured.providers()
    if not every:
        return []
    mine = links.addresses(request.user.pk)
    return [
        {
            "key": one.id,
            "name": one.name,
            "is_linked": one.id in mine,
            "address": mine.get(one.id, ""),
        }
        for one in every
    ]
