"""Reading the mailbox: for those who keep the registers. Of all others it is nobody's mail."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from tospann.contracts.models import Contract, ContractState
from tospann.documents.models import Attachment
from tospann.documents.queries.attached import attachments_of
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.records import reference
from tospann.foundation.references import find
from tospann.mailbox.models import Feed, Fetched, MailAddress, Message, MessageState, NotLetIn
from tospann.notifications import addresses
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.projects.queries import visible_projects
from tospann.rooms.models import Question
from tospann.stakeholders.models import Contact

_ENDED = (ContractState.CLOSED, ContractState.TERMINATED)


def address(of: Project) -> MailAddress | None:
    return MailAddress.objects.filter(project=of).select_related("owner").first()


def shown_address(found: MailAddress | None, of: Project) -> str:
    """The address in full, while it takes mail."""
    if found is None or not found.is_open:
        return ""
    return addresses.tagged(f"{of.key.lower()}-{found.token}")


def address_or_404(of: Project) -> MailAddress:
    found = address(of)
    if found is None:
        raise Http404
    return found


def listed(of: Project, shown: str) -> list[dict[str, Any]]:
    """The rows of the list: those that wait or all, the latest first."""
    rows = Message.objects.filter(project=of)
    if shown == "unsorted":
        rows = rows.filter(state=MessageState.UNSORTED)
    names = (
        "number",
        "subject",
        "from_name",
        "from_email",
        "received_at",
        "state",
        "trust",
        "became",
    )
    return (
        []
        if shown == "refused"
        else list(rows.order_by("-received_at", "-pk").values(*names)[:200])
    )


def messages(of: Project) -> QuerySet[Message]:
    return Message.objects.filter(project=of).select_related("project", "sorted_by", "added_by")


def message(of: Project, number: int) -> Message:
    """One message by its number, or 404."""
    found = messages(of).filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404
    return found


def counts(of: Project) -> Mapping[str, int]:
    """How many wait, and how many were not let in."""
    waiting = Message.objects.filter(project=of, state=MessageState.UNSORTED).count()
    return {"unsorted": waiting, "not_let_in": NotLetIn.objects.filter(project=of).count()}


def attachments(of: Message) -> QuerySet[Attachment]:
    return attachments_of(reference(of))


def may_see(actor: Actor, ref: str) -> bool:
    """Whether a file born in a message is hers to see (for ``documents.queries.attached``)."""
    found = find(ref)
    return found is not None and rule(actor, Power.KEEP_REGISTERS, found.scope_id).may_decide


def not_let_in(of: Project | None) -> QuerySet[NotLetIn]:
    """The latest first; without a project, what belongs to none."""
    return NotLetIn.objects.filter(project=of).order_by("-at", "-pk")


def one_not_let_in(of: Project, pk: int) -> NotLetIn:
    found = NotLetIn.objects.filter(project=of, pk=pk).exclude(sha256="").first()
    if found is None:
        raise Http404
    return found


def fetched() -> list[Fetched]:
    return list(Fetched.objects.order_by("place"))


def asked_by(question: Question) -> Message | None:
    """The message a question was made of."""
    rows = Message.objects.filter(project=question.project_id, state=MessageState.SORTED)
    ref = reference(question)
    for one in rows.filter(received_at__gte=question.asked_at).order_by("received_at", "pk"):
        if any(made["ref"] == ref for made in one.became):
            return one
    return None


def senders_contact(of: Message) -> Contact | None:
    found = Contact.objects.filter(project=of.project_id, is_active=True)
    return found.filter(email__iexact=of.from_email).order_by("pk").first()


def contracts(of: Project) -> list[tuple[str, str]]:
    """Contracts under which a notice may come, those that run first."""
    rows = Contract.objects.filter(project=of).exclude(state__in=_ENDED).order_by("number")
    return [(str(one.pk), f"{of.key}-{one.number} {one.title}") for one in rows]


def contacts(of: Project) -> list[tuple[str, str]]:
    rows = Contact.objects.filter(project=of, is_active=True).order_by("name", "pk")[:500]
    return [(str(one.pk), f"{one.name}, {one.organisation}".rstrip(", ")) for one in rows]


def feeds(person: Person) -> QuerySet[Feed]:
    """Those that work, the newest first."""
    found = Feed.objects.filter(person=person, revoked_at=None).select_related("project")
    return found.order_by("-created_at", "pk")


def feed(person: UUID | None, pk: UUID) -> Feed:
    found = Feed.objects.filter(person=person, pk=pk).select_related("person").first()
    if found is None:
        raise Http404
    return found


def unsorted_in(projects: list[Project]) -> list[dict[str, Any]]:
    """How much waits to be sorted in each of these."""
    waits = Q(messages__state=MessageState.UNSORTED)
    rows = Project.objects.filter(pk__in=[one.pk for one in projects])
    counted = rows.annotate(n=Count("messages", filter=waits)).filter(n__gt=0)
    return [dict(row) for row in counted.order_by("key").values("key", "name", "n")]


def projects_to_choose(actor: Actor) -> list[tuple[str, str]]:
    rows = visible_projects(actor).order_by("name").values_list("pk", "name")[:500]
    return [(str(pk), name) for pk, name in rows]
