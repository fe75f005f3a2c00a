"""Keeping what people type in a draft. Working state: no command, and nothing typed is lost.

Each field carries the fingerprint of the text its page showed. Two people in different sections
never disturb each other; two in the same one both keep their text, and whoever saves last is shown
the other's first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.reports import commands
from tospann.reports.drafting import draft
from tospann.reports.drafting.words import SECTIONS, computed
from tospann.reports.models import Light, StatusReport

BASE = "base_"
LIGHTS = {str(light) for light in Light if light is not Light.NONE}


@dataclass
class Kept:
    """What came of saving: when, what the fields' fingerprints are now, and what clashed."""

    report: StatusReport
    saved_at: datetime | None = None
    bases: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, str] = field(default_factory=dict)
    """Field → what somebody else wrote there in the meantime."""
    refused: dict[str, str] = field(default_factory=dict)
    """Field → what the caller typed into it all the same."""


def known_fields(areas: list[str]) -> set[str]:
    """Everything that can be typed into a draft with these areas."""
    every = [draft.OVERALL, *areas]
    chosen = {f"{draft.CHOSEN}{area}" for area in every}
    return {*SECTIONS, *chosen, *(f"{draft.NOTE}{area}" for area in every)}


def keep(actor: Actor, report: StatusReport, posted: Mapping[str, str]) -> Kept:
    """Save the fields that were changed; those somebody else changed too are left and told of."""
    ruling = commands.submit_report.ruling(actor, report)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    found = draft.ground(report)
    made = words_now(found)
    wanted = known_fields([area["area"] for area in found.areas]) & set(posted)
    with transaction.atomic():
        fresh = StatusReport.objects.select_for_update().get(pk=report.pk)
        if not fresh.is_writable:
            raise Invalid(gettext("This report can no longer be edited: it was sent or signed."))
        kept = Kept(fresh)
        changed = [key for key in sorted(wanted) if _take(kept, key, posted, made.get(key, ""))]
        if changed:
            fresh.saved_at, fresh.saved_by = timezone.now(), actor.name
            fresh.save(update_fields=["texts", "saved_at", "saved_by"])
    kept.saved_at = fresh.saved_at
    return kept


def words_now(found: draft.Ground) -> dict[str, str]:
    """The computed text of each section in the report's language."""
    with translation.override(found.project.language):
        return computed(found.facts)


def _take(kept: Kept, key: str, posted: Mapping[str, str], made: str) -> bool:
    """Whether the field was changed; the three-way comparison of one field."""
    texts, text = kept.report.texts, _checked(key, posted[key])
    stored = texts.get(key)
    now = made if stored is None else stored["text"]
    base = posted.get(BASE + key, draft.fingerprint(now))
    changed = False
    if text == now or draft.fingerprint(text) == base:
        pass  # nothing new was typed here
    elif stored is not None and draft.fingerprint(now) != base:
        kept.clashes[key], kept.refused[key] = now, text
    else:
        texts[key] = {"text": text, "computed": made}
        now, changed = text, True
    kept.bases[key] = draft.fingerprint(now)
    return changed


def _checked(key: str, value: str) -> str:
    text = draft.tidy(value.replace("\x00", ""))
    if key.startswith(draft.CHOSEN):
        return text if text in LIGHTS else ""
    most = draft.NOTE_LENGTH if key.startswith(draft.NOTE) else draft.TEXT_LENGTH
    if len(text) > most:
        words = gettext("This is too long (at most %(max_length)s characters).")
        raise Invalid(words % {"max_length": most}, key)
    return text


def use_computed(actor: Actor, report: StatusReport, key: str) -> None:
    """Throw away what was written in a section: it follows the figures again."""
    ruling = commands.submit_report.ruling(actor, report)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    with transaction.atomic():
        fresh = StatusReport.objects.select_for_update().get(pk=report.pk)
        if fresh.is_writable and fresh.texts.pop(key, None) is not None:
            fresh.saved_at, fresh.saved_by = timezone.now(), actor.name
            fresh.save(update_fields=["texts", "saved_at", "saved_by"])
