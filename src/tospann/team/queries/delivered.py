"""What was delivered in a month, by whom: tasks, milestones, actions, minutes and promises kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.actions.models import Action, ActionState
from tospann.meetings.models import Meeting
from tospann.planning.models import Activity, Kind, State
from tospann.projects.models import Project
from tospann.stakeholders.models import Promise, PromiseState
from tospann.team.models import DeliveredLetter

MOST = 500


@dataclass(frozen=True)
class Delivery:
    """One thing that was finished."""

    kind: str
    label: str
    title: str
    on: date
    who: str
    href: str

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "title": self.title,
            "on": self.on.isoformat(),
            "who": self.who,
            "href": self.href,
        }


@dataclass(frozen=True)
class Month:
    """A month by its first day, with its neighbours."""

    first: date

    @property
    def next(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time()))

    @property
    def ends(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.next, time()))


def month_of(asked: str, today: date | None = None) -> Month:
    """From “2026-11”; this month when it says nothing that is one."""
    now = today or timezone.localdate()
    year, _dash, number = asked.partition("-")
    is_one = len(asked) == 7 and asked.isascii() and year.isdigit() and number.isdigit()
    if is_one and 2000 <= int(year) <= 2100 and 1 <= int(number) <= 12:
        return Month(date(int(year), int(number), 1))
    return Month(now.replace(day=1))


def of_month(project: Project, first: date) -> list[Delivery]:
    """The latest last, milestones first among those of a day. Four queries."""
    month = Month(first)
    found = [
        *_tasks(project, month),
        *_actions(project, month),
        *_minutes(project, month),
        *_promises(project, month),
    ]
    return sorted(found, key=lambda one: (one.on, one.kind != "milestone", one.title))[:MOST]


def by_person(found: list[Delivery]) -> list[tuple[str, list[Delivery]]]:
    """Whose it is, by name; what is nobody's last."""
    groups: dict[str, list[Delivery]] = {}
    for one in found:
        groups.setdefault(one.who, []).append(one)
    return sorted(groups.items(), key=lambda group: (not group[0], group[0]))


def _tasks(project: Project, month: Month) -> Iterator[Delivery]:
    rows = Activity.objects.filter(project=project, state=State.DONE, is_active=True)
    rows = rows.filter(finish__gte=month.first, finish__lt=month.next).exclude(kind=Kind.SUMMARY)
    for row in rows.values("uid", "name", "kind", "finish", "responsible__name")[:MOST]:
        is_milestone = row["kind"] == Kind.MILESTONE
        yield Delivery(
            "milestone" if is_milestone else "task",
            _("Milestone") if is_milestone else _("Plan task"),
            row["name"],
            row["finish"] or month.first,
            row["responsible__name"] or "",
            reverse("plan_task", args=[project.key, row["uid"]]),
        )


def _actions(project: Project, month: Month) -> Iterator[Delivery]:
    rows = Action.objects.filter(project=project, state=ActionState.DONE)
    rows = rows.filter(done_at__gte=month.begins, done_at__lt=month.ends)
    for row in rows.values("number", "title", "done_at", "owner__name")[:MOST]:
        address = reverse("action", args=[project.key, row["number"]])
        day, who = _day(row["done_at"]), row["owner__name"] or ""
        yield Delivery("action", _("Action"), row["title"], day, who, address)


def _minutes(project: Project, month: Month) -> Iterator[Delivery]:
    rows = Meeting.objects.filter(project=project)
    rows = rows.filter(published_at__gte=month.begins, published_at__lt=month.ends)
    for row in rows.values("number", "title", "published_at", "minutes_by__name")[:MOST]:
        address = reverse("meeting", args=[project.key, row["number"]])
        day, who = _day(row["published_at"]), row["minutes_by__name"] or ""
        yield Delivery("minutes", _("Minutes"), row["title"], day, who, address)


def _promises(project: Project, month: Month) -> Iterator[Delivery]:
    rows = Promise.objects.filter(project=project, state=PromiseState.KEPT)
    rows = rows.filter(settled_at__gte=month.begins, settled_at__lt=month.ends)
    for row in rows.values("number", "text", "settled_at", "by_person__name")[:MOST]:
        address = reverse("promises", args=[project.key])
        day, who = _day(row["settled_at"]), row["by_person__name"] or ""
        yield Delivery("promise", _("Promise kept"), row["text"], day, who, address)


def _day(moment: datetime | None) -> date:
    return timezone.localtime(moment).date()


def letters(project: Project, first: date) -> list[DeliveredLetter]:
    """Those that were sent of that month, the latest first."""
    found = DeliveredLetter.objects.filter(project=project, month=first)
    return list(found.select_related("sent_by").order_by("-sent_at")[:10])


def letter(pk: UUID) -> DeliveredLetter | None:
    found = DeliveredLetter.objects.filter(pk=pk)
    return found.select_related("project", "sent_by").first()
