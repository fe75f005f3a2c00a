"""The style guide: every component on one page, for those who build pages (demo and debug only)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from tospann.ui.pages import form_page, is_fragment, page
from tospann.ui.samples import SampleForm, phases


def styleguide(request: HttpRequest) -> HttpResponse:
    """Everything the macros can show, with errors in the form."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    now = timezone.now()
    wrong = SampleForm({"progress": "42", "cost": "7,2 mill", "state": "amber"}, version=3)
    return page(
        request,
        "ui/styleguide.html",
        form=SampleForm() if "plain" in request.GET else wrong,
        phases=phases(),
        now=now,
        page_address=lambda number: f"?page={number}",
        earlier=[now - timedelta(minutes=12), now - timedelta(hours=20), now - timedelta(days=3)],
    )


def sample_dialog(request: HttpRequest) -> HttpResponse:
    """A form as dialog and as page."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    form = SampleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Trigger": '{"close-dialog": true}'})
    return form_page(request, form, title="Statusrapport", submit="Lagre", cancel="../styleguide")
