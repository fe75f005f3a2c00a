"""Every Monday morning the letter; every morning a word to whoever is back."""

from datetime import timedelta

from django.utils import timezone

from tospann.home import away
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


@every("daily 06:20")
@job()
def welcome_back() -> int:
    """Whoever had a deputy until yesterday is told where to see what happened meanwhile."""
    return away.welcome(timezone.localdate())
