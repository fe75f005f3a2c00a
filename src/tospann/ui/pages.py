"""How a view answers: a page, a fragment, a form as page or dialog, and every kind of refusal."""

import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from tospann.foundation.errors import CommandError, Stale


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page (not when it restores history)."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page."""
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def fragment(
    request: HttpRequest, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A part of a page (`_name.html`); rendered exactly like a page, named for the reader."""
    return page(request, template, status=status, **context)


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    submit: str,
    lead: str = "",
    decides: str = "",
    action: str = "",
    cancel: str = "/",
    danger: bool = False,
    **context: Any,
) -> HttpResponse:
    """Any form, as a dialog under htmx and as a page otherwise; 422 when it has errors.

    `decides` is the ruling's sentence, shown above the button; `submit` names verb and object.
    """
    template = "ui/form_page.html"
    if is_fragment(request):
        template = "ui/_form_dialog.html"
        form.auto_id = "dialog_%s"  # the page behind may show the same fields
    status = 422 if form.is_bound and form.errors else 200
    shown = {
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "decides": decides,
        "action": action or request.get_full_path(),
        "cancel": cancel,
        "danger": danger,
    }
    return page(request, template, status=status, **shown, **context)


def done(request: HttpRequest, to: str, *, toast: str = "", undo: str = "") -> HttpResponse:
    """A change was made: go on to `to` and say so there, with *Undo* when `undo` is an address."""
    if toast:
        messages.success(request, toast, extra_tags=undo)
    if not is_fragment(request):
        return HttpResponseRedirect(to)
    return HttpResponse(status=204, headers={"HX-Redirect": to})


def with_toast(
    response: HttpResponse, text: str, *, undo: str = "", tone: str = "success"
) -> HttpResponse:
    """Let an htmx answer close the dialog and show a toast, without leaving the page."""
    toast = {"text": text, "tone": tone} | ({"undo": undo} if undo else {})
    response["HX-Trigger"] = json.dumps({"toast": toast, "close-dialog": True})
    return response


def refused(request: HttpRequest, error: CommandError) -> HttpResponse:
    """A change the write path turned down, in its own words and with its own status."""
    changed = error.changed if isinstance(error, Stale) else ()
    return problem(request, error.status, error.message, changed=changed)


def conflict(request: HttpRequest, message: str) -> HttpResponse:
    """409: somebody else was faster."""
    return problem(request, 409, message)


def problem(request: HttpRequest, status: int, message: str = "", **context: Any) -> HttpResponse:
    """An error as a page; under htmx as a toast that leaves the page as it is."""
    title, standard = _words(status)
    context.setdefault("back", _came_from(request))
    if is_fragment(request):
        response = HttpResponse(status=status, headers={"HX-Reswap": "none"})
        toast = {"text": message or standard, "tone": "danger"}
        response["HX-Trigger"] = json.dumps({"toast": toast})
        return response
    shown = {"title": title, "message": message or standard, "code": status, **context}
    return page(request, "ui/errors/error.html", status=status, **shown)


def _came_from(request: HttpRequest) -> str:
    """The page a form was sent from: what was typed is still there when one goes back to it."""
    referer = request.headers.get("Referer", "")
    ours = f"{request.scheme}://{request.get_host()}/"
    if request.method != "POST" or not referer.startswith(ours):
        return ""
    return "/" + referer.removeprefix(ours).lstrip("/")


def _words(status: int) -> tuple[str, str]:
    """Title and standard sentence of an error page."""
    words = {
        400: (
            _("That request makes no sense to us"),
            _("Something in the address or form is wrong. Go back and try again."),
        ),
        403: (_("You cannot do this"), _("You lack the power for it in this project.")),
        404: (
            _("There is nothing here"),
            _("It may have been moved or removed, or you may not have access to it."),
        ),
        409: (
            _("Somebody else was faster"),
            _("This was changed in the meantime. Nothing was saved; look at it and try again."),
        ),
        422: (_("Something must be put right first"), _("What was sent cannot be saved as it is.")),
        429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
    }
    other = (
        _("Something went wrong on our side"),
        _("Nothing you did was wrong, and nothing half-done was saved. Try again in a moment."),
    )
    return words.get(status, other)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400"""
    return problem(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403"""
    return problem(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404"""
    return problem(request, HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was too old or came from elsewhere; what was written is still in the browser."""
    message = _("This page was open for too long. Go back, reload it and send it again.")
    return problem(request, HTTPStatus.FORBIDDEN, message)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: depends on nothing that may be what broke (database, session, chrome)."""
    title, message = _words(500)
    if is_fragment(request):
        return problem(request, 500)
    shown = {"title": title, "message": message, "request_id": request_id(request)}
    return HttpResponse(render_to_string("ui/errors/500.html", shown), status=500)


def request_id(request: HttpRequest) -> str:
    """What to quote when asking for help; also in the log and the `X-Request-ID` header."""
    return str(getattr(request, "request_id", ""))
