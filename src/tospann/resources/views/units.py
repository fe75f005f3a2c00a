"""ADMINISTRATION, units: who leads which people."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.ids import new_id
from tospann.people import queries as people
from tospann.people.actors import ActorRequest
from tospann.people.pages import administrators_only, change_by_form
from tospann.resources import commands, queries
from tospann.resources.forms import EmployForm, LastDayForm, UnitForm
from tospann.ui.pages import page


@administrators_only
def units(request: ActorRequest) -> HttpResponse:
    found = queries.units_with_people(request.GET.get("page", ""))
    return page(request, "resources/units.html", found=found, at="?page={}".format)


@administrators_only
def new_unit(request: ActorRequest) -> HttpResponse:
    return change_by_form(
        request,
        UnitForm(request.POST or None, managers=queries.line_managers()),
        commands.add_unit,
        people.organisation(),
        known={"id": new_id()},
        to=reverse("units"),
        title=_("New unit"),
        submit=_("Add the unit"),
    )


@administrators_only
def edit_unit(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.unit(pk)
    start = {"name": found.name, "manager": found.manager_id}
    return change_by_form(
        request,
        UnitForm(
            request.POST or None,
            managers=queries.line_managers(),
            initial=start,
            version=found.version,
        ),
        commands.change_unit,
        found,
        to=reverse("units"),
        title=_("Change the unit: %(unit)s") % {"unit": found},
        submit=_("Save"),
    )


@administrators_only
def employ(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.unit(pk)
    form = EmployForm(request.POST or None, people=queries.everybody())
    subject = people.organisation()
    if form.is_valid():
        subject = people.person(form.cleaned_data.pop("person"))  # type: ignore[assignment]  # whom
    return change_by_form(
        request,
        form,
        commands.employ,
        subject,
        known={"unit": found.pk},
        to=reverse("units"),
        said=_("Recorded."),
        title=_("Who works in %(unit)s?") % {"unit": found},
        submit=_("Record"),
    )


@administrators_only
def end_employment(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.employment(pk)
    return change_by_form(
        request,
        LastDayForm(request.POST or None),
        commands.end_employment,
        found,
        to=reverse("units"),
        title=_("Last day in the unit: %(person)s") % {"person": found.person},
        submit=_("Save"),
    )
