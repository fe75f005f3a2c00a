"""Errors of the API as problem details (RFC 9457), every one with a sentence a person can read."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tospann.foundation.arguments import sentence_for
from tospann.foundation.errors import CommandError, Invalid, Stale
from tospann.people.ratelimit import TooMany

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("tospann.api")
TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Changed in the meantime",
    413: "Too large",
    422: "Invalid",
    423: "Locked by somebody else",
    429: "Too many requests",
    500: "Internal error",
    507: "No room for it",
}
SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "urn:tospann:problem:<status>"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence in the language asked for"},
        "request_id": {"type": "string", "description": "Quote it when asking for help"},
        "field": {"type": "string", "description": "The argument to blame, if one is"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "changed": {
            "type": "array",
            "description": "409: what others changed since the version that was given",
            "items": {"type": "object"},
        },
    },
}


def problem(request: HttpRequest, status: int, detail: str = "", **more: Any) -> HttpResponse:
    """An error as the API answers it."""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    content = {
        "type": f"urn:tospann:problem:{status}",
        "title": title,
        "status": status,
        "detail": detail or title,
        "request_id": str(getattr(request, "request_id", "")),
        **{name: value for name, value in more.items() if value},
    }
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE, encoder=DjangoJSONEncoder)


def answer_with_problems(api: NinjaAPI) -> None:
    """Let everything that can go wrong be answered as a problem."""
    handlers: dict[type[Exception], Any] = {
        CommandError: _refused,
        ValidationError: _invalid,
        HttpError: _http,
        AuthenticationError: _not_signed_in,
        Http404: _not_found,
        DataError: _does_not_fit,
        OverflowError: _does_not_fit,
        RecursionError: _does_not_fit,
        IntegrityError: _conflicts,
        Exception: _broken,
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)


def _refused(request: HttpRequest, error: CommandError) -> HttpResponse:
    field = error.field if isinstance(error, Invalid) else None
    changed = list(error.changed) if isinstance(error, Stale) else None
    response = problem(request, error.status, error.message, field=field, changed=changed)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [{"field": _field(one["loc"]), "detail": sentence_for(one)} for one in error.errors]
    first = found[0] if found else {"field": "", "detail": ""}
    return problem(request, 422, first["detail"], field=first["field"], errors=found)


def _field(location: Any) -> str:
    """``("body", "body", "arguments", "name")`` → ``name``; what a caller would call it."""
    parts = [str(part) for part in location]
    if parts[:2] == ["body", "body"]:
        parts = parts[2:]
    elif parts[:1] in (["query"], ["path"], ["body"]):
        parts = parts[1:]
    return ".".join(parts[1:] if parts[:1] == ["arguments"] and len(parts) > 1 else parts)


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, str(error))


def _not_signed_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(request, 401, gettext("Sign in, or send a valid token."))
    response["WWW-Authenticate"] = 'Bearer realm="Tospann"'
    return response


def _not_found(request: HttpRequest, _error: Exception) -> HttpResponse:
    detail = gettext("This does not exist, or is not yours to see.")
    return problem(request, 404, detail)


def _does_not_fit(request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(request, 422, gettext("A value is too large to be stored."))


def _conflicts(request: HttpRequest, error: Exception) -> HttpResponse:
    log.warning("a command would have broken a constraint: %s", error)
    detail = gettext("This conflicts with something that already exists. Nothing was saved.")
    return problem(request, 409, detail)


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("the API failed", exc_info=error)
    detail = gettext("Something went wrong on our side. Nothing half-done was saved.")
    return problem(request, 500, detail)
