"""An answer that came by a link: checked against how things are now, and carried out once."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor
from tospann.foundation.commands import Proposed
from tospann.home import owed as things
from tospann.home.letter.links import ANSWERS, STOP, Link
from tospann.home.models import LetterAnswer
from tospann.notifications.mail import language_of
from tospann.notifications.models import How, Kind
from tospann.notifications.reading import prefer
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.projects import queries as projects


class Closed(Exception):
    """The link can no longer be answered; the message says why."""


@dataclass(frozen=True)
class Asked:
    """A link that may be answered now: by whom, and about what (nothing, for stopping)."""

    link: Link
    person: Person
    actor: Actor
    owed: things.Owed | None


def language(link: Link) -> str:
    """What the person whose link it is reads."""
    person = Person.objects.filter(pk=link.person).first()
    return language_of(person) if person else settings.LANGUAGE_CODE


def asked(link: Link) -> Asked:
    """What the link is about; Closed when it was used, settled, handed over or taken away."""
    person = Person.objects.filter(pk=link.person, is_active=True).first()
    if person is None or link.answer not in (*ANSWERS, STOP):
        raise Closed(_("This link can no longer be used."))
    actor = replace(actor_for(person), link=f"letter:{link.answer}")
    if link.answer == STOP:
        return Asked(link, person, actor, None)
    if LetterAnswer.objects.filter(link=link.digest).exists():
        raise Closed(_("You have answered this already, and the answer is kept."))
    try:
        found = things.find(projects.project(actor, link.key), link.what, link.number)
    except Http404:
        raise Closed(_("This is no longer there, or no longer yours to answer.")) from None
    if found.owner != person.pk:
        raise Closed(_("This has been handed over to somebody else, who answers it now."))
    if not found.is_open:
        raise Closed(_("This is closed already. There is nothing more to answer."))
    return Asked(link, person, actor, found)


def carry_out(what: Asked, days: int = 3, text: str = "") -> str:
    """Do what the answer says, as the person and no further; a sentence about what came of it."""
    if what.owed is None:
        prefer(what.actor, {Kind.MONDAY: How.NONE})
        return _("You will get no more Monday letters.")
    outcome = _done(what, what.owed, days, text)
    try:
        with transaction.atomic():
            LetterAnswer.objects.create(
                link=what.link.digest, person=what.person, answer=what.link.answer
            )
    except IntegrityError:
        pass  # the same link, pressed twice at once: the second one changed nothing more
    if isinstance(outcome, Proposed):
        return _("It is sent as a proposal to whoever decides it.")
    return {
        "done": _("Thank you. It is noted as done."),
        "late": _("Thank you. The new date is noted."),
        "stuck": _("Thank you. Those who can help are told."),
    }[what.link.answer]


def _done(what: Asked, owed: things.Owed, days: int, text: str) -> things.Outcome:
    match what.link.answer:
        case "done":
            return things.done(what.actor, owed)
        case "late":
            return things.late(what.actor, owed, owed.later(days))
        case _:
            return things.stuck(what.actor, owed, text)
