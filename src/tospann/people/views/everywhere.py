"""What every page may post to: undo, language, appearance; and the demo's doors."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.undo import undo as undo_entry
from tospann.people import demo, preferences, queries
from tospann.people.actors import ActorRequest
from tospann.people.models import Person
from tospann.people.pages import came_from, signed_in
from tospann.people.registers import keep_view
from tospann.people.sign_in import sign_in_without_password
from tospann.ui.pages import done


@require_POST
@signed_in
def undo(request: ActorRequest, entry_id: int) -> HttpResponse:
    undo_entry(request.actor, queries.audit_entry(entry_id))
    return done(request, came_from(request), toast=_("Undone."))


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_next(request))
    preferences.keep_language(request, response, request.POST.get("language", ""))
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_next(request))
    preferences.keep_theme(request, response, request.POST.get("theme", ""))
    return response


@require_POST
@signed_in
def save_view(request: ActorRequest) -> HttpResponse:
    assert isinstance(request.user, Person)  # signed_in
    name, query = request.POST.get("name", "").strip(), request.POST.get("query", "")
    keep_view(request.user, request.POST.get("register", ""), name, query.lstrip("?"))
    return done(request, came_from(request), toast=_("The view is saved."))


@require_POST
def demo_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    return sign_in_without_password(request, demo.person_behind(request, key))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/")
    return wanted if safe else came_from(request)
