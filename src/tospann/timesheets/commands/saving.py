"""A week is saved, sent, and taken back by whoever worked it; each as one act."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.references import find
from tospann.foundation.undo import put_back
from tospann.people.models import Person
from tospann.timesheets import closing
from tospann.timesheets import lines as pure
from tospann.timesheets.commands import checks
from tospann.timesheets.commands.checks import Place
from tospann.timesheets.lines import Entry
from tospann.timesheets.models import Sheet, State, Week
from tospann.timesheets.rows import replace_rows

Amount = Annotated[Decimal, Field(ge=0, le=24, max_digits=4, decimal_places=2)]
Uid = Annotated[int, Field(ge=1, le=2_147_483_647)]
WorkKind = Annotated[str, StringConstraints(max_length=60, pattern=r"^([a-z][a-z0-9_]*)?$")]
Comment = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
_NOT_YOURS = gettext_noop("Everybody keeps their own hours.")


class HoursLine(BaseModel):
    """Hours on a task, a type of work, or both, from Monday to Sunday."""

    model_config = ConfigDict(extra="forbid")
    project: UUID
    uid: Uid | None = None
    kind: WorkKind = ""
    comment: Comment = ""
    hours: Annotated[list[Amount], Field(min_length=7, max_length=7)]


def own_chain(person: Person) -> UUID:
    """Everybody's weeks are a chain of their own: nobody's save waits for anybody else's."""
    return person.pk


def is_herself(actor: Actor, person: Person) -> Sentence | None:
    return None if person.pk == actor.person_id else Sentence(_NOT_YOURS)


@command(needs=Power.OWN_HOURS, only_if=is_herself, chain=own_chain)
def save_week(
    actor: Actor,
    person: Person,
    *,
    monday: date,
    lines: Annotated[list[HoursLine], Field(max_length=200)],
    seen: Annotated[int, Field(ge=0)] | None = None,
    on_holidays: bool = False,
    send: bool = False,
) -> Week:
    """Save a week's hours

    All lines of the week, except of projects whose hours are sent or approved: those stay. `seen`
    is the version of the week that was read (0: none was there). `on_holidays` says that hours on
    public holidays are meant. `send` sends the week for approval at the same time.
    """
    checks.week_begins(monday)
    week = _locked(person, monday, seen)
    place = Place(person.pk, monday, _sheets(week))
    wanted = _wanted(place, lines)
    _check(place, wanted, on_holidays)
    _write(week, place, wanted, send)
    return week


def _locked(person: Person, monday: date, seen: int | None) -> Week:
    found = Week.objects.select_for_update().filter(person=person, monday=monday).first()
    week = found or Week(person=person, monday=monday)
    if seen is not None and week.version != seen:
        raise Stale(str(week))
    return week


def _sheets(week: Week) -> dict[UUID, Sheet]:
    if week._state.adding:
        return {}
    return {one.project_id: one for one in Sheet.objects.select_for_update().filter(week=week)}


def _wanted(place: Place, given: Iterable[HoursLine]) -> dict[UUID, list[Entry]]:
    """What each project's sheet is to say, without those that are locked and stay as they are."""
    asked: dict[UUID, list[Entry]] = {}
    for one in given:
        entry = Entry(one.uid, one.kind, one.comment, tuple(one.hours))
        asked.setdefault(one.project, []).append(entry)
    wanted = {project: pure.joined(entries) for project, entries in asked.items()}
    for project, sheet in place.before.items():
        if not sheet.is_locked:
            wanted.setdefault(project, [])
        elif project in wanted and not pure.same(wanted.pop(project), place.kept(project)):
            said = gettext("Hours that are %(state)s cannot be changed. Take the week back first.")
            raise Invalid(said % {"state": str(State(sheet.state).label).lower()}, "lines")
    return {k: v for k, v in wanted.items() if v or k in place.before}


def _check(place: Place, wanted: dict[UUID, list[Entry]], on_holidays: bool) -> None:
    filled = {key: entries for key, entries in wanted.items() if _is_new(place, key, entries)}
    projects = checks.on_the_projects(place, filled)
    checks.known_work(place, filled, projects)
    stays = [e for key, sheet in place.before.items() if sheet.is_locked for e in place.kept(key)]
    checks.hours_of_a_day(place, [*stays, *(e for entries in wanted.values() for e in entries)])
    checks.months_are_open(place, wanted)
    if not on_holidays:
        checks.holidays_are_meant(place, wanted)


def _is_new(place: Place, project: UUID, entries: list[Entry]) -> bool:
    """Whether there is anything that was not kept already."""
    return bool(entries) and not pure.same(entries, place.kept(project))


def _write(week: Week, place: Place, wanted: dict[UUID, list[Entry]], send: bool) -> None:
    sending = [p for p in wanted if wanted[p]] if send else []
    if send and not sending and place.before:
        raise Invalid(gettext("There is nothing more to send in this week."), "lines")
    if week._state.adding:
        begin(week)
    kept = dict(place.before)
    for project, entries in wanted.items():
        sheet = kept.pop(project, None) or _new(week, project)
        if not entries:
            replace_rows([_emptied(sheet)])
            sheet.delete()
            continue
        sheet.lines = [one.stored for one in entries]
        sheet.hours = pure.total(entries)
        if send:
            sheet.state, sheet.sent_at, sheet.reason = State.SUBMITTED, timezone.now(), ""
        sheet.save()
        kept[project] = sheet
    replace_rows(kept[project] for project in wanted if project in kept)
    settle(week, kept.values(), sent=send)


def begin(week: Week) -> None:
    """Save a week that was not there; ``Stale`` when a file has just brought it."""
    week.id = new_id()
    try:
        with transaction.atomic():
            week.save()
    except IntegrityError:
        raise Stale(str(week)) from None


def _emptied(sheet: Sheet) -> Sheet:
    sheet.lines = []
    return sheet


def _new(week: Week, project: UUID) -> Sheet:
    return Sheet(
        id=new_id(), week=week, person_id=week.person_id, monday=week.monday, project_id=project
    )


def settle(week: Week, sheets: Iterable[Sheet], *, sent: bool = False) -> None:
    """What the sheets of a week add up to."""
    listed = list(sheets)
    week.hours = sum((one.hours for one in listed), Decimal(0))
    states = {one.state for one in listed}
    order = (State.RETURNED, State.OPEN, State.SUBMITTED, State.APPROVED)
    empty = State.SUBMITTED if sent else State.OPEN
    week.state = next((one for one in order if one in states), empty)
    week.save()


@command(needs=Power.OWN_HOURS, only_if=is_herself, chain=own_chain)
def take_back_week(actor: Actor, person: Person, *, monday: date) -> Week:
    """Take back a week that was sent

    What is approved stays approved.
    """
    week = Week.objects.select_for_update().filter(person=person, monday=monday).first()
    sheets = list(Sheet.objects.select_for_update().filter(week=week)) if week else []
    sent = [one for one in sheets if one.state == State.SUBMITTED]
    if week is None or (sheets and not sent) or week.state in (State.OPEN, State.RETURNED):
        raise Invalid(gettext("There is nothing in this week to take back."))
    for sheet in sent:
        sheet.state, sheet.sent_at = State.OPEN, None
        sheet.save()
    settle(week, sheets)
    return week


@save_week.undo
def _undo(actor: Actor, person: Person, entry: AuditEntry) -> None:
    changes = entry.detail.changes or {}
    _still_open(_sheets_in(changes))
    put_back(changes)
    back = _sheets_in(changes)
    _still_open(back)
    replace_rows(back)


def _sheets_in(changes: Iterable[str]) -> list[Sheet]:
    """Those of the changed records that are sheets, as they are now."""
    label = f"{Sheet._meta.label_lower}:"
    found = (find(ref) for ref in changes if ref.startswith(label))
    return [one for one in found if isinstance(one, Sheet)]


def _still_open(sheets: Iterable[Sheet]) -> None:
    """A month that was closed since stands in the way of taking hours back."""
    for sheet in sheets:
        known = closing.closed([sheet.project_id])
        if closing.is_closed(known, sheet.project_id, sheet.monday):
            raise Invalid(checks.month_is_closed(sheet.project.key, sheet.monday))
