"""Giving a seal: the code on the pages, the mark in the file, the signature, the row."""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tospann.seals import marks, stamping
from tospann.seals.addresses import check_address
from tospann.seals.models import Seal
from tospann.seals.queries import portal_name
from tospann.seals.ring import Ring


def sealed(
    pdf: bytes,
    *,
    title: str,
    made_at: datetime,
    subject: str,
    project_id: UUID | None,
    language: str | None,
    is_ours: bool = False,
) -> bytes:
    """See ``tospann.seals.seal``. ``is_ours``: set here a moment ago, so it may be read here."""
    ring = Ring.of(settings.DATA_DIR)
    key, shown = ring.current(), title[:300]
    language = language or translation.get_language() or "nb"
    code = _code(pdf, key.id, shown, subject, language)
    made_at = Seal.objects.filter(code=code).values_list("made_at", flat=True).first() or made_at
    said = {"code": code, "key": key.id, "title": shown, "by": portal_name()}
    at = made_at.astimezone(UTC).isoformat(timespec="seconds")
    mark = marks.unsigned(said | {"made_at": at})
    words, address = _words(code, language)
    stamp = stamping.ours if is_ours else stamping.anyones
    file, fingerprint = marks.signed(stamp(pdf, mark, words, address), ring)
    values = {
        "key": key.id,
        "fingerprint": fingerprint,
        "title": shown,
        "subject": subject[:120],
        "project_id": project_id,
        "made_at": made_at,
    }
    Seal.objects.get_or_create(code=code, defaults=values)
    return file


def _code(pdf: bytes, *of: str) -> str:
    """Nobody can guess it, and the same pages have the same."""
    said = [hashlib.sha256(pdf).hexdigest(), settings.BASE_URL, *of]
    number = int.from_bytes(salted_hmac("tospann.seals", "\n".join(said)).digest()[:8])
    digits = [marks.ALPHABET[number >> shift & 31] for shift in range(0, 60, 5)]
    return "".join(digits)


def _words(code: str, language: str) -> tuple[str, str]:
    """What stands at the foot of each page, and what the square leads to."""
    address = check_address(code)
    grouped = marks.grouped(code)
    with translation.override(language):
        if not address:
            return _("Seal %(code)s") % {"code": grouped}, ""
        where = check_address("").partition("://")[2]
        said = {"code": grouped, "address": where}
        return _("Seal %(code)s · check it at %(address)s") % said, address
