"""Every Monday morning: the letter to everybody who has something open."""

from datetime import timedelta

from django.utils import timezone

from tospann.home.letter import sending
from tospann.home.models import LetterAnswer
from tospann.jobs.queue import job
from tospann.jobs.schedule import every

KEEP = timedelta(days=60)
"""Longer than a link lasts."""


@every("monday 06:15")
@job()
def send_monday_letters() -> int:
    """Running it again in the same week sends nobody a second one."""
    now = timezone.localtime()
    LetterAnswer.objects.filter(answered_at__lt=now - KEEP).delete()
    return sum(
        sending.send(person, sending.key_of_week(person.pk, now))
        for person in sending.receivers().iterator(chunk_size=200)
    )
