"""Who is told of a mail, and the answer to whoever asked by mail."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.mailbox import answering, bounces, queries
from tospann.mailbox.commands import bring_in, receive
from tospann.mailbox.models import Message
from tospann.notifications import addresses
from tospann.notifications.mail import queue_mail
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import Project
from tospann.rooms.commands import answer_question
from tospann.rooms.models import Question

_CAME = gettext_noop("A mail from %(who)s is to be sorted: %(subject)s")


@reaction(receive, bring_in)
def tell_of_mail(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        found = find(ref)
        if isinstance(found, Message):
            said = Sentence(_CAME, {"who": found.sender, "subject": str(found)})
            people = bounces.sorters(found.project)
            link = found.get_absolute_url()
            tell(people, Kind.NEWS, said, link, entry, project=found.project)


@reaction(answer_question)
def mail_the_answer(entry: AuditEntry) -> None:
    """To whoever asked by mail, as an answer to that mail."""
    found = find(entry.subject)
    message = queries.asked_by(found) if isinstance(found, Question) else None
    if isinstance(found, Question) and message is not None and message.from_email:
        _answer(found, message)


def _answer(question: Question, message: Message) -> None:
    project = question.project
    by = question.answered_by.name if question.answered_by else ""
    with translation.override(answering.language(message.from_email, project)):
        asked = gettext("You asked: %(text)s") % {"text": question.text}
        queue_mail(
            f"answer:{question.pk}:{question.version}",
            message.from_email,
            gettext("Answer: %(subject)s") % {"subject": message.subject or project.name},
            f"{question.answer}\n\n{by}\n{project.name}\n\n{asked}\n\n{settings.BASE_URL}",
            project=project.pk,
            reply_to=address_of(project),
            answers=message.message_id,
        )


def address_of(project: Project) -> str:
    """The project's address, while it takes mail."""
    found = queries.address(project)
    if found is None or not found.is_open:
        return ""
    return addresses.tagged(f"{project.key.lower()}-{found.token}")
