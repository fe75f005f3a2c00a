"""The log: one JSON line per event on standard error, tied to its request, free of secrets."""

import logging
import logging.config
import re
import time
import uuid
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
_QUIET = ("/static/", "/healthz", "/readyz")
_SECRET_NAMES = re.compile(
    r"(?i)\b(token|secret|password|passwd|key|code|authorization|cookie|session(?:id)?|csrf\w*)"
    r"(['\"]?\s*[=:]\s*['\"]?)(?:bearer\s+)?[^\s'\"&,;}]+"
)
_BEARER = re.compile(r"(?i)\bbearer\s+\S+")
_IN_A_PATH = re.compile(r"(/(?:room|m|ics)/)[A-Za-z0-9_:.=-]{16,}|(/dav/t/)[^/\s'\"]+")
"""Links that open something by themselves carry their secret in the address."""
_QUERY = re.compile(r"(?<=[^\s?])\?[^\s'\"]*=[^\s'\"]*")
log = structlog.get_logger("tospann.request")


def configure(level: int = logging.INFO) -> None:
    """Send everything, our own events and other libraries' messages, the same way out."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        without_secrets,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared], processors=last
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Django says again, with the whole address, what our own line per request already says.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    for name in ("_granian", "granian.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("_granian").setLevel(logging.ERROR)  # its warnings judge our thread count


def without_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Tokens, passwords and the query parts of addresses never reach the log."""
    for name, value in event.items():
        if isinstance(value, str) and name not in {"timestamp", "level"}:
            event[name] = cleaned(value)
    return event


def cleaned(text: str) -> str:
    """The text without what looks like a secret."""
    if "/" in text:
        text = _IN_A_PATH.sub(lambda found: f"{found[1] or found[2]}…", text)
    if not any(sign in text for sign in "=:?") and "earer" not in text:
        return text
    text = _BEARER.sub("Bearer …", text)
    text = _SECRET_NAMES.sub(r"\1\2…", text)
    return _QUERY.sub("?…", text)


def requests(get_response: Answer) -> Answer:
    """Outermost middleware: names the request, and writes one line when it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex[:12]
        request.request_id = request_id  # type: ignore[attr-defined]  # shown on error pages
        structlog.contextvars.bind_contextvars(request=request_id)
        started = time.perf_counter()
        try:
            response = get_response(request)
            response.headers.setdefault("X-Request-ID", request_id)
            if not request.path.startswith(_QUIET):
                _note(request, response, started)
        finally:
            structlog.contextvars.clear_contextvars()
        return response

    return middleware


def _note(request: HttpRequest, response: HttpResponse, started: float) -> None:
    log.info(
        "answered",
        method=request.method,
        path=request.path[:300],
        status=response.status_code,
        ms=round((time.perf_counter() - started) * 1000, 1),
        person=_person(request),
    )


def _person(request: HttpRequest) -> str | None:
    """Who it was, if that is known by now; the log never asks the database."""
    user = request.__dict__.get("_cached_user")
    key = getattr(user, "pk", None)
    return str(key) if key else None
