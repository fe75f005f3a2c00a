"""A mail of ours that could not be delivered: whoever sent it is told, and nothing is answered."""

from uuid import UUID

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.mailbox.letters import Read
from tospann.mailbox.models import Because, MailAddress, NotLetIn
from tospann.notifications import outbox
from tospann.notifications.models import Kind, OutboxMail
from tospann.notifications.telling import tell
from tospann.projects.models import Project
from tospann.projects.queries import holders

_CAME_BACK = gettext_noop("The mail “%(subject)s” to %(who)s could not be delivered.")


def note(mail: Read) -> None:
    """Once for each mail that came back; delays are not worth a word."""
    said = mail.found["bounce"]
    ours = outbox.sent_with(said["message_id"]) if said["message_id"] else None
    if ours is None or not said["failed"]:
        return
    project = Project.objects.filter(pk=ours.project_id).first() if ours.project_id else None
    known = NotLetIn.objects.filter(because=Because.BOUNCE, message_id=said["message_id"])
    if known.exists():
        return
    NotLetIn.objects.create(
        project=project,
        because=Because.BOUNCE,
        from_email=ours.to,
        subject=ours.subject,
        message_id=said["message_id"],
        size=mail.size,
    )
    if project is not None:
        _tell(ours, project)


def _tell(ours: OutboxMail, project: Project) -> None:
    said = Sentence(_CAME_BACK, {"subject": ours.subject, "who": ours.to})
    link = f"/p/{project.key}/mail/not-let-in"
    key = f"bounce:{ours.message_id}"
    tell(sorters(project), Kind.DONE, said, link, key=key, project=project)


def sorters(project: Project) -> list[UUID]:
    """Who sorts the project's mail: who is named, else its coordinators, else its managers."""
    named = MailAddress.objects.filter(project=project).values_list("owner", flat=True).first()
    if named is not None and named in holders(project.pk, [Role.COORDINATOR, Role.MANAGER]):
        return [named]
    return list(holders(project.pk, [Role.COORDINATOR]) or holders(project.pk, [Role.MANAGER]))
