"""What happened lately, grouped: one line for each person and kind of act."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.models import AuditEntry
from tospann.home import phrases
from tospann.people.veils import is_veiled
from tospann.projects.models import Project
from tospann.ui.jinja import maybe_url
from tospann.ui.round_trip import Row, Rows

PAGES = {
    "actions": "tasks",
    "benefits": "benefits",
    "benefits.record_measurement": "measurements",
    "budget": "money",
    "cases": "decisions",
    "documents": "documents",
    "meetings": "meetings",
    "planning": "plan",
    "projects.accept_founding": "settings",
    "projects.add_goal": "goals",
    "projects.add_success_criterion": "goals",
    "projects.appoint": "team",
    "projects.assess_success_criterion": "goals",
    "projects.change_goal": "goals",
    "projects.change_success_criterion": "goals",
    "projects.release": "team",
    "projects": "gates",
    "quality": "quality",
    "quality.raise_nonconformity": "nonconformities",
    "quality.record_result": "test_rounds",
    "quality.answer_deliverable": "deliverables",
    "reports": "reports",
    "risks": "risks",
    "risks.raise_deviation": "deviations",
    "risks.raise_problem": "problems",
    "risks.solve_problem": "problems",
    "team": "team_week",
    "team.add_responsibility": "team_responsibilities",
    "team.change_responsibility": "team_responsibilities",
    "team.give_responsibility": "team_responsibilities",
    "team.remove_responsibility": "team_responsibilities",
    "team.act_on_thought": "retrospectives",
    "team.close_retrospective": "retrospectives",
    "team.note_lesson": "closing_lessons",
    "team.change_lesson": "closing_lessons",
    "team.publish_lesson": "closing_lessons",
    "team.withdraw_lesson": "closing_lessons",
    "budget.set_last_booking": "money",
    "closing": "close",
    "closing.close_survey": "closing_surveys",
    "closing.open_survey": "closing_surveys",
    "closing.evaluate_criterion": "closing_evaluation",
    "team.open_retrospective": "retrospectives",
    "team.send_delivered": "team_delivered",
    "stakeholders": "notes",
    "stakeholders.add_contact": "contacts",
    "stakeholders.change_contact": "contacts",
    **{
        f"stakeholders.{act}_stakeholder": "stakeholders"
        for act in ("add", "change", "judge", "remove")
    },
    "stakeholders.forget_judgement": "stakeholders",
    **dict.fromkeys(
        ("stakeholders.change_communication", "stakeholders.end_communication"), "communication"
    ),
    **dict.fromkeys(
        ("stakeholders.plan_communication", "stakeholders.record_communication"), "communication"
    ),
    "stakeholders.resume_communication": "communication",
    "stakeholders.break_promise": "promises",
    "stakeholders.keep_promise": "promises",
    "stakeholders.record_promise": "promises",
    "stakeholders.withdraw_promise": "promises",
}
"""Where what was done can be seen: by command, else by capability."""


NAMED_BY_THE_PAGE = {"projects.project", "planning.plan"}
"""Things there is one of: the project's name says it already."""


def since_friday() -> datetime:
    """The start of last Friday: on a Friday, the one a week ago."""
    now = timezone.localtime()
    back = (now.weekday() - 4) % 7 or 7
    return (now - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0)


def this_week() -> datetime:
    """Seven days back, so that Monday is not empty."""
    return timezone.localtime() - timedelta(days=7)


def grouped(
    scopes: Iterable[UUID], since: datetime, but: UUID | None = None, most: int = 8
) -> Rows:
    """The latest act of every kind by everybody, with how many there were.

    With ``but``, what the other people did: neither that person nor the portal itself.
    """
    acts = AuditEntry.objects.filter(scope_id__in=list(scopes), at__gte=since, parent__isnull=True)
    if but is not None:
        acts = acts.filter(~Q(person_id=but), person_id__isnull=False)
    alike = [F("scope_id"), F("person_id"), F("command")]
    counted = acts.annotate(
        times=Window(Count("pk"), partition_by=alike),
        place=Window(RowNumber(), partition_by=alike, order_by=F("pk").desc()),
    ).filter(place=1)
    return Rows(
        counted.order_by("-at", "-pk")[:most],
        key=Subquery(Project.objects.filter(pk=OuterRef("scope_id")).values("key")),
        who="detail__actor_name",
        command="command",
        subject="subject",
        times="times",
        at="at",
        changes="detail__changes",
    )


def sentences(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of ``grouped`` as lines of a timeline."""
    return [_sentence(row) for row in rows]


def _sentence(row: Row) -> dict[str, Any]:
    text = phrases.did(row["command"], row["times"])
    label = _label(row) if row["times"] == 1 else ""
    if label:
        text = gettext("%(did)s: %(what)s") % {"did": text, "what": label}
    return {
        "who": row["who"] or gettext("Somebody"),
        "text": text,
        "at": row["at"],
        "href": _address(row["command"], row["key"]),
        "project": row["key"],
    }


def _label(row: Row) -> str:
    """The name of the one thing it was about: the subject, or what `add_thing` made.

    A line is for everybody on the project: what may be for few is not named.
    """
    changes: Mapping[str, Any] = row["changes"] or {}
    thing = row["command"].rpartition("_")[2]
    about = [row["subject"], *(ref for ref in changes if _model(ref).endswith(f".{thing}"))]
    found = next((ref for ref in [*about, *list(changes)[:1]] if ref in changes), "")
    if (len(changes) > 1 and found not in about) or _model(found) in NAMED_BY_THE_PAGE:
        return ""
    if not found or is_veiled(found):
        return ""
    return str(changes[found].get("label") or "")[:80]


def _model(ref: str) -> str:
    return ref.partition(":")[0]


def _address(command: str, key: str) -> str | None:
    name = PAGES.get(command) or PAGES.get(command.partition(".")[0])
    return maybe_url(name, key) if name else None
