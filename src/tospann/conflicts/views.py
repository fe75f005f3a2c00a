"""Conflicts between projects: what waits, one of them with its ways out, and its decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.cases.comparing import chance_text
from tospann.conflicts import commands, queries, saying
from tospann.conflicts.forms import DecideConflictForm
from tospann.conflicts.models import Conflict
from tospann.conflicts.pictures import picture
from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError
from tospann.people.actors import ActorRequest
from tospann.people.pages import go, require, signed_in
from tospann.ui.pages import page


@require_safe
@signed_in
def conflicts(request: ActorRequest) -> HttpResponse:
    """What waits to be decided, and what was."""
    rows = queries.listed(request.actor, only_open=False)
    return page(
        request,
        "conflicts/conflicts.html",
        waiting=[row for row in rows if row["conflict"].is_open],
        over=[row for row in rows if not row["conflict"].is_open],
    )


@require_safe
@signed_in
def conflict(request: ActorRequest, number: int) -> HttpResponse:
    """One conflict: who is wanted when, the ways out side by side, and who decides."""
    return _shown(request, queries.conflict(request.actor, number))


def _shown(
    request: ActorRequest,
    one: Conflict,
    form: DecideConflictForm | None = None,
    *,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    between = queries.places(request.actor, one)
    ways = queries.ways(one, between)
    weeks = queries.weeks(one, between)
    return page(
        request,
        "conflicts/conflict.html",
        status=status,
        conflict=one,
        title=saying.about(one),
        places=between,
        ways=ways,
        weeks=weeks,
        picture=picture(one, between, weeks) if weeks else None,
        ruling=commands.decide_conflict.ruling(request.actor, one),
        certain=_("%(chance)s certain by") % {"chance": chance_text(0.8)},
        form=form or DecideConflictForm(conflict=one, ways=ways),
        wrong=wrong,
    )


@require_POST
@signed_in
def decide_conflict(request: ActorRequest, number: int) -> HttpResponse:
    """The decision: every plan it concerns is changed at once, or none."""
    one = queries.conflict(request.actor, number)
    require(commands.decide_conflict.ruling(request.actor, one))
    ways = queries.ways(one, queries.places(request.actor, one))
    form = DecideConflictForm(request.POST, conflict=one, ways=ways)
    if not form.is_valid():
        return _shown(request, one, form, status=422)
    said: dict[str, Any] = form.cleaned_data
    said.pop("version", None)
    try:
        submit(request.actor, commands.decide_conflict.on(one), **said)
    except CommandError as error:
        return _shown(request, one, form, wrong=error.message, status=error.status)
    messages.success(request, _("Decided. The plans of the projects are changed together."))
    return go(request, reverse("conflict", args=[number]))
