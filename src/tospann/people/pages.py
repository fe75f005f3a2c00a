"""What every page of a signed-in person shares: who acts, and how a change is answered."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from tospann.foundation.authority import Actor, Ruling
from tospann.foundation.commands import COMMANDS, Bound, Command, Done, Proposed, submit
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.people import queries
from tospann.people.actors import ActorRequest
from tospann.ui.pages import form_page, refused

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorator: only for people who are signed in; a refused change becomes a readable page."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        known = cast(ActorRequest, request)
        if known.actor.person_id is None:
            return redirect_to_login(request.get_full_path())
        try:
            return view(known, *args, **kwargs)
        except CommandError as error:
            return refused(request, error)

    return wrapper


def administrators_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorator: for everybody else there is nothing here."""
    return _only(queries.runs_organisation, view)


def auditors_too(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorator: for administrators and auditors."""
    return _only(queries.reads_audit, view)


def _only(
    may: Callable[[Actor], bool], view: View[P]
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @signed_in
    @wraps(view)
    def wrapper(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may(request.actor):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper


def require(ruling: Ruling) -> None:
    """Whoever may neither do it nor propose it is told so before anything is typed."""
    if ruling.is_refused:
        raise NotAllowed(str(ruling))


def require_decides(ruling: Ruling) -> None:
    """For what cannot be proposed: whoever may not do it herself is told so."""
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))


def came_from(request: HttpRequest) -> str:
    """The page of this portal the request came from, or the front page."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return "/"
    parts = urlsplit(referer)
    path = "/" + parts.path.lstrip("/\\")  # “//host” would lead elsewhere
    return path + (f"?{parts.query}" if parts.query else "")


def answer(
    request: HttpRequest, outcome: Done[Any] | Proposed, to: str, text: str = ""
) -> HttpResponse:
    """Say what came of a submitted change, with undo if it was carried out, and go on to ``to``."""
    if isinstance(outcome, Proposed):
        said = gettext("Sent as a proposal. %(why)s") % {"why": outcome.ruling}
        messages.info(request, said)
        return go(request, to)
    undo = reverse("undo", args=[outcome.entry.pk]) if _undoable(outcome) else ""
    messages.success(request, text or gettext("Saved."), extra_tags=undo)
    return go(request, to)


def go(request: HttpRequest, to: str) -> HttpResponse:
    """A redirect that htmx follows as a page, too."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = to
        return response
    return HttpResponseRedirect(to)


def try_submit(
    request: ActorRequest, form: Any, bound: Bound[P, Any], *args: P.args, **kwargs: P.kwargs
) -> Done[Any] | Proposed | None:
    """Submit, or put what was wrong with the arguments into the form and return None."""
    try:
        return submit(request.actor, bound, *args, **kwargs)
    except Invalid as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, error.message)
        return None


def change_by_form(
    request: ActorRequest,
    form: Any,
    what: Command[Any, Any, Any],
    subject: Any,
    *,
    to: str,
    said: str = "",
    known: Mapping[str, Any] | None = None,
    **shown: Any,
) -> HttpResponse:
    """The life of a form whose fields (and what is ``known``) are the arguments of one command.

    Refused before anything is typed, shown again with what was wrong, or carried out or proposed.
    """
    ruling = what.ruling(request.actor, subject)
    require(ruling)
    if form.is_valid():
        typed = {**form.cleaned_data, **(known or {})}
        bound = what.on(subject, typed.pop("version", None))
        outcome = try_submit(request, form, bound, **typed)
        if outcome:
            return answer(request, outcome, to, said)
    decides = "" if ruling.may_decide else str(ruling)
    return form_page(request, form, decides=decides, **{"cancel": to, **shown})


def _undoable(outcome: Done[Any]) -> bool:

    what = COMMANDS.get(outcome.entry.command)
    return what is not None and what.undoable
