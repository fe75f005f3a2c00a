"""Who is told: the colleague herself, those who call and decide, those who take over, the team."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.meetings.models import Meeting
from tospann.notifications.mail import language_of, queue_mail
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.projects.queries import on_team
from tospann.team.commands import cover_for, open_retrospective, send_delivered, write_memo
from tospann.team.models import Memo, Retrospective
from tospann.team.queries import delivered, holdings
from tospann.ui import formats

_COVERED = gettext_noop("%(who)s took care of %(n)s of your things in the project.")
_TAKE_OVER = gettext_noop("%(who)s asks you to take over %(n)s things from %(name)s.")
_DOES_NOT_COME = gettext_noop("%(name)s does not come to “%(title)s”.")
_DECIDE = gettext_noop("“%(title)s” waits for a decision, and %(name)s is away: you may decide it.")
_MEMO = gettext_noop("%(who)s wrote a hand-over memo for you.")
_LOOK_BACK = gettext_noop("%(who)s asks everybody to look back: “%(title)s”.")
_TOLD_APART = frozenset({"action", "meeting", "decision", "document"})
"""Actions tell their new owners themselves; the others are told of below, or of nobody."""


@reaction(cover_for)
def tell_of_covering(entry: AuditEntry) -> None:
    arguments = entry.detail.arguments
    project, person = find(entry.subject), None
    if arguments:
        person = Person.objects.filter(pk=UUID(arguments["person"])).first()
    if not arguments or not isinstance(project, Project) or person is None:
        return
    steps = arguments["steps"]
    values = {"who": entry.detail.actor_name, "name": person.name, "n": len(steps)}
    link, said = f"/p/{project.key}/team/week", Sentence(_COVERED, values)
    tell([person.pk], Kind.NEWS, said, link, entry, project=project, by_mail=False)
    _tell_who_takes_over(entry, project, steps, values)
    _tell_who_calls(entry, project, steps, person)
    _tell_who_decides(entry, project, steps, person)


def _tell_who_takes_over(
    entry: AuditEntry, project: Project, steps: list[dict[str, Any]], values: Mapping[str, Any]
) -> None:
    given: dict[str, int] = {}
    for step in steps:
        if step["to"] and step["kind"] not in _TOLD_APART:
            given[step["to"]] = given.get(step["to"], 0) + 1
    for to, number in given.items():
        said = Sentence(_TAKE_OVER, {**values, "n": number})
        link = f"/p/{project.key}/team/week#person-{to}"
        tell([UUID(to)], Kind.ACTION, said, link, entry, project=project)


def _tell_who_calls(
    entry: AuditEntry, project: Project, steps: list[dict[str, Any]], person: Person
) -> None:
    numbers = [int(one["ref"]) for one in steps if one["kind"] == "meeting" and not one["on"]]
    for meeting in Meeting.objects.filter(project=project, number__in=numbers):
        values = {"name": person.name, "title": meeting.title}
        called, link = [meeting.called_by_id], meeting.get_absolute_url()
        key = f"not-coming:{entry.pk}:{meeting.number}"
        if meeting.called_by_id not in {entry.person_id, person.pk}:
            said = Sentence(_DOES_NOT_COME, values)
            tell(called, Kind.NEWS, said, link, key=key, project=project)


def _tell_who_decides(
    entry: AuditEntry, project: Project, steps: list[dict[str, Any]], person: Person
) -> None:
    numbers = [int(one["ref"]) for one in steps if one["kind"] == "decision"]
    if not numbers:
        return
    for case, people in holdings.other_deciders(project, numbers, person.pk).items():
        values = {"title": case.title, "name": person.name}
        link, key = f"/p/{project.key}/decisions/cases/{case.number}", f"{entry.pk}:{case.pk}"
        others = sorted(people - {entry.person_id})
        said = Sentence(_DECIDE, values)
        tell(others, Kind.DECISION, said, link, key=f"decide:{key}", project=project)


@reaction(write_memo)
def tell_of_the_memo(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        memo = find(ref)
        if isinstance(memo, Memo):
            said = Sentence(_MEMO, {"who": entry.detail.actor_name})
            link = memo.get_absolute_url()
            tell([memo.to_id], Kind.ASKED, said, link, entry, project=memo.project)


@reaction(open_retrospective)
def ask_everybody_to_look_back(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        one = find(ref)
        if isinstance(one, Retrospective):
            said = Sentence(_LOOK_BACK, {"who": entry.detail.actor_name, "title": one.title})
            people, link = on_team(one.project_id), one.get_absolute_url()
            tell(people, Kind.NEWS, said, link, entry, project=one.project)


@reaction(send_delivered)
def mail_what_was_delivered(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        if not ref.startswith("team.deliveredletter:"):
            continue
        letter = delivered.letter(UUID(ref.partition(":")[2]))
        if letter is not None:
            for person in Person.objects.filter(pk__in=letter.recipients, is_active=True):
                _mail(letter, person)


def _mail(letter: Any, person: Person) -> None:
    """Plain and HTML, in the reader's language."""
    language = language_of(person)
    with translation.override(language):
        month = formats.month(letter.month, language)
        lines = [{**one, "on": date.fromisoformat(one["on"])} for one in letter.content]
        context = {
            "letter": letter,
            "person": person,
            "lines": lines,
            "month": month,
            "link": f"/p/{letter.project.key}/team/delivered?month={letter.month:%Y-%m}",
            "base_url": settings.BASE_URL,
        }
        body = render_to_string("team/mail/delivered.txt", context)
        html = render_to_string("team/mail/delivered.html", context)
        words = {"project": letter.project.name, "month": month}
        subject = gettext("%(project)s: delivered in %(month)s") % words
        key = f"delivered:{letter.pk}:{person.pk}"
        queue_mail(key, person.email, subject, body, html, project=letter.project_id)
