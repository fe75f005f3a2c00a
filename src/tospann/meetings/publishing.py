"""Publishing, step by step: take in what is typed, typeset, keep the file, then the one act."""

from datetime import date

from tospann.documents import files
from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import NotAllowed
from tospann.meetings import commands, printing
from tospann.meetings.commands.publishing import ChangedMeanwhile
from tospann.meetings.minutes import Content, content_of, fingerprint
from tospann.meetings.models import Meeting, PublishedMinutes

TRIES = 3


def publish(actor: Actor, meeting: Meeting, remarks_due_on: date) -> Done[PublishedMinutes]:
    """Publish the minutes as they are now; what somebody types meanwhile is taken in first."""
    for last in (*[False] * (TRIES - 1), True):
        submit(actor, commands.finish_minutes.on(meeting))
        fresh = Meeting.objects.select_related("project", "series", "minutes_by").get(pk=meeting.pk)
        try:
            return _publish(actor, fresh, remarks_due_on)
        except ChangedMeanwhile:
            if last:
                raise
    raise AssertionError("unreachable")


def _publish(actor: Actor, meeting: Meeting, remarks_due_on: date) -> Done[PublishedMinutes]:
    content = content_of(meeting, remarks_due_on)
    language = meeting.project.language
    kept = keep_pdf(content, language)
    outcome = submit(
        actor,
        commands.publish_minutes.on(meeting),
        remarks_due_on=remarks_due_on,
        language=language,
        sha256=fingerprint(content),
        pdf_sha256=kept.sha256,
        pdf_size=kept.size,
    )
    if not isinstance(outcome, Done):
        raise NotAllowed(str(outcome.ruling))
    return outcome


def keep_pdf(content: Content, language: str) -> files.Kept:
    """The PDF of this content, safe on disk."""
    name = f"{content['key']}-{content['number']}.pdf"
    return files.keep(printing.pdf(content, language), name)
