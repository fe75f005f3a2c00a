"""Reading of seals: what a code stands for, and the keys everybody may have."""

from datetime import UTC, datetime

from django.conf import settings

from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.models import Organisation
from tospann.seals import marks
from tospann.seals.models import Seal
from tospann.seals.ring import Ring


def ring() -> Ring:
    """The keys of this portal."""
    return Ring.of(settings.DATA_DIR)


def portal_name() -> str:
    """Whose portal it is; nothing before anybody has said so."""
    found = Organisation.objects.filter(pk=ORGANISATION_SCOPE).values_list("name", flat=True)
    return found.first() or ""


def given(code: str) -> Seal | None:
    """The seal with this code, if one was given here."""
    plain = marks.typed(code)
    return Seal.objects.filter(code=plain).first() if len(plain) == marks.CODE_LENGTH else None


def published_keys() -> dict[str, object]:
    """What ``/verify/keys`` says: enough to check files without the portal."""
    return {
        "portal": portal_name(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "keys": ring().to_json(),
    }
