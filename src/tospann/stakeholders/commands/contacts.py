"""What changes contacts, notes and promises. The whole team takes the telephone."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power, Role, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError, Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.stakeholders.models import Contact, Note, Promise, PromiseState
from tospann.ui.formats import short_date

Uid = Annotated[int, Field(ge=1, le=2**53)]
_NOT_YOURS = gettext_noop(
    "This promise was made by somebody else. You may settle your own, and those made to you."
)


class AlreadySaved(CommandError):
    """The same form was sent twice: what it holds is saved once."""

    status = 409

    def __init__(self) -> None:
        super().__init__(gettext("This was saved already. It was not saved twice."))


def _address(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError(gettext("This is not an email address.")) from None
    return text.lower()


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254),
    AfterValidator(_address),
]
Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[0-9+()./ -]*$"),
]


def belongs(project_id: UUID, contact: UUID | None, field: str) -> Contact | None:
    if contact is None:
        return None
    found = Contact.objects.filter(project=project_id, pk=contact).first()
    if found is None:
        raise Invalid(gettext("There is no such contact in this project."), field)
    return found


def ours(project_id: UUID, person: UUID | None, field: str) -> UUID | None:
    if person is not None and person not in projects.on_team(project_id):
        raise Invalid(gettext("Choose somebody on the project's team."), field)
    return person


def _known_person(person: UUID | None) -> UUID | None:
    if person is not None and not Person.objects.filter(pk=person).exists():
        raise Invalid(gettext("There is no such person."), "person")
    return person


@command(needs=Power.RAISE)
def add_contact(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    organisation: OptionalLine = "",
    title: OptionalLine = "",
    email: Email = "",
    phone: Phone = "",
    person: UUID | None = None,
) -> Contact:
    """Add a contact"""
    if Contact.objects.filter(pk=id).exists():
        raise AlreadySaved
    same = Contact.objects.filter(project=project, is_active=True, name__iexact=name)
    if same.filter(organisation__iexact=organisation).exists():
        raise Invalid(gettext("There is already a contact with this name."), "name")
    contact = Contact(
        id=id,
        project=project,
        name=name,
        organisation=organisation,
        title=title,
        email=email,
        phone=phone,
        person_id=_known_person(person),
    )
    contact.save()
    return contact


@command(needs=Power.RAISE)
def change_contact(
    actor: Actor,
    contact: Contact,
    *,
    name: Line,
    organisation: OptionalLine = "",
    title: OptionalLine = "",
    email: Email = "",
    phone: Phone = "",
    person: UUID | None = None,
) -> Contact:
    """Change a contact"""
    contact.name, contact.organisation, contact.title = name, organisation, title
    contact.email, contact.phone = email, phone
    if person != contact.person_id:
        contact.person_id = _known_person(person)
    contact.is_active = True
    contact.save()
    return contact


@command(needs=Power.KEEP_REGISTERS)
def remove_contact(actor: Actor, contact: Contact) -> Contact:
    """Remove a contact"""
    waiting = Promise.objects.filter(project_id=contact.project_id, state=PromiseState.OPEN)
    made = waiting.filter(by_contact=contact) | waiting.filter(to_contact=contact)
    if open_ones := made.count():
        raise Invalid(
            ngettext(
                "%(n)s open promise is tied to %(name)s. Mark it as kept or withdraw it first.",
                "%(n)s open promises are tied to %(name)s. "
                "Mark them as kept or withdraw them first.",
                open_ones,
            )
            % {"n": open_ones, "name": contact.name}
        )
    contact.is_active = False
    contact.save()
    return contact


class Promised(BaseModel):
    """A promise made in the call: by us (the writer, unless another is named) or by them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Line
    by: Literal["us", "them"] = "us"
    person: UUID | None = None
    due_on: date | None = None
    activity_uid: Uid | None = None


@command(needs=Power.RAISE)
def note_call(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    contact: UUID | None = None,
    who: OptionalLine = "",
    organisation: OptionalLine = "",
    text: OptionalText = "",
    called_at: datetime | None = None,
    promises: Annotated[list[Promised], Field(max_length=20)] | None = None,
) -> Note:
    """Write a telephone note"""
    if Note.objects.filter(pk=id).exists():
        raise AlreadySaved
    if not text and not promises:
        raise Invalid(gettext("Write what was said, or what was promised."), "text")
    note = Note(
        id=id,
        project=project,
        number=next_number(project.pk),
        contact=belongs(project.pk, contact, "contact") or _named(project, who, organisation),
        text=text,
        called_at=called_at or timezone.now(),
        written_by_id=actor.person_id,
    )
    note.save()
    for promised in promises or []:
        _promise_of_call(actor, project, note, promised)
    return note


def _named(project: Project, who: str, organisation: str) -> Contact:
    """The contact of that name (and organisation, if said), made if need be."""
    if not who:
        raise Invalid(gettext("Say who you talked to."), "who")
    known = Contact.objects.filter(project=project, is_active=True, name__iexact=who)
    if organisation:
        known = known.filter(organisation__iexact=organisation)
    if found := known.order_by("pk").first():
        return found
    # Not a command of its own, so that undoing the note takes back note and contact in order.
    made = Contact(id=new_id(), project=project, name=who, organisation=organisation)
    made.save()
    return made


def _promise_of_call(actor: Actor, project: Project, note: Note, promised: Promised) -> Promise:
    is_ours = promised.by == "us"
    ours, theirs = promised.person or actor.person_id, note.contact_id
    day = short_date(timezone.localtime(note.called_at).date(), "nb")
    return record_promise(
        actor,
        project,
        id=new_id(),
        text=promised.text,
        by_person=ours if is_ours else None,
        by_contact=None if is_ours else theirs,
        to_person=None if is_ours else ours,
        to_contact=theirs if is_ours else None,
        due_on=promised.due_on,
        activity_uid=promised.activity_uid,
        born_in=f"stakeholders.note:{note.pk}",
        born_label=f"{project.key}-{note.number} {note.contact.name} {day}"[:200],
        born_link=f"/p/{project.key}/notes/{note.number}",
    )


@command(needs=Power.RAISE)
def change_note(actor: Actor, note: Note, *, text: Text) -> Note:
    """Change a telephone note"""
    note.text = text
    note.save()
    return note


@command(needs=Power.RAISE)
def record_promise(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    text: Line,
    by_person: UUID | None = None,
    by_contact: UUID | None = None,
    to_person: UUID | None = None,
    to_contact: UUID | None = None,
    to_name: OptionalLine = "",
    due_on: date | None = None,
    activity_uid: Uid | None = None,
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Promise:
    """Record a promise"""
    if Promise.objects.filter(pk=id).exists():
        raise AlreadySaved
    if by_person and by_contact:
        raise Invalid(gettext("A promise is made by one."), "by_contact")
    if not by_person and not by_contact:
        by_person = actor.person_id
    if by_person is None and by_contact is None:
        raise Invalid(gettext("Say who promised."), "by_person")
    if not (to_person or to_contact or to_name or born_in):
        raise Invalid(gettext("Say who it was promised to."), "to_name")
    promise = Promise(
        id=id,
        project=project,
        number=next_number(project.pk),
        text=text,
        by_person_id=ours(project.pk, by_person, "by_person"),
        by_contact=belongs(project.pk, by_contact, "by_contact"),
        to_person_id=ours(project.pk, to_person, "to_person"),
        to_contact=belongs(project.pk, to_contact, "to_contact"),
        to_name=to_name,
        due_on=due_on,
        activity_uid=activity_uid,
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
    )
    promise.save()
    return promise


def is_own_or_kept(actor: Actor, promise: Promise) -> Sentence | None:
    """Settling: who promised, who it was promised to, or whoever keeps the registers."""
    if actor.person_id is not None and actor.person_id in (
        promise.by_person_id,
        promise.to_person_id,
    ):
        return None
    if rule(actor, Power.KEEP_REGISTERS, promise.scope_id).may_decide:
        return None
    return Sentence(_NOT_YOURS)


def _must_be_open(promise: Promise) -> None:
    if promise.state != PromiseState.OPEN:
        raise Invalid(gettext("This promise is settled already. Reopen it first."))


def _settle(promise: Promise, state: PromiseState, reason: str = "") -> Promise:
    _must_be_open(promise)
    promise.state, promise.reason, promise.settled_at = state, reason, timezone.now()
    promise.save()
    return promise


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def change_promise(
    actor: Actor,
    promise: Promise,
    *,
    text: Line,
    due_on: date | None = None,
    activity_uid: Uid | None = None,
) -> Promise:
    """Change a promise"""
    _must_be_open(promise)
    promise.text, promise.due_on, promise.activity_uid = text, due_on, activity_uid
    promise.save()
    return promise


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def keep_promise(actor: Actor, promise: Promise) -> Promise:
    """Mark a promise as kept"""
    return _settle(promise, PromiseState.KEPT)


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def break_promise(actor: Actor, promise: Promise, *, reason: Text) -> Promise:
    """Mark a promise as not kept"""
    return _settle(promise, PromiseState.BROKEN, reason)


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def withdraw_promise(actor: Actor, promise: Promise, *, reason: Text) -> Promise:
    """Withdraw a promise"""
    return _settle(promise, PromiseState.WITHDRAWN, reason)


@command(needs=Power.OWN_ACTIONS, only_if=is_own_or_kept)
def reopen_promise(actor: Actor, promise: Promise) -> Promise:
    """Reopen a promise"""
    if promise.state == PromiseState.OPEN:
        raise Invalid(gettext("This promise is already open."))
    promise.state, promise.reason, promise.settled_at = PromiseState.OPEN, "", None
    promise.save()
    return promise


@command(needs=Power.KEEP_REGISTERS)
def hand_over_promise(actor: Actor, promise: Promise, *, person: UUID) -> Promise:
    """Hand over a promise"""
    _must_be_open(promise)
    if promise.by_person_id is None:
        raise Invalid(gettext("Somebody outside the team made this promise."), "person")
    promise.by_person_id = ours(promise.project_id, person, "person")
    promise.save()
    return promise


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """A leaver's open promises: to whoever takes over, else to a manager of the project."""
    for promise in Promise.objects.filter(by_person=person, state=PromiseState.OPEN):
        holders = projects.on_team(promise.project_id)
        heir = to.pk if to is not None and to.pk in holders else None
        leaders = projects.holders(promise.project_id, [Role.MANAGER, Role.COORDINATOR])
        heir = heir or min((one for one in leaders if one != person.pk), default=None)
        if heir is not None:
            hand_over_promise(actor, promise, person=heir)
