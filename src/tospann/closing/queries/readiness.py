"""How ready a project is to be closed: point by point, with where each is taken care of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.actions.models import Action, ActionState
from tospann.benefits import queries as benefits
from tospann.blanks.models import SETTLED, Filled
from tospann.budget.models import Budget, Commitment
from tospann.closing.models import Closing, Survey
from tospann.closing.queries import left
from tospann.contracts.models import Invoice, InvoiceState
from tospann.documents import locks
from tospann.documents.models import Document, DocumentState
from tospann.meetings.models import Meeting, MeetingState
from tospann.projects.models import CriterionResult, Gate, GateState, Project, SuccessCriterion
from tospann.quality import queries as quality
from tospann.risks.models import Deviation, Problem, Risk
from tospann.stakeholders.models import Promise, PromiseState
from tospann.team.models import Lesson
from tospann.ui.jinja import maybe_url

MOST = 500
NAMED = 3
END_REPORT = "end_report"
UNPAID = (InvoiceState.RECEIVED, InvoiceState.CHECKED)


@dataclass(frozen=True)
class Point:
    """One thing to see to before closing. ``blocks``: nothing is closed while it is open."""

    key: str
    label: str
    href: str
    names: tuple[str, ...] = ()
    count: int = 0
    blocks: bool = False
    note: str = ""

    @property
    def is_done(self) -> bool:
        return self.count == 0

    @property
    def more(self) -> int:
        return max(self.count - len(self.names), 0)

    def to_json(self) -> dict[str, Any]:
        names = ("key", "label", "href", "count", "blocks", "note")
        return {**{name: getattr(self, name) for name in names}, "names": list(self.names)}


def points(project: Project) -> list[Point]:
    """Everything that is looked at, in the order it is best done."""
    return [
        *_work(project),
        *_people_and_money(project),
        *_papers(project),
        *_looking_back(project),
    ]


def _work(project: Project) -> Iterator[Point]:
    key = project.key
    waiting = [f"{key}-{one.number} {one.title}" for one in left.cases_in_the_way(project)]
    yield _point("cases", _("Open cases"), "decisions", key, waiting, blocks=True)
    gates = Gate.objects.filter(project=project).exclude(
        state__in=(GateState.PASSED, GateState.STOPPED)
    )
    yield _point("gates", _("Gates not decided"), "gates", key, map(str, gates[:MOST]))
    actions = Action.objects.filter(project=project, state=ActionState.OPEN)
    yield _point("actions", _("Open actions"), "tasks", key, _titles(actions))
    risks = Risk.objects.filter(project=project, state="open")
    yield _point("risks", _("Open risks and opportunities"), "risks", key, _titles(risks))
    troubles = [
        *_titles(Problem.objects.filter(project=project, state="open")),
        *_titles(Deviation.objects.filter(project=project, state="open")),
    ]
    yield _point("troubles", _("Open problems and deviations"), "problems", key, troubles)
    promised = Promise.objects.filter(project=project, state=PromiseState.OPEN)
    yield _point("promises", _("Open promises"), "promises", key, _titles(promised, "text"))
    yield from _quality(project)


def _quality(project: Project) -> Iterator[Point]:
    found = quality.standing(project)
    waiting = found.deliverables - found.accepted
    address = _address("quality", project.key)
    faults, unproved = found.open_faults, found.unproved
    yield Point("faults", _("Open nonconformities"), address, count=faults)
    yield Point("unproved", _("Requirements not proved"), address, count=unproved)
    yield Point("deliverables", _("Deliverables not accepted"), address, count=waiting)


def _people_and_money(project: Project) -> Iterator[Point]:
    key = project.key
    held = [str(one) for one in left.agreements(project)[:MOST]]
    yield _point("agreements", _("Agreements on people's time that run"), "agreements", key, held)
    unpaid = Invoice.objects.filter(project=project, state__in=UNPAID)
    yield _point(
        "invoices", _("Invoices not verified"), "invoices", key, _titles(unpaid, "reference")
    )
    ordered = Commitment.objects.filter(project=project, is_closed=False, used__lt=F("amount"))
    yield _point(
        "commitments",
        _("Orders not fully paid"),
        "money_commitments",
        key,
        _titles(ordered, "text"),
    )
    budget = Budget.objects.filter(project=project).only("last_booking_on").first()
    if budget is not None:
        missing = budget.last_booking_on is None
        label = _("Last day for booking costs")
        yield Point("booking", label, _address("closing_money", key), count=int(missing))


def _papers(project: Project) -> Iterator[Point]:
    key = project.key
    kept = Document.objects.filter(project=project, trashed_at=None)
    waiting = kept.filter(state=DocumentState.FOR_APPROVAL)
    yield _point(
        "documents", _("Documents waiting for approval"), "documents", key, _titles(waiting, "name")
    )
    out = locks.live().filter(project=project, document__isnull=False)
    yield _point(
        "checked_out", _("Documents checked out"), "documents", key, _titles(out, "document__name")
    )
    minutes = Meeting.objects.filter(project=project, state=MeetingState.HELD)
    yield _point("minutes", _("Minutes not finished"), "meetings", key, _titles(minutes))
    report = Filled.objects.filter(project=project, blank__key=END_REPORT, state__in=SETTLED)
    missing = int(not report.exists())
    yield Point(
        "end_report", _("End report approved"), _address("closing_report", key), count=missing
    )


def _looking_back(project: Project) -> Iterator[Point]:
    key = project.key
    kept_by_nobody = map(str, benefits.not_handed_over(project)[:MOST])
    label = _("Benefits not handed over to the line")
    yield _point("benefits", label, "closing_benefits", key, kept_by_nobody)
    criteria = SuccessCriterion.objects.filter(project=project, result=CriterionResult.OPEN)
    unsaid = _titles(criteria, "text")
    yield _point("criteria", _("Success criteria not evaluated"), "closing_evaluation", key, unsaid)
    asked = Survey.objects.filter(project=project).exists()
    asking = _("Team and customer asked how it went")
    yield Point("survey", asking, _address("closing_surveys", key), count=int(not asked))
    shared = Lesson.objects.filter(project=project, published_at__isnull=False).exists()
    label = _("Lessons shared with the organisation")
    yield Point("lessons", label, _address("closing_lessons", key), count=int(not shared))


def _titles(rows: QuerySet[Any], name: str = "title") -> list[str]:
    return [str(one) for one in rows.order_by("pk").values_list(name, flat=True)[:MOST]]


def _point(
    key: str, label: str, route: str, project: str, names: Iterable[str], *, blocks: bool = False
) -> Point:
    listed = list(names)
    shown = tuple(listed[:NAMED])
    return Point(key, label, _address(route, project), shown, len(listed), blocks)


def _address(route: str, key: str) -> str:
    return maybe_url(route, key) or reverse("close", args=[key])


def left_over(found: Sequence[Point]) -> list[Point]:
    return [one for one in found if not one.is_done]


def closing_of(project: Project) -> Closing | None:
    return Closing.objects.filter(project=project).select_related("closed_by", "begun_by").first()


def picture(project: Project) -> dict[str, Any]:
    """What a decision rests on, as it is now, in plain JSON."""
    carried = [
        {"case": f"{project.key}-{one.case.number}", "title": one.case.title, "to": one.to}
        for one in left.carried_on(project)
    ]
    return {
        "on": timezone.localdate().isoformat(),
        "points": [one.to_json() for one in points(project)],
        "carried_on": carried,
    }


def in_words(project: Project) -> str:
    """What is to be decided on, as the manager may send it: a proposal to edit."""
    closing = closing_of(project)
    open_ = left_over(points(project))
    lines = [closing.summary] if closing and closing.summary else []
    if closing and closing.handed_over_to:
        lines.append(_("The result is handed over to %(to)s.") % {"to": closing.handed_over_to})
    lines.append(_("Left when closing:") if open_ else _("Nothing is left to do."))
    lines += [f"– {one.label}: {one.count}" if one.names else f"– {one.label}" for one in open_]
    for one in left.carried_on(project):
        words = {"to": one.to, "case": f"{project.key}-{one.case.number} {one.case.title}"}
        lines.append("– " + _("%(case)s is carried on by %(to)s.") % words)
    return "\n".join(lines)
