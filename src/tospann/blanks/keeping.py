"""Keeping what people type. Working state: no command, and nothing typed is lost.

Every field has a number that counts its changes. Who saves says which number she saw; two who
changed the same field since are joined, line by line and cell by cell. What finds no room is kept
beside, and shown to whoever wrote it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from tospann.blanks import completeness, content, queries
from tospann.blanks.commands.filling import rename_filled
from tospann.blanks.content import Content
from tospann.blanks.joining import joined
from tospann.blanks.models import Earlier, Filled, Value
from tospann.blanks.values import is_empty
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid, NotAllowed

RECENT = timedelta(hours=2)
MOST_OLDER = 20


@dataclass(frozen=True)
class Typed:
    """What somebody typed into a field, and the number of the value she saw there."""

    value: Any
    base: int | None = None


@dataclass
class Kept:
    """What came of saving."""

    filled: Filled
    content: Content
    progress: completeness.Progress
    numbers: dict[str, int] = field(default_factory=dict)
    joined: dict[str, Any] = field(default_factory=dict)
    """Fields that now hold more than was typed, because others wrote there too."""
    clashes: dict[str, Any] = field(default_factory=dict)
    """Fields where ours found no room → what stands there."""


def keep(actor: Actor, filled: Filled, typed: Mapping[str, Typed], language: str) -> Kept:
    """Save the fields that were changed."""
    ruling = rename_filled.ruling(actor, filled)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    seen = queries.sees_restricted(actor, filled.project_id)
    with transaction.atomic():
        fresh = Filled.objects.select_for_update().get(pk=filled.pk)
        fresh.project, fresh.blank = filled.project, filled.blank
        if not fresh.is_writable:
            raise Invalid(gettext("This can no longer be changed: it was sent or decided."))
        before = content.now(fresh, language, restricted=seen)
        kept = Kept(fresh, before, completeness.of_all(before))
        changed = [key for key, one in typed.items() if _take(kept, before, key, one, actor.name)]
        if changed or kept.clashes:
            fresh.saved_at, fresh.saved_by = timezone.now(), actor.name
        if changed:
            kept.content = content.now(fresh, language)
            kept.progress = completeness.of_all(kept.content)
        fresh.asked, fresh.answered = kept.progress.asked, kept.progress.answered
        fresh.save(update_fields=["sequence", "asked", "answered", "saved_at", "saved_by"])
    return kept


def _take(kept: Kept, before: Content, key: str, typed: Typed, by: str) -> bool:
    """Whether the field changed: the three-way comparison of one field."""
    one = before.form.by_address.get(key)
    if one is None or key in before.drawn:
        return False
    shown = before.values.get(key)
    stored = Value.objects.filter(filled=kept.filled, field=key).first()
    number = stored.number if stored else 0
    seen = number if typed.base is None else typed.base
    base = shown if seen == number else _base(kept.filled, key, seen)
    kept.numbers[key] = number
    if _same(typed.value, shown) or _same(typed.value, base):
        if base is not shown and not _same(base, shown):
            kept.joined[key] = shown
        return False
    found = joined(base, shown, typed.value)
    if found.is_clash:
        _set_beside(kept.filled, key, typed.value, by)
        kept.clashes[key] = shown
    if _same(found.value, shown):
        return False
    if not _same(found.value, typed.value):
        kept.joined[key] = found.value
    kept.numbers[key] = _store(kept.filled, key, stored, found.value, by)
    return True


def _same(one: Any, other: Any) -> bool:
    return one == other or (is_empty(one) and is_empty(other) and not isinstance(one, bool))


def _base(filled: Filled, key: str, number: int) -> Any:
    """What a field held at this number; nothing when it is too long ago to be known."""
    found = Earlier.objects.filter(filled=filled, field=key, number=number, is_beside=False)
    return found.values_list("value", flat=True).first()


def _store(filled: Filled, key: str, stored: Value | None, value: Any, by: str) -> int:
    filled.sequence += 1
    at = timezone.now()
    if stored is None:
        made = Value(filled=filled, field=key, sequence=filled.sequence, value=value, by=by, at=at)
        made.save()
        return made.number
    _remember(filled, stored)
    stored.number, stored.sequence = stored.number + 1, filled.sequence
    stored.value, stored.by, stored.at = value, by, at
    stored.save()
    return stored.number


def _remember(filled: Filled, stored: Value) -> None:
    """What is replaced stays to be compared with and taken back; old steps are thinned."""
    Earlier.objects.create(
        filled=filled,
        field=stored.field,
        number=stored.number,
        value=stored.value,
        by=stored.by,
        at=stored.at,
    )
    older = Earlier.objects.filter(filled=filled, field=stored.field, is_beside=False)
    stale = (
        older.filter(at__lt=timezone.now() - RECENT).order_by("-at").values_list("pk", flat=True)
    )
    if surplus := list(stale[MOST_OLDER : MOST_OLDER + 100]):
        Earlier.objects.filter(pk__in=surplus).delete()


def _set_beside(filled: Filled, key: str, value: Any, by: str) -> None:
    Earlier.objects.create(filled=filled, field=key, number=0, value=value, by=by, is_beside=True)


def take_again(actor: Actor, filled: Filled, found: Earlier, language: str) -> Kept:
    """Let a field hold again what it held before."""
    return keep(actor, filled, {found.field: Typed(found.value)}, language)
