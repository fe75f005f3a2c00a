"""The door of the drives: who is it, which drive, which method; and what went wrong in words."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tospann.documents.dav import (
    locking,
    moving,
    passing,
    patching,
    reading,
    refusals,
    tokens,
    writing,
)
from tospann.documents.dav.addresses import Path, parts
from tospann.documents.dav.call import Call
from tospann.documents.dav.drive import Drive, OfProject, OneDocument, Projects
from tospann.documents.dav.refusals import Refused
from tospann.documents.locks import Locked
from tospann.foundation.authority import Actor
from tospann.foundation.errors import CommandError, Stale
from tospann.people import app_passwords
from tospann.people.actors import NOBODY
from tospann.people.ratelimit import TooMany
from tospann.projects import queries as projects

Method = Callable[[Call], HttpResponse]
METHODS: Mapping[str, Method] = {
    "GET": reading.get,
    "HEAD": reading.get,
    "PROPFIND": reading.propfind,
    "PROPPATCH": patching.proppatch,
    "PUT": writing.put,
    "DELETE": writing.throw_away,
    "MKCOL": writing.mkcol,
    "COPY": moving.copy,
    "MOVE": moving.move,
    "LOCK": locking.lock,
    "UNLOCK": locking.unlock,
}


@csrf_exempt  # no cookie opens a drive: each request brings its password
def drive(request: HttpRequest, path: str) -> HttpResponse:
    """``/dav/`` and everything below it but the addresses of single documents."""
    if request.method == "OPTIONS":
        return reading.options()
    try:
        actor = app_passwords.actor_of(request)
    except TooMany as refused:
        return _refused(refused)
    if actor is NOBODY:
        return _who_is_it()
    names = parts(path)
    return _answered(request, actor, lambda: _drive(actor, names), names)


@csrf_exempt  # the token in the address is what opens it
def one_document(request: HttpRequest, token: str, path: str) -> HttpResponse:
    """``/dav/t/<token>/…``: one document for one person, for a short while."""
    if request.method == "OPTIONS":
        return reading.options()
    opened = tokens.opened(token)
    if opened is None:
        return HttpResponse(status=404)
    base = ("t", token)
    names = frozenset({opened.document.name, opened.name})
    found = OneDocument(base, names, opened.document)
    return _answered(request, opened.actor, lambda: found, (*base, *parts(path)))


def _drive(actor: Actor, names: Path) -> Drive:
    return OfProject(actor, projects.project(actor, names[0])) if names else Projects(actor)


def _answered(
    request: HttpRequest, actor: Actor, drive: Callable[[], Drive], names: Path
) -> HttpResponse:
    method = METHODS.get(request.method or "")
    if method is None:
        return HttpResponse(status=405, headers={"Allow": reading.ALLOWED})
    try:
        call = Call(request, actor, drive(), names, request.path.endswith("/"))
        return passing.answered(call) if passing.is_passing(call) else method(call)
    except Http404:
        return HttpResponse(status=404)
    except Refused as refused:
        return refusals.answer(refused)
    except CommandError as refused:
        return _refused(refused)


def _refused(error: CommandError) -> HttpResponse:
    """A command's own words; a lock by its name, and a newer version as what it is here."""
    if isinstance(error, Stale):
        return refusals.answer(Refused(412, said=error.message))
    condition = "lock-token-submitted" if isinstance(error, Locked) else ""
    response = refusals.answer(Refused(error.status, condition, error.message))
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


def _who_is_it() -> HttpResponse:
    response = HttpResponse(
        "Sign in with your e-mail address and an app password (My account, App passwords).\n",
        status=401,
        content_type="text/plain; charset=utf-8",
    )
    response["WWW-Authenticate"] = 'Basic realm="Tospann", charset="UTF-8"'
    return response
