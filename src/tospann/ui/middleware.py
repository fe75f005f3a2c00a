"""Headers of every answer: content security policy, request id, and redirects htmx understands."""

import uuid
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

Answer = Callable[[HttpRequest], HttpResponse]


def content_security_policy() -> str:
    """Nothing but our own files; `TOSPANN_SIGN_IN_ORIGINS` adds where a sign-in form may lead."""
    targets = " ".join(["'self'", *getattr(settings, "TOSPANN_SIGN_IN_ORIGINS", ())])
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self'; form-action {targets}; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def security_headers(get_response: Answer) -> Answer:
    """Outermost middleware. A response that brings a policy of its own (a download) keeps it."""
    headers = {
        "Content-Security-Policy": content_security_policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }

    def middleware(request: HttpRequest) -> HttpResponse:
        # The log may have named the request already; a client's own id is never trusted.
        if not hasattr(request, "request_id"):
            request.request_id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]  # ours
        response = _for_htmx(request, get_response(request))
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]  # ours
        return response

    return middleware


def _for_htmx(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Fetch would follow a redirect unseen and put a page inside a page; to sign in it is a 401."""
    if response.status_code not in {301, 302, 303} or "HX-Request" not in request.headers:
        return response
    target = response["Location"]
    signed_out = urlsplit(target).path == urlsplit(resolve_url(settings.LOGIN_URL)).path
    response.status_code = 401 if signed_out else 200
    del response["Location"]
    response["HX-Redirect"] = target
    return response
