"""Every request knows who acts, lazily: pages that don't ask pay nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tospann.people import actors


def know_the_actor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(actors.lazily(request))  # type: ignore[attr-defined]  # ActorRequest
        return get_response(request)

    return middleware
