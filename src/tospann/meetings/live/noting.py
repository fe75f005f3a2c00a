"""Carrying out what a one-line command means, once, and saying it in words first."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.actions.models import Action
from tospann.cases.models import Decision
from tospann.foundation.authority import Actor, Power, Ruling, rule
from tospann.foundation.commands import submit
from tospann.foundation.errors import NotAllowed
from tospann.meetings.commands.rules import keeps_minutes, takes_part
from tospann.meetings.live import commands, lines, queries
from tospann.meetings.live.lines import Kind, Noted
from tospann.meetings.models import AgendaItem
from tospann.risks import commands as risks
from tospann.risks.models import Problem, Risk
from tospann.stakeholders import commands as stakeholders
from tospann.stakeholders.models import Promise
from tospann.ui import formats
from tospann.ui.jinja import language

_MODELS: dict[Kind, Any] = {
    Kind.ACTION: Action,
    Kind.DECISION: Decision,
    Kind.RISK: Risk,
    Kind.PROBLEM: Problem,
    Kind.PROMISE: Promise,
}


def read(item: AgendaItem, text: str) -> Noted:
    """The line as what is meant, with the names this project knows."""
    people = queries.to_name(item.meeting.project, contacts=_is_promise(text))
    return lines.read(text, people, timezone.localdate())


def _is_promise(text: str) -> bool:
    return text.lstrip().lower().startswith(("/l", "/promise"))


def in_words(noted: Noted) -> str:
    """“Action: Ny plan – Ola Hansen, by fredag 27.11.2026”."""
    label = {
        Kind.ACTION: gettext("Action"),
        Kind.DECISION: gettext("Decision"),
        Kind.RISK: gettext("Risk"),
        Kind.PROBLEM: gettext("Problem"),
        Kind.PROMISE: gettext("Promise"),
    }[noted.kind]
    parts = []
    if noted.who is not None:
        parts.append(noted.who.name)
    elif noted.kind is Kind.ACTION:
        parts.append(gettext("nobody yet"))
    if noted.due_on is not None:
        day = formats.short_date(noted.due_on, language())
        weekday = formats.weekday_name(noted.due_on, language())
        parts.append(gettext("by %(weekday)s %(day)s") % {"weekday": weekday, "day": day})
    said = f"{label}: {noted.title}"
    return f"{said} – {', '.join(parts)}" if parts else said


def refusal(actor: Actor, item: AgendaItem, noted: Noted) -> str:
    """Why the actor may not note this; nothing when she may."""
    ruling = _ruling(actor, item, noted.kind)
    if not ruling.may_decide:
        return str(ruling)
    outside = takes_part(actor, item)
    if outside is not None:
        return str(outside)
    keeps = keeps_minutes(actor, item.meeting)
    given = noted.who is not None and noted.who.pk != actor.person_id
    if noted.kind is Kind.ACTION and given and not keeps:
        return gettext("Only whoever keeps the minutes gives actions to others.")
    decides = bool(actor.roles_in(item.meeting.project_id) & commands.MAY_DECIDE)
    if noted.kind is Kind.DECISION and not (keeps or decides):
        return gettext("Only whoever keeps the minutes notes what others decide.")
    return ""


def _ruling(actor: Actor, item: AgendaItem, kind: Kind) -> Ruling:
    noted_here = {Kind.ACTION: Power.DISCUSS, Kind.DECISION: Power.DISCUSS}
    return rule(actor, noted_here.get(kind, Power.RAISE), item.meeting.project_id)


def note(actor: Actor, item: AgendaItem, noted: Noted, pk: UUID) -> bool:
    """Make what was noted under the id its writer chose. The same id again makes nothing."""
    if _MODELS[noted.kind].objects.filter(pk=pk).exists():
        return False
    if because := refusal(actor, item, noted):
        raise NotAllowed(because)
    who = noted.who.pk if noted.who and not noted.who.is_contact else None
    project = item.meeting.project
    born = {
        "born_in": item.ref,
        "born_label": commands.label_of(item),
        "born_link": commands.link_to(item),
    }
    if noted.kind is Kind.ACTION:
        bound = commands.note_action.on(item)
        submit(actor, bound, id=pk, title=noted.title, owner=who, due_on=noted.due_on)
    elif noted.kind is Kind.DECISION:
        submit(actor, commands.note_decision.on(item), id=pk, title=noted.title)
    elif noted.kind is Kind.RISK:
        raised = {"title": noted.title, "owner": who, "due_on": noted.due_on}
        submit(actor, risks.raise_risk.on(project), id=pk, **raised, **born)  # type: ignore[arg-type]  # checked by the command
    elif noted.kind is Kind.PROBLEM:
        raised = {"title": noted.title, "owner": who, "due_on": noted.due_on}
        submit(actor, risks.raise_problem.on(project), id=pk, **raised, **born)  # type: ignore[arg-type]  # checked by the command
    else:
        _promise(actor, item, noted, pk, born)
    return True


def _promise(actor: Actor, item: AgendaItem, noted: Noted, pk: UUID, born: dict[str, str]) -> None:
    who = noted.who
    submit(
        actor,
        stakeholders.record_promise.on(item.meeting.project),
        id=pk,
        text=noted.title,
        by_person=who.pk if who and not who.is_contact else None,
        by_contact=who.pk if who and who.is_contact else None,
        to_name=item.meeting.title,
        due_on=noted.due_on,
        born_in=born["born_in"],
        born_label=born["born_label"],
        born_link=born["born_link"],
    )
