"""Finding: the database gives what may be seen and holds the words, Python puts it in order."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from tospann.foundation.authority import Actor
from tospann.search import matching, words
from tospann.search.excerpts import excerpt
from tospann.search.kinds import Hit
from tospann.search.matching import Asked
from tospann.search.models import Entry
from tospann.search.ranking import Candidate, ranked

MOST_CANDIDATES = 200
MOST_WORDS = 8


def found(actor: Actor, text: str, limit: int = 50) -> list[Hit]:
    """The best hits that hold every word of the text, best first; only what the actor may see."""
    stems = words.asked(text.replace("\x00", " "), MOST_WORDS)
    if not stems:
        return []
    mine = matching.permitted(actor)
    asked = [Asked(one) for one in stems]
    candidates = _candidates(mine, asked, limit)
    if not candidates:
        asked = matching.with_likenesses(asked)
        candidates = _candidates(mine, asked, limit)
    return _shown([one.pk for one in ranked(candidates, asked, text)[:limit]], asked)


def held(label: str, project_id: UUID) -> set[str]:
    """The keys of a project's things of one kind that the index holds."""
    entries = Entry.objects.filter(label=label, project_id=project_id)
    return {ref.partition(":")[2] for ref in entries.values_list("reference", flat=True)}


def _candidates(mine: QuerySet[Entry], asked: Sequence[Asked], limit: int) -> list[Candidate]:
    """Those with all words in their title; the newest others only when these are too few."""
    titled = _rows(matching.holding(mine, asked, title=True, most=MOST_CANDIDATES))
    if len(titled) >= limit:
        return titled
    known = {one.pk for one in titled}
    others = _rows(matching.holding(mine, asked, title=False, most=MOST_CANDIDATES))
    return titled + [one for one in others if one.pk not in known][: MOST_CANDIDATES - len(titled)]


def _rows(entries: QuerySet[Entry]) -> list[Candidate]:
    """First which, then what they say: sorting is of keys alone."""
    keys = list(entries.values_list("pk", flat=True))
    rows = Entry.objects.filter(pk__in=keys).values_list(
        "pk", "reference", "at", "number", "title_stems", "strong"
    )
    return [
        Candidate(pk, reference, at, number, tuple(title.split()), tuple(strong.split()))
        for pk, reference, at, number, title, strong in rows
    ]


def _shown(keys: Sequence[int], asked: Sequence[Asked]) -> list[Hit]:
    entries = Entry.objects.defer("stems", "strong", "title_stems").in_bulk(list(keys))
    return [_hit(entries[key], asked) for key in keys if key in entries]


def _hit(entry: Entry, asked: Sequence[Asked]) -> Hit:
    return Hit(
        label=entry.label,
        key=entry.reference.partition(":")[2],
        title=entry.title,
        number=entry.number,
        project_id=entry.project_id,
        excerpt=excerpt(entry.text, asked),
    )
