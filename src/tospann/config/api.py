"""The REST API under ``/api/v1``: put together when it is first asked for, so pages don't pay."""

import json
import os
import subprocess
import sys
import threading
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern
from django.utils.translation import override
from ninja import NinjaAPI, Router
from ninja.security import APIKeyCookie

from tospann.config import expose, problems
from tospann.documents import files, uploads
from tospann.foundation.authority import Actor
from tospann.jobs import incoming
from tospann.people.models import Person
from tospann.people.tokens import Bearer

ROOT = "/api/v1"
# Capabilities whose addresses begin at the root; all others' belong to a project.
AT_THE_ROOT = {
    "conflicts",
    "people",
    "notifications",
    "jobs",
    "search",
    "packs",
    "webhooks",
    "portfolio",
    "home",
}
PREFIXES = {"projects": "/projects", **dict.fromkeys(AT_THE_ROOT, "")}
IN_A_PROJECT = "/projects/{key}"

_describing = threading.Lock()


class Session(APIKeyCookie):
    """A person signed in in the browser; changes need the CSRF token of her pages."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "A signed-in browser"

    def _get_key(self, request: HttpRequest) -> str | None:
        # Without a session there is nobody to forge a request for: 401, not 403.
        return super()._get_key(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        if key is None or not isinstance(request.user, Person):
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware set it
        return actor if actor.person_id is not None else None


@cache
def api() -> NinjaAPI:
    """The API with every capability's reads and every command."""
    with override("en"):
        built = _empty()
        problems.answer_with_problems(built)
        for app in settings.OWN_APPS:
            capability = app.rsplit(".", 1)[1]
            if find_spec(f"{app}.api") is not None:
                router = import_module(f"{app}.api").router
                built.add_router(_prefix(capability, router), router)
        expose.expose_commands(built)
    return built


def _empty() -> NinjaAPI:
    return NinjaAPI(
        title="Tospann",
        version="1",
        description="Everything a person can do, for programs. See docs/api.md.",
        docs_url=None,
        openapi_url=None,
        urls_namespace="api-1",
        auth=[Bearer(), Session()],
    )


def _prefix(capability: str, router: Router) -> str:
    """Where a capability's addresses begin; those that say ``/projects/`` themselves say it all."""
    if any(address.startswith("/projects/") for address in router.path_operations):
        return ""
    return PREFIXES.get(capability, IN_A_PROJECT)


def description() -> dict[str, Any]:
    """OpenAPI: what ninja knows, and the problems every address may answer with."""
    with override("en"):
        commands = _empty()
        expose.describe_commands(commands)
        schema, described = _described(api()), _described(commands)
    schema["paths"] |= described["paths"]
    schema["components"]["schemas"] |= described["components"]["schemas"]
    schema["components"]["schemas"]["Problem"] = problems.SCHEMA
    for address, operations in schema["paths"].items():
        for method, operation in operations.items():
            _add_problems(operation, has_key="{" in address, changes=method != "get")
    return schema


def _described(built: NinjaAPI) -> dict[str, Any]:
    schema = built.get_openapi_schema(path_prefix=f"{ROOT}/")
    plain: dict[str, Any] = json.loads(json.dumps(schema, default=str))
    return plain


def _add_problems(operation: dict[str, Any], *, has_key: bool, changes: bool) -> None:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    statuses = [401, 403, 422, 429, 500]
    if has_key or "requestBody" in operation:
        statuses.append(404)
    if changes:
        statuses += [400, 409, 413, 423, 507]
    for status in sorted(statuses):
        said = {"description": problems.TITLES[status], "content": content}
        operation["responses"].setdefault(str(status), said)


@cache
def _resolver() -> URLResolver:
    urls = [
        path("openapi.json", _openapi),
        *api().urls[0],
    ]
    return URLResolver(RegexPattern(r"^"), urls)


def build() -> None:
    """Put everything together now, rather than during the first answers."""
    _resolver()


def serve(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer any address of the API."""
    try:
        match = _resolver().resolve(rest)
    except Http404:
        return problems.problem(request, 404)
    if _is_too_large(request, rest):
        return problems.problem(request, 413, uploads.too_large(_most_bytes()))
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if isinstance(response, HttpResponseNotAllowed):
        answer = problems.problem(request, 405)
        answer["Allow"] = response["Allow"]
        return answer
    return response


def _is_too_large(request: HttpRequest, rest: str) -> bool:
    """A form with a file, refused by its length; documents know their own limit."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_form = (request.content_type or "").startswith("multipart/")
    known = length.isdigit() and int(length) <= _most_bytes() + uploads.SLACK
    return is_form and not known and "documents" not in rest.split("/")


def _most_bytes() -> int:
    return max(files.most_bytes(), incoming.most_bytes())


def _openapi(request: HttpRequest) -> HttpResponse:
    with _describing:
        text = _openapi_text()
    return HttpResponse(text, content_type="application/json")


@cache
def _openapi_text() -> str:
    """Written by a process of its own: what it takes to describe everything is never given back."""
    surroundings = {**os.environ, "TOSPANN_DATA_DIR": str(settings.DATA_DIR)}
    words = [sys.executable, "-m", "tospann", "openapi"]
    return subprocess.run(  # noqa: S603  # our own words
        words, env=surroundings, check=True, stdout=subprocess.PIPE, text=True, timeout=120
    ).stdout
