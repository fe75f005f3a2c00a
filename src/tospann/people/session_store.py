"""Django's sessions in the database, read by a statement that is written once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from tospann.foundation.statements import One

_by_key = One(Session)


class SessionStore(db.SessionStore):
    """Every request of somebody signed in begins here."""

    def _get_session_from_db(self) -> Session | None:
        found = _by_key(self.session_key) if self.session_key else None
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
