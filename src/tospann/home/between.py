"""On my own page: conflicts between projects, people who are asked for, invoices, and the pulse."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.conflicts.models import Conflict, ConflictState
from tospann.contracts.models import Invoice, InvoiceState
from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.portfolio.models import Scenario, ScenarioState
from tospann.projects.models import Gate, GateState, Membership, Project, ProjectState
from tospann.resources.models import Request, RequestState, Unit
from tospann.team import pulse
from tospann.team.models import PulseVoter
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.round_trip import Lists, Row, Rows

Item = dict[str, Any]
MOST = 12
SMALL = "small_"
"""How the keys of packs for small projects begin: on their team page is room enough."""
MOST_ASKED = 2
"""Projects whose pulse is asked for at once."""


def rows(person: UUID, mine: Iterable[UUID], today: date, monday: date) -> dict[str, Rows]:
    """For the page's one query."""
    return {
        "asked_for": _requests(person),
        "invoices": _invoices(mine),
        "pulses": _pulses(person, mine, today, monday),
    }


def conflicts() -> Rows:
    """The open ones, the soonest first; for whoever sees all projects."""
    found = Conflict.objects.filter(state=ConflictState.OPEN).order_by("starts_on", "number")
    also = {name: name for name in ("number", "starts_on", "ends_on", "hours_over")}
    return Rows(found[:MOST], name="person__name", **also)


def proposals() -> Rows:
    """What is proposed to the portfolio and waits; for whoever sees all projects."""
    found = Scenario.objects.filter(state=ScenarioState.OPEN).order_by("number")
    return Rows(found[:MOST], number="number", title="title", name="proposed_by__name")


def to_decide(actor: Actor, lists: Lists) -> list[Item]:
    """Conflicts for the portfolio leader, requests for the line manager, invoices to verify."""
    found = [_asked_for(row) for row in lists["asked_for"]] if _lends(actor) else []
    if rule(actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide:
        found += [_conflict(row) for row in lists.get("conflicts", ())]
        found += [_proposal(row) for row in lists.get("proposals", ())]
    return [*found, *_waiting(actor, lists, InvoiceState.CHECKED, Power.VERIFY_INVOICE)]


def to_prepare(actor: Actor, lists: Lists) -> list[Item]:
    """Invoices that have come and are to be checked against their contracts."""
    return _waiting(actor, lists, InvoiceState.RECEIVED, Power.KEEP_CONTRACTS)


def asked(actor: Actor, lists: Lists) -> list[Item]:
    """The projects whose pulse she may give this week with one tap."""
    found = [row for row in lists["pulses"] if rule(actor, Power.DISCUSS, row["id"]).may_decide]
    return [
        {
            "key": row["key"],
            "name": row["name"],
            "question": pulse.question(row["about"] or ""),
        }
        for row in found[:MOST_ASKED]
    ]


def _lends(actor: Actor) -> bool:
    return rule(actor, Power.OFFER_PEOPLE, ORGANISATION_SCOPE).may_decide


def _requests(person: UUID) -> Rows:
    """What waits for the answer of whoever leads a unit."""
    leads = Unit.objects.filter(manager=person)
    hers = Q(unit__manager=person) | Q(Exists(leads), unit__isnull=True)
    waits = Request.objects.filter(hers, state__in=(RequestState.OPEN, RequestState.COUNTERED))
    also = {name: name for name in ("role", "percent", "starts_on")}
    first = waits.order_by("starts_on", "pk")[:MOST]
    return Rows(first, id="pk", project_name="project__name", **also)


def _invoices(mine: Iterable[UUID]) -> Rows:
    waits = Invoice.objects.filter(
        project__in=list(mine), state__in=(InvoiceState.RECEIVED, InvoiceState.CHECKED)
    )
    found = waits.order_by().values("project_id", "project__key", "project__name", "state")
    names = {"project": "project_id", "key": "project__key", "project_name": "project__name"}
    return Rows(
        found.annotate(n=Count("pk")).order_by("project__key"), n="n", state="state", **names
    )


def _pulses(person: UUID, mine: Iterable[UUID], today: date, monday: date) -> Rows:
    """My larger projects with enough people to ask, where I have not answered this week."""
    this = OuterRef("pk")
    given = PulseVoter.objects.filter(project=this, person=person, week=monday)
    own = Project.objects.filter(pk__in=list(mine)).exclude(state=ProjectState.CLOSED)
    own = own.exclude(pack_key__startswith=SMALL)
    sizes, gates = _team_size(today).values("n"), _next_gate().values("code")[:1]
    open_to_her = own.filter(~Exists(given))
    found = open_to_her.annotate(size=Subquery(sizes), about=Subquery(gates))
    enough = found.filter(size__gte=pulse.FEWEST).order_by("name", "pk")[:MOST]
    return Rows(enough, id="pk", key="key", name="name", about="about")


def _team_size(today: date) -> QuerySet[Any, Any]:
    there = Membership.objects.filter(project=OuterRef("pk"), person__is_active=True)
    there = there.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=today))
    people = there.order_by().values("project_id")
    return people.annotate(n=Count("person", distinct=True))


def _next_gate() -> QuerySet[Gate]:
    left = Gate.objects.filter(project=OuterRef("pk"))
    return left.exclude(state__in=(GateState.PASSED, GateState.STOPPED)).order_by("position")


def _asked_for(row: Row) -> Item:
    first = formats.short_date(row["starts_on"], language())
    values = {"project": row["project_name"], "percent": row["percent"], "day": first}
    return {
        "label": row["role"],
        "href": reverse("line_request", args=[row["id"]]),
        "note": _("%(project)s asks for %(percent)s %% of somebody's time from %(day)s") % values,
        "tag": _("You answer"),
        "tone": "warning",
    }


def _conflict(row: Row) -> Item:
    weeks = [formats.week(row[name], language()) for name in ("starts_on", "ends_on")]
    hours = formats.number(row["hours_over"], language())
    values = {"first": weeks[0], "last": weeks[1], "hours": hours}
    return {
        "label": _("%(person)s is wanted by several projects at once") % {"person": row["name"]},
        "href": reverse("conflict", args=[row["number"]]),
        "note": _("%(first)s to %(last)s · %(hours)s hours too much") % values,
        "tag": _("Conflict"),
        "tone": "warning",
    }


def _proposal(row: Row) -> Item:
    return {
        "label": row["title"],
        "href": reverse("scenario", args=[row["number"]]),
        "note": _("%(who)s proposes it for the portfolio") % {"who": row["name"]},
        "tag": _("Proposal"),
        "tone": "warning",
    }


def _waiting(actor: Actor, lists: Lists, state: InvoiceState, power: Power) -> list[Item]:
    return [
        {
            "label": _("Invoices to verify") if state == "checked" else _("Invoices to check"),
            "href": reverse("invoices", args=[row["key"]]) + f"?state={state.value}",
            "note": row["project_name"],
            "tag": ngettext("%(num)s invoice", "%(num)s invoices", row["n"]) % {"num": row["n"]},
            "tone": "info",
        }
        for row in lists["invoices"]
        if row["state"] == state and rule(actor, power, row["project"]).may_decide
    ]
