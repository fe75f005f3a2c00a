"""MY HOURS: the weekly grid, filled in, saved, sent and taken back."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, Stale
from tospann.people.actors import ActorRequest
from tospann.people.models import Person
from tospann.people.pages import answer, go, require_decides, signed_in
from tospann.timesheets import commands, expected, filling, grid, queries
from tospann.timesheets.grid import Grid
from tospann.timesheets.models import State, monday_of, week_name
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.pages import page

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_STEP = timedelta(days=7)


@signed_in
def hours(request: ActorRequest) -> HttpResponse:
    """The week asked for, or this one."""
    monday = asked(request.GET.get("week", ""))
    if request.method == "POST":
        return _posted(request, grid.typed(_me(request), monday, request.POST))
    shown = grid.kept(_me(request), monday)
    filling.offer_planned(shown)
    return _page(request, shown)


def asked(text: str) -> date:
    """2026-W48; anything else is this week."""
    match = _WEEK.fullmatch(text)
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else _this_week()
    except ValueError:
        return _this_week()


def _this_week() -> date:
    return monday_of(timezone.localdate())


def _me(request: ActorRequest) -> UUID:
    assert request.actor.person_id is not None, "whoever is signed in is a person"
    return request.actor.person_id


def _person(request: ActorRequest) -> Person:
    user = request.user
    assert isinstance(user, Person), "whoever is signed in is a person"
    return user


def _posted(request: ActorRequest, typed: Grid) -> HttpResponse:
    """Fill in or add a line without losing what is typed; or save."""
    do = request.POST.get("do", "save")
    if do == "add":
        return _page(request, typed, find=filling.add(typed, request.POST))
    if do in _FILLED and not typed.errors and not _FILLED[do](typed):
        return _page(request, typed, said=_nothing(do), status=422)
    if typed.errors:
        return _page(request, typed, status=422)
    return _save(request, typed, send=do == "send")


_FILLED: Mapping[str, Callable[[Grid], bool]] = {
    "planned": filling.as_planned,
    "copy": filling.as_last_week,
}


def _nothing(do: str) -> str:
    if do == "planned":
        return _("The plans hold nothing for you on the days that are empty this week.")
    return _("There is nothing to copy to the days that are empty this week.")


def _save(request: ActorRequest, typed: Grid, *, send: bool) -> HttpResponse:
    try:
        outcome = submit(
            request.actor,
            commands.save_week.on(_person(request)),
            monday=typed.monday,
            lines=typed.given(),
            seen=typed.version,
            on_holidays="on_holidays" in request.POST,
            send=send,
        )
    except Invalid as error:
        asks = error.field == "on_holidays"
        return _page(request, typed, said=error.message, asks=asks, status=422)
    except Stale:
        typed.version = queries.mine(typed.person, typed.monday).version
        return _page(request, typed, said=_elsewhere(), status=409)
    said = _("%(week)s is sent for approval.") if send else _("%(week)s is saved.")
    return answer(request, outcome, address(typed.monday), said % {"week": spoken(typed.monday)})


def _elsewhere() -> str:
    return _(
        "This week was changed somewhere else in the meantime. What you typed stands below and is "
        "not saved. Save again to let it count, or read the week again to see the other."
    )


def spoken(monday: date) -> str:
    """Uke 48."""
    name = formats.week(monday, language())
    return name[:1].upper() + name[1:]


def address(monday: date) -> str:
    return f"{reverse('hours')}?week={week_name(monday)}"


def _page(request: ActorRequest, shown: Grid, *, status: int = 200, **more: Any) -> HttpResponse:
    grid.named(shown)
    days = shown.days(timezone.localdate())
    return page(
        request,
        "timesheets/hours.html",
        status=status,
        grid=shown,
        days=days,
        chosen=next((place for place, day in enumerate(days) if day.is_today), 0),
        expected=sum(expected.of(shown.person, shown.monday)),
        choices=grid.choices(shown, filling.tasks(shown)),
        week=spoken(shown.monday),
        earlier=address(shown.monday - _STEP),
        later=address(shown.monday + _STEP),
        is_this_week=shown.monday == _this_week(),
        ruling=commands.save_week.ruling(request.actor, _person(request)),
        may_take_back=any(one[1] == State.SUBMITTED for one in shown.states),
        **more,
    )


@require_POST
@signed_in
def take_back(request: ActorRequest) -> HttpResponse:
    monday = asked(request.POST.get("week", ""))
    me = _person(request)
    require_decides(commands.take_back_week.ruling(request.actor, me))
    outcome = submit(request.actor, commands.take_back_week.on(me), monday=monday)
    return answer(request, outcome, address(monday), _("The week is yours again."))


@require_POST
@signed_in
def send_as_planned(request: ActorRequest) -> HttpResponse:
    """From my page, in one tap: what is empty as planned, and all of it sent."""
    shown = grid.kept(_me(request), asked(request.POST.get("week", "")))
    filling.as_planned(shown)
    if not shown.open_rows:
        return go(request, address(shown.monday))
    return _save(request, shown, send=True)
