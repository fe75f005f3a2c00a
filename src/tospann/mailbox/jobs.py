"""Fetching mail every minute, and throwing away what was not let in long ago."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.mailbox.models import NotLetIn

KEPT_FOR = timedelta(days=90)


@every(minutes=1)
@job(retries=0)
def fetch_mail() -> int:
    """Nothing unless a mail server is configured."""
    if not settings.IMAP_HOST or not settings.INCOMING_ADDRESS:
        return 0
    from tospann.mailbox import imap

    return imap.fetch()


@every("daily 03:50")
@job()
def forget_what_was_not_let_in() -> None:
    NotLetIn.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
