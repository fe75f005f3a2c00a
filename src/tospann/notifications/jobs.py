"""Sending the outbox, the daily summary, and throwing away what is long read."""

from datetime import timedelta

from django.utils import timezone

from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications import mail, outbox
from tospann.notifications.models import MailState, Notification, OutboxMail
from tospann.people.models import Person

AT_ONCE = 500
KEEP_READ = timedelta(days=180)
KEEP_SENT = timedelta(days=90)


@every(minutes=1)
@job(retries=0, priority=10)
def send_outbox() -> int:
    """Also enqueued whenever a mail is put in the outbox."""
    sent = outbox.send_due(AT_ONCE)
    if sent == AT_ONCE:
        send_outbox.enqueue()  # there is more, and others' jobs come between
    return sent


@every("daily 06:30")
@job()
def send_digests() -> int:
    """One mail to each person for whom something waits."""
    now = timezone.localtime()
    waiting = Notification.objects.filter(mail_state=MailState.WAITS).values("person")
    people = Person.objects.filter(pk__in=waiting, is_active=True)
    return sum(mail.queue_digest(person, now) for person in people)


@every("daily 03:40")
@job()
def prune_notifications() -> None:
    now = timezone.now()
    Notification.objects.filter(read_at__lt=now - KEEP_READ).delete()
    OutboxMail.objects.filter(sent_at__lt=now - KEEP_SENT).delete()
