"""How long a session lasts, and ending all of a person's. Sessions are working state."""

import time

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest

from tospann.people.models import Person

LONGEST = 14 * 24 * 3600
"""Seconds from signing in until one must sign in again, however active."""
LONGEST_IDLE = 12 * 3600
"""Seconds without a request after which one must sign in again."""
_NOTED_EVERY = 300
_BEGAN, _SEEN = "signed_in_at", "seen_at"
UNATTENDED = "Unattended"
"""The header of a request that an open page makes by itself: it keeps nobody signed in."""


def begin(request: HttpRequest) -> None:
    now = int(time.time())
    request.session[_BEGAN] = request.session[_SEEN] = now


def keep_or_end(request: HttpRequest) -> None:
    """Sign out when the session is too old or was idle too long; else note that she is here."""
    session = request.session
    if SESSION_KEY not in session:
        return
    now = int(time.time())
    began, seen = session.get(_BEGAN), session.get(_SEEN)
    if began is None or seen is None:
        begin(request)
    elif now - began > LONGEST or now - seen > LONGEST_IDLE:
        logout(request)
    elif now - seen > _NOTED_EVERY and UNATTENDED not in request.headers:
        session[_SEEN] = now


def end_all(person: Person) -> None:
    """Sign the person out everywhere."""
    for session in UserSession.objects.filter(user=person):
        session.end()
