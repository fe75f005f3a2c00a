"""Keeping the index: entries made of what the capabilities read, never by hand."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from tospann.search import words
from tospann.search.kinds import KINDS, Kind, Source
from tospann.search.models import Built, Entry, Word

FORM = "4"
"""Changed with the form of the index: every portal then makes its own again."""
MOST_STRONG = 24
LONGEST_EXCERPTED = 20_000
LONGEST_READ = 2_000_000
SHORTEST_KEPT = 4
_TOGETHER = 500
_FIELDS = [
    *("label", "record_id", "project_id", "at", "digest", "number", "title"),
    *("title_stems", "title_words", "strong", "stems", "text"),
]
T = TypeVar("T")


def keep(label: str, keys: Collection[str]) -> int:
    """Make the entries of these things what they should be; returns how many were other."""
    kind, done = KINDS[label], 0
    for some in _in_parts(keys, _TOGETHER):
        sources = {one.key: one for one in kind.read(some)}
        done += _store(kind, some, sources)
    return done


def keep_all(label: str) -> int:
    """The same for everything of a kind, and nothing that is no longer there stays."""
    kind, done, seen = KINDS[label], 0, set[str]()
    fresh: set[str] = set()
    for some in _in_parts(kind.read(None), _TOGETHER):
        sources = {one.key: one for one in some}
        done += _store(kind, sources.keys(), sources, fresh)
        seen |= sources.keys()
    held = Entry.objects.filter(label=label).values_list("reference", flat=True)
    gone = [ref for ref in held.iterator() if ref.partition(":")[2] not in seen]
    for refs in _in_parts(gone, _TOGETHER):
        Entry.objects.filter(reference__in=refs).delete()
    return done + len(gone)


def rebuild() -> dict[str, int]:
    """Make the index as it should be; returns per kind how many entries were other."""
    done = {label: keep_all(label) for label in sorted(KINDS)}
    Entry.objects.exclude(label__in=KINDS).delete()
    Built.objects.update_or_create(pk=1, defaults={"form": FORM})
    return done


def is_complete() -> bool:
    """Whether the whole index was ever made in this form."""
    return Built.objects.filter(pk=1, form=FORM).exists()


def _store(
    kind: Kind,
    keys: Iterable[str],
    sources: dict[str, Source],
    known: set[str] | None = None,
) -> int:
    refs = [f"{kind.label}:{key}" for key in keys]
    with transaction.atomic():
        held = {
            entry.reference: entry
            for entry in Entry.objects.filter(reference__in=refs).only("id", "reference", "digest")
        }
        made = [
            _entry(kind, one, digest)
            for one in sources.values()
            if (digest := _digest(one)) != _digest_before(kind, one, held)
        ]
        new = [entry for entry in made if entry.reference not in held]
        other = [entry for entry in made if entry.reference in held]
        for entry in other:
            entry.pk = held[entry.reference].pk
        gone = [ref for ref in held if ref.partition(":")[2] not in sources]
        Entry.objects.filter(reference__in=gone).delete()
        Entry.objects.bulk_create(new, batch_size=100)
        Entry.objects.bulk_update(other, _FIELDS, batch_size=50)
        _learn(made, set() if known is None else known)
    return len(made) + len(gone)


def _digest_before(kind: Kind, source: Source, held: dict[str, Entry]) -> str | None:
    before = held.get(f"{kind.label}:{source.key}")
    return None if before is None else before.digest


def _digest(source: Source) -> str:
    whole = "\0".join(
        (
            *(FORM, source.title, source.number, str(source.project_id)),
            *(source.at.isoformat(), source.text[:LONGEST_READ]),
        )
    )
    return hashlib.blake2b(whole.encode(errors="replace"), digest_size=20).hexdigest()


def _entry(kind: Kind, source: Source, digest: str) -> Entry:
    title = words.stems(f"{source.number} {source.title}")
    text = source.text.replace("\x00", " ")[:LONGEST_READ]
    counted = words.counted(f"{source.number} {source.title}\n{text}")
    return Entry(
        reference=f"{kind.label}:{source.key}",
        label=kind.label,
        record_id=_uuid(source.key),
        project_id=source.project_id,
        at=source.at,
        digest=digest,
        number=source.number,
        title=source.title.replace("\x00", " ")[:300],
        title_stems=" ".join(title),
        title_words=words.both_ways(dict.fromkeys(title)),
        strong=" ".join(words.most_frequent(counted, MOST_STRONG)),
        stems=words.both_ways(counted),
        text=text[:LONGEST_EXCERPTED],
    )


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _learn(entries: Iterable[Entry], known: set[str]) -> None:
    """Words that were not known, for finding what was written nearly so."""
    new = set[str]().union(*(entry.stems.split(" ") for entry in entries)) - known
    letters = sorted(word for word in new if len(word) >= SHORTEST_KEPT and word.isalpha())
    rows = [Word(word=word) for word in letters]
    Word.objects.bulk_create(rows, ignore_conflicts=True, batch_size=400)
    known |= new


def _in_parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
