"""What is looked at across projects: a page each, all with the tabs of the portfolio."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from tospann.conflicts import queries as conflicts
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.portfolio import files
from tospann.portfolio.queries import (
    accuracy,
    benefits,
    capacity,
    decisions,
    gates,
    money,
    risk,
    timeline,
)
from tospann.portfolio.register import HEALTH, packs_by_name
from tospann.portfolio.register.benefits import BENEFITS
from tospann.portfolio.register.decisions import DECISIONS
from tospann.portfolio.register.risk import RISK
from tospann.ui import exports
from tospann.ui.pages import is_fragment, page

KINDS = {
    "milestone": _("Milestone"),
    "gate": _("Gate"),
    "decision": pgettext_lazy("event", "Decided"),
    "waiting": _("To be decided"),
}
NARROWS = ("title", "sort", "month")


def _paged(request: ActorRequest, template: str, found: Any, **shown: Any) -> HttpResponse:
    """A page of something long; its other pages keep what it is narrowed by."""
    kept = {name: shown[name] for name in NARROWS if shown.get(name)}

    def page_url(number: int) -> str:
        return f"?{urlencode(kept | {'page': number})}"

    return page(request, template, found=found, page_url=page_url, **shown)


def _how_many(count: str) -> str:
    n = int(count)
    return ngettext("%(num)s person", "%(num)s people", n) % {"num": n}


def _is_file(request: ActorRequest) -> bool:
    return request.GET.get("format") in exports.KINDS


@require_safe
@signed_in
def portfolio_capacity(request: ActorRequest) -> HttpResponse:
    """Persons and roles by month."""
    found = capacity.of(request.actor, request.GET)
    if _is_file(request):
        return files.capacity(request.GET["format"], found)
    shown: dict[str, Any] = {"most": capacity.MOST_SUMMED, "how_many": _how_many}
    return _paged(request, "portfolio/capacity.html", found, title=found.title, **shown)


@require_safe
@signed_in
def portfolio_risk(request: ActorRequest) -> HttpResponse:
    return RISK.respond(request, risk.table(request.actor), template="portfolio/list.html")


@require_safe
@signed_in
def portfolio_money(request: ActorRequest) -> HttpResponse:
    if _is_file(request):
        return files.money(request.GET["format"], *money.every(request.actor))
    found = money.of(request.actor, request.GET)
    return _paged(request, "portfolio/money.html", found, sort=found.sort)


@require_safe
@signed_in
def portfolio_benefits(request: ActorRequest) -> HttpResponse:
    rows = benefits.table(request.actor)
    return BENEFITS.respond(request, rows, template="portfolio/list.html")


@require_safe
@signed_in
def portfolio_gates(request: ActorRequest) -> HttpResponse:
    """The next gate of each project, month by month."""
    if _is_file(request):
        rows = gates.every(request.actor, exports.MOST_ROWS)
        return files.gates(request.GET["format"], rows)
    found = gates.calendar(request.actor, request.GET)
    month = found.chosen.key if found.chosen else ""
    return _paged(request, "portfolio/gates.html", found, month=month)


@require_safe
@signed_in
def portfolio_timeline(request: ActorRequest) -> HttpResponse:
    found = timeline.of(request.actor, request.GET)
    return _paged(request, "portfolio/timeline.html", found, kinds=KINDS, health=HEALTH)


@require_safe
@signed_in
def portfolio_decisions(request: ActorRequest) -> HttpResponse:
    """Conflicts, the cases that wait, and the log of all projects."""
    shown: dict[str, Any] = {}
    if not is_fragment(request) and not _is_file(request):
        shown["conflicts"] = conflicts.listed(request.actor)
        shown["cases"] = decisions.waiting(request.actor)
    rows = decisions.taken(request.actor)
    return DECISIONS.respond(request, rows, template="portfolio/decisions.html", **shown)


@require_safe
@signed_in
def portfolio_accuracy(request: ActorRequest) -> HttpResponse:
    """How often the days held that were 50 and 80 per cent certain."""
    found = accuracy.of(request.actor, request.GET)
    if _is_file(request):
        return files.accuracy(
            request.GET["format"], accuracy.of(request.actor, {}, exports.MOST_ROWS)
        )
    names = packs_by_name() if found.by_pack else {}
    return _paged(request, "portfolio/accuracy.html", found, pack_names=names)
