"""The page where a file is brought in: refused by its length before it is read, then received."""

from collections.abc import Callable
from typing import IO, Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from tospann.foundation.errors import Invalid
from tospann.jobs import incoming
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.forms import Form

SLACK = 64 * 1024
"""What a form adds around its file."""
Received = Callable[[ProjectRequest, Project, IO[bytes], str], HttpResponse]
"""What is answered to a file and its name."""
May = Callable[[ProjectRequest, Project], None]


class Shown(Protocol):
    """The page with the form of one field, ``file``."""

    def __call__(
        self, request: ProjectRequest, project: Project, form: Any, *, status: int
    ) -> HttpResponse: ...


def upload_page(
    form: type[Form],
    *,
    shown: Shown,
    received: Received,
    may: May = lambda request, project: None,
    most: Callable[[], int] = incoming.most_bytes,
) -> Callable[..., HttpResponse]:
    """The view: the form, and what ``received`` answers to a file.

    ``Invalid`` from there stands at the field. ``may`` refuses whoever must not even see the page.
    A body that is too large is not read, not even by the CSRF check. What else the address names
    lies in ``request.resolver_match``.
    """

    @project_page
    def large(request: ProjectRequest, project: Project) -> HttpResponse:
        may(request, project)
        refused = form()
        refused.errors["file"] = refused.error_class([incoming.too_large(most()).message])
        return shown(request, project, refused, status=413)

    @csrf_protect
    @project_page
    def asked(request: ProjectRequest, project: Project) -> HttpResponse:
        may(request, project)
        typed = form(request.POST or None, request.FILES or None)
        if typed.is_valid():
            try:
                file = typed.cleaned_data["file"]
                return received(request, project, file.file, file.name)
            except Invalid as error:
                typed.add_error("file", error.message)
        return shown(request, project, typed, status=422 if typed.errors else 200)

    @csrf_exempt
    def view(request: HttpRequest, key: str, **_more: str) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_large = not length.isdigit() or int(length) > most() + SLACK
        answer: HttpResponse = (large if is_large else asked)(request, key)
        return answer

    return view
