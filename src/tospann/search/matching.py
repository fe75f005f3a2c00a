"""What is asked of the database: entries that hold every word, in one of its forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from tospann.foundation.authority import Actor
from tospann.search import words
from tospann.search.kinds import KINDS, projects_of
from tospann.search.models import Entry, Word

MOST_FORMS = 60
MANY = 1000
SHORTEST_BEGINNING = 2
SHORTEST_ENDING = 4
ALIKE = 0.4
_HIGHEST = "\U0010ffff"


@dataclass(frozen=True)
class Asked:
    """A word somebody looks for: its stem, or other words that are nearly it."""

    stem: str
    forms: frozenset[str] = frozenset()

    @property
    def may_go_on(self) -> bool:
        """Whether words that only begin so count (prosjekt → prosjektleder)."""
        return len(self.stem) >= SHORTEST_BEGINNING and not self.stem.isdigit()

    @property
    def may_end(self) -> bool:
        """Whether words that only end so count (prosjekt → sykehusprosjekt)."""
        return len(self.stem) >= SHORTEST_ENDING and self.stem.isalpha()


def permitted(actor: Actor) -> QuerySet[Entry]:
    """The entries the actor may find. Every search begins here."""
    plain = [label for label, kind in KINDS.items() if kind.permitted is None]
    may = Q(label__in=plain, project_id__in=projects_of(actor))
    for label, kind in KINDS.items():
        if kind.permitted is not None:
            mine = kind.permitted(actor).filter(pk=OuterRef("record_id"))
            may |= Q(label=label) & Q(Exists(mine))
    return Entry.objects.filter(may)


def with_likenesses(asked: Sequence[Asked]) -> list[Asked]:
    """Words nobody wrote anywhere get those that hold them, or are nearly written so."""
    return [one if _is_known(one) else Asked(one.stem, _alike(one.stem)) for one in asked]


def _is_known(one: Asked) -> bool:
    return Word.objects.filter(_beginning("word", one.stem)).exists()


def _alike(stem: str) -> frozenset[str]:
    if len(stem) < SHORTEST_ENDING or not stem.isalpha():
        return frozenset()
    parts = sorted({stem[at : at + 3] for at in range(len(stem) - 2)})
    holds = reduce(or_, (Q(word__contains=part) for part in parts))
    near = Q(length__gte=len(stem) - 2) & Q(length__lte=len(stem) + 2)
    known = Word.objects.annotate(length=Length("word")).filter(Q(word__contains=stem) | near)
    found = [
        (0.0 if stem in word else -words.likeness(stem, word), word)
        for word in known.filter(holds).values_list("word", flat=True)
    ]
    close = sorted(one for one in found if one[0] == 0.0 or one[0] <= -ALIKE)
    return frozenset(word for _rank, word in close[:MOST_FORMS])


def _beginning(field: str, start: str) -> Q:
    """``startswith`` that an index answers: SQLite orders by bytes, PostgreSQL keeps patterns."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": start, f"{field}__lt": start + _HIGHEST})
    return Q(**{f"{field}__startswith": start})


def holding(
    entries: QuerySet[Entry], asked: Sequence[Asked], *, title: bool, most: int
) -> QuerySet[Entry]:
    """The newest of those that hold every word, in their title or anywhere."""
    if connection.vendor == "sqlite":
        found = entries.filter(_sqlite(asked, title))
    else:
        found = entries.filter(_postgres(asked, title))
    return found.order_by("-at", "reference")[:most]


def _sqlite(asked: Sequence[Asked], title: bool) -> RawSQL:
    """Where few hold the words, those are sorted; where many do, the newest are tried in turn.

    SQLite cannot know which it is. The plus keeps it from beginning with the words.
    """
    said = _joined(asked, " AND ", " OR ", '"', "*")
    table = "search_titles" if title else "search_words"
    plus = "+" if _are_many(table, said) else ""
    sql = f"{plus}search_entry.id IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"  # noqa: S608  # names of ours
    return RawSQL(sql, [said], output_field=BooleanField())  # noqa: S611  # the words are a parameter


def _are_many(table: str, said: str) -> bool:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT %s)"  # noqa: S608  # names of ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [said, MANY])
        (number,) = cursor.fetchone()
    return bool(number == MANY)


def _postgres(asked: Sequence[Asked], title: bool) -> RawSQL:
    said = _joined(asked, " & ", " | ", "'", ":*")
    column = "title_words" if title else "stems"
    sql = f"array_to_tsvector(string_to_array(search_entry.{column}, ' ')) @@ %s::tsquery"
    return RawSQL(sql, [said], output_field=BooleanField())  # noqa: S611  # the words are a parameter


def _joined(asked: Sequence[Asked], all_of: str, any_of: str, quote: str, on: str) -> str:
    """The question in a database's words. Stems are letters and digits: nothing to escape."""
    each = []
    for one in asked:
        ways = [f"{quote}{one.stem}{quote}{on if one.may_go_on else ''}"]
        if one.may_end:
            ways.append(f"{quote}{words.backwards(one.stem)}{quote}{on}")
        ways += [f"{quote}{form}{quote}" for form in sorted(one.forms)]
        each.append(f"({any_of.join(ways)})")
    return all_of.join(each)
