"""The inbox: one list of what concerns me, and how I want to be told."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.notifications import queries, reading
from tospann.notifications.forms import PreferencesForm
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.ui.pages import done, form_page, fragment, is_fragment, page

PER_PAGE = 50


@signed_in
def inbox(request: ActorRequest) -> HttpResponse:
    key, only_unread = request.GET.get("project", ""), request.GET.get("show") == "unread"
    found = queries.inbox(request.actor, key, only_unread)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "notifications/inbox.html",
        notices=list(shown.object_list),
        shown=shown,
        projects=queries.projects(request.actor),
        project_key=key.upper(),
        only_unread=only_unread,
        address=_address,
        page_address=lambda number: _address(key, only_unread, number),
    )


def _address(project_key: str = "", unread: bool = False, number: int = 1) -> str:
    wanted = [("project", project_key), ("show", "unread" if unread else "")]
    wanted.append(("page", str(number) if number > 1 else ""))
    query = "&".join(f"{name}={value}" for name, value in wanted if value)
    return reverse("inbox") + (f"?{query}" if query else "")


@signed_in
def open_notice(request: ActorRequest, notice: int) -> HttpResponse:
    """Go to what it is about. A browser that only looks ahead leaves it unread."""
    found = queries.notice(request.actor, notice)
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        reading.mark(request.actor, notice, read=True)
    safe = url_has_allowed_host_and_scheme(found.link, allowed_hosts=None)
    return HttpResponseRedirect(found.link if safe else reverse("inbox"))


@require_POST
@signed_in
def mark(request: ActorRequest, notice: int) -> HttpResponse:
    found = reading.mark(request.actor, notice, read=request.POST.get("read") == "1")
    if is_fragment(request):
        return fragment(request, "notifications/_notice.html", notice=found)
    return done(request, reverse("inbox"))


@require_POST
@signed_in
def mark_all(request: ActorRequest) -> HttpResponse:
    key = request.POST.get("project", "")
    reading.mark_all(request.actor, key)
    return done(request, _address(key), toast=_("Everything is marked as read."))


@signed_in
def preferences(request: ActorRequest) -> HttpResponse:
    current = queries.preferences(request.actor)
    form = PreferencesForm(request.POST or None, current=current)
    if form.is_valid():
        reading.prefer(request.actor, form.cleaned_data)
        return done(request, reverse("inbox"), toast=_("Saved."))
    return form_page(
        request,
        form,
        title=_("How I want to be told"),
        lead=_("Everything is in the inbox. Here you choose what is also sent to you by mail."),
        submit=_("Save"),
        cancel=reverse("inbox"),
    )
