"""What an hour costs by title: as it is now, as it will be, and as it was. For line managers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.people.models import Person
from tospann.resources import line
from tospann.resources.models import Rate

MOST_WITHOUT = 200


def plain(title: str) -> str:
    """What makes two titles one: neither case nor spaces tell them apart."""
    return " ".join(title.split()).casefold()


@dataclass(frozen=True)
class Titled:
    """A title, how many have it, and its rates, the newest first."""

    title: str
    people: int
    rates: Sequence[Rate] = ()
    today: date = date.min

    @property
    def now(self) -> Rate | None:
        """The rate that is valid."""
        return next((one for one in self.rates if one.valid_from <= self.today), None)

    @property
    def coming(self) -> Rate | None:
        """The next one."""
        return next((one for one in reversed(self.rates) if one.valid_from > self.today), None)


def may_keep(actor: Actor) -> bool:
    return line.is_line_manager(actor)


def titles(actor: Actor) -> list[Titled]:
    """Those that have a rate, and those people have that do not; 404 for others (two queries)."""
    if not may_keep(actor):
        raise Http404
    names, count = _of_people()
    kept: dict[str, list[Rate]] = {}
    for rate in Rate.objects.filter(person__isnull=True).order_by("-valid_from", "title"):
        kept.setdefault(plain(rate.title), []).append(rate)
    today = timezone.localdate()
    found = [Titled(rates[0].title, count[key], rates, today) for key, rates in kept.items()]
    without = sorted(names.keys() - kept.keys())[:MOST_WITHOUT]
    found += [Titled(names[key], count[key]) for key in without]
    return sorted(found, key=lambda one: (not one.rates, plain(one.title)))


def _of_people() -> tuple[dict[str, str], Counter[str]]:
    names: dict[str, str] = {}
    count: Counter[str] = Counter()
    held = Person.objects.filter(is_active=True).exclude(title="").order_by("title")
    for title in held.values_list("title", flat=True):
        names.setdefault(plain(title), title)
        count[plain(title)] += 1
    return names, count


def rate(actor: Actor, pk: UUID) -> Rate:
    """A rate of a title; of persons, and for others, there is nothing here."""
    found = Rate.objects.filter(pk=pk, person__isnull=True).first() if may_keep(actor) else None
    if found is None:
        raise Http404
    return found
