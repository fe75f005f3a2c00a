"""Every request: old sessions end, pages speak the person's language, somebody acts."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from tospann.people import actors, sessions
from tospann.people.models import Person

Answer = Callable[[HttpRequest], HttpResponse]


def end_stale_sessions(get_response: Answer) -> Answer:
    """A session has a longest life and a longest pause, whatever its cookie says."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            sessions.keep_or_end(request)
        return get_response(request)

    return middleware


def speak_their_language(get_response: Answer) -> Answer:
    """The language a person chose wins over cookie and browser (both are read before this)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            user = request.user
            if isinstance(user, Person) and user.language:
                translation.activate(user.language)
                request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def know_the_actor(get_response: Answer) -> Answer:
    """Lazily: pages that don't ask pay nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(actors.lazily(request))  # type: ignore[attr-defined]  # ActorRequest
        return get_response(request)

    return middleware
