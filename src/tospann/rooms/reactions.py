"""Who is told of what happens in the room."""

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.queries import holders
from tospann.quality.reactions import tell_of_answer
from tospann.rooms.commands import (
    accept_in_room,
    answer_request,
    ask_question,
    assign_question,
    hand_in,
    record_question,
)
from tospann.rooms.models import AcceptanceRequest, Question

_ANSWERED = gettext_noop("%(who)s has answered: “%(title)s”.")
_ASKED = gettext_noop("%(who)s asks in the external room: %(text)s")
_YOURS = gettext_noop("%(who)s asks, and you are to answer by %(day)s: %(text)s")
_HANDED_IN = gettext_noop("%(who)s has handed in a file in the external room.")


@reaction(answer_request)
def tell_the_answer(entry: AuditEntry) -> None:
    found = find(entry.subject)
    if isinstance(found, AcceptanceRequest):
        people = [found.asked_by_id, *holders(found.project_id, [Role.MANAGER])]
        said = Sentence(_ANSWERED, {"who": found.answered_name, "title": found.title})
        link = f"/p/{found.project.key}/room"
        tell(people, Kind.DONE, said, link, entry, project=found.project)


@reaction(ask_question)
def tell_the_question(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        found = find(ref)
        if isinstance(found, Question):
            people = [found.owner_id] if found.owner_id else []
            people = people or holders(found.project_id, [Role.COORDINATOR, Role.MANAGER])
            said = Sentence(_ASKED, {"who": found.asked_name, "text": found.text[:200]})
            link = f"/p/{found.project.key}/room#questions"
            tell(people, Kind.ASKED, said, link, entry, project=found.project)


@reaction(assign_question, record_question)
def tell_the_owner(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        found = find(ref)
        if isinstance(found, Question) and found.due_on is not None:
            values = {"who": found.asked_name, "text": found.text[:200]}
            said = Sentence(_YOURS, values | {"day": f"day:{found.due_on.isoformat()}"})
            link = f"/p/{found.project.key}/room/questions/{found.pk}"
            tell([found.owner_id], Kind.ASKED, said, link, entry, project=found.project)


@reaction(hand_in)
def tell_what_is_handed_in(entry: AuditEntry) -> None:
    found = find(entry.subject)
    if found is not None:
        said = Sentence(_HANDED_IN, {"who": entry.detail.actor_name})
        people = holders(found.pk, [Role.COORDINATOR, Role.MANAGER])
        tell(people, Kind.DONE, said, f"/p/{found.key}/documents", entry, project=found)


@reaction(accept_in_room)
def tell_who_delivered(entry: AuditEntry) -> None:
    tell_of_answer(entry)
