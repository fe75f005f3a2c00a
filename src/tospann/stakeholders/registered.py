"""Reading the register of stakeholders. What is thought of them is read by those who keep it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.people.veils import veiled_by
from tospann.projects.models import Project
from tospann.stakeholders.models import Degree, Judgement, Receipt, Stakeholder

Row = dict[str, Any]
STRATEGIES: dict[tuple[bool, bool], tuple[str, Lazy]] = {
    (True, True): ("involve", _("Work closely with")),
    (True, False): ("satisfy", _("Keep satisfied")),
    (False, True): ("inform", _("Keep informed")),
    (False, False): ("watch", _("Keep an eye on")),
}
"""By whether influence and interest are at least medium."""


def may_judge(actor: Actor, project: Project) -> bool:
    """Whether the actor keeps the register, and so reads what is thought of those in it."""
    return rule(actor, Power.KEEP_STAKEHOLDERS, project.pk).may_decide


def strategy(influence: int | None, interest: int | None) -> tuple[str, Lazy] | None:
    """How somebody like this is met: key and words. Nothing while she is not judged."""
    if influence is None or interest is None:
        return None
    return STRATEGIES[influence >= Degree.MEDIUM, interest >= Degree.MEDIUM]


def stakeholders(project: Project) -> QuerySet[Stakeholder]:
    return Stakeholder.objects.filter(project=project)


def stakeholder(project: Project, number: int) -> Stakeholder:
    """One stakeholder of the project, or 404."""
    found = stakeholders(project).filter(number=number).select_related("project", "contact")
    one = found.first()
    if one is None:
        raise Http404
    return one


def judgement(actor: Actor, of: Stakeholder) -> Judgement | None:
    """What is thought of her, for those who may read it."""
    if not may_judge(actor, of.project):
        return None
    return Judgement.objects.filter(stakeholder=of).select_related("judged_by").first()


def judgements(actor: Actor, project: Project) -> dict[UUID, Judgement]:
    """By stakeholder; none for whoever may not read them."""
    if not may_judge(actor, project):
        return {}
    found = Judgement.objects.filter(project=project, stakeholder__is_active=True)
    return {one.stakeholder_id: one for one in found}


def choices(project: Project) -> list[tuple[str, str]]:
    rows = stakeholders(project).filter(is_active=True).order_by("name", "number")
    return [(str(pk), named(*names)) for pk, *names in rows.values_list("pk", *_NAMES)]


_NAMES = ("name", "organisation")


def named(name: str, organisation: str) -> str:
    """“Name (organisation)”."""
    return f"{name} ({organisation})" if organisation else name


def received(of: Stakeholder) -> list[Receipt]:
    """What she has been told, the latest first."""
    found = Receipt.objects.filter(stakeholder=of).select_related("told__item", "told__by")
    return list(found.order_by("-told__on", "-told__created_at")[:100])


@dataclass(frozen=True)
class Cell:
    """Those with the same influence and interest."""

    influence: int
    interest: int
    strategy: str
    word: Lazy
    who: tuple[Stakeholder, ...]


def matrix(actor: Actor, project: Project) -> list[tuple[Degree, list[Cell]]]:
    """Rows of influence from the highest, each with cells of interest from the lowest."""
    judged = judgements(actor, project)
    found: dict[tuple[int, int], list[Stakeholder]] = defaultdict(list)
    for one in stakeholders(project).filter(pk__in=judged).order_by("name", "number"):
        found[judged[one.pk].influence, judged[one.pk].interest].append(one)
    degrees = list(Degree)
    return [
        (row, [_cell(row, column, found[row, column]) for column in degrees])
        for row in reversed(degrees)
    ]


def _cell(influence: int, interest: int, who: Sequence[Stakeholder]) -> Cell:
    key, word = STRATEGIES[influence >= Degree.MEDIUM, interest >= Degree.MEDIUM]
    return Cell(influence, interest, key, word, tuple(who))


def add_judgements(actor: Actor, project: Project, rows: Iterable[Row]) -> None:
    """Adds to rows of stakeholders what is thought of them; nothing for whoever may not read it."""
    judged = judgements(actor, project)
    for row in rows:
        one = judged.get(row["pk"])
        row["influence"] = one.influence if one else None
        row["interest"] = one.interest if one else None
        known = strategy(row["influence"], row["interest"])
        row["strategy"] = str(known[1]) if known else ""
        row["own_words"] = one.strategy if one else ""


def add_last_told(rows: Sequence[Row]) -> None:
    """Adds to rows of stakeholders when each was last told something: one query."""
    found = Receipt.objects.filter(stakeholder__in=[row["pk"] for row in rows])
    last = dict(found.order_by("told__on").values_list("stakeholder_id", "told__on"))
    for row in rows:
        row["last_told"] = last.get(row["pk"])


def hidden(actor: Actor, scope_id: UUID, references: Collection[str]) -> Collection[str]:
    """What the log says of judgements is for those who keep the register."""
    may = rule(actor, Power.KEEP_STAKEHOLDERS, scope_id).may_decide
    return () if may else references


def veil() -> None:
    """Called once, when the app is ready."""
    veiled_by("stakeholders.judgement", hidden)
