"""What the portal knows of a person: shown, taken along, erased."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from tospann.foundation.commands import Done
from tospann.people import queries
from tospann.people.actors import ActorRequest
from tospann.people.forms import EraseForm
from tospann.people.models import Person
from tospann.people.pages import administrators_only, answer, signed_in, try_submit
from tospann.people.privacy import exporting
from tospann.people.privacy.commands import erase_person
from tospann.ui.pages import page


@signed_in
def own_data(request: ActorRequest) -> HttpResponse:
    """Everything about oneself, as a file."""
    assert request.actor.person_id is not None
    return _sent(queries.person(request.actor.person_id))


@administrators_only
def data(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How much there is, in which tables; and the way to erase it."""
    found = queries.person(pk)
    form = EraseForm(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        bound = erase_person.on(found)
        outcome = try_submit(request, form, bound, reason=form.cleaned_data["reason"])
        if isinstance(outcome, Done):
            return page(request, "people/erased.html", done=outcome.result, person=found)
        if outcome is not None:
            return answer(request, outcome, reverse("admin_person", args=[pk]))
    shown = {"person": found, "form": form, "counted": exporting.counted(found)}
    return page(request, "people/data.html", status=422 if form.errors else 200, **shown)


@administrators_only
def data_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _sent(queries.person(pk))


def _sent(person: Person) -> HttpResponse:
    name = f"tospann-{person.pk.hex[-6:]}-{timezone.localdate()}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(exporting.export(person), content_type="application/zip", headers=headers)
