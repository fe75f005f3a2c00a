"""Documents that are filled in, as they are found: by their name, and by what was typed in them.

What was sent, approved or published last is what is found; what only the project's core may read
is not in the index at all, and neither is what the portal draws: that is found where it stands.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tospann.blanks import values
from tospann.blanks.content import without_restricted
from tospann.blanks.definition import Field, form
from tospann.blanks.models import Edition, Filled
from tospann.search.kinds import Keys, Kind, Source, by_number, indexed, moment_of

_TOLD = frozenset({"text", "rich_text", "ref", "person", "people", "list", "tree"})
_TOGETHER = 100


def _read(keys: Keys) -> Iterator[Source]:
    rows = Filled.objects.select_related("project", "blank").order_by("pk")
    rows = rows if keys is None else rows.filter(pk__in=list(keys))
    some: list[Filled] = []
    for one in rows.iterator(_TOGETHER):
        some.append(one)
        if len(some) == _TOGETHER:
            yield from _sources(some)
            some = []
    yield from _sources(some)


def _sources(some: list[Filled]) -> Iterator[Source]:
    sent = Edition.objects.filter(filled__in=some).order_by("number")
    last = dict(sent.values_list("filled", "values"))
    for one in some:
        said = _words(one, last.get(one.pk, {}))
        text = "\n".join([one.blank.name, *said])
        yield Source(
            *(str(one.pk), one.title, text, one.short_id, one.project_id),
            at=moment_of(one.pk),
        )


def _words(of: Filled, kept: Mapping[str, Any]) -> Iterator[str]:
    """What was typed, field by field, but nothing that is not for everybody in the project."""
    if not kept:
        return
    for one in without_restricted(form(of.blank, of.project.language), restricted=False):
        if one.address not in kept:
            continue
        if one.kind == "table":
            yield from _cells(one, kept[one.address])
        elif one.kind in _TOLD:
            yield from _texts(kept[one.address])


def _cells(of: Field, value: Any) -> Iterator[str]:
    columns = [one for one in of.typed_columns if one.kind in _TOLD and not one.restricted]
    for row in values.rows_of(value):
        for one in columns:
            yield from _texts(row.get(one.key))


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, however it is made up."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _of_edition(edition: str, _change: Mapping[str, Any]) -> Iterable[str]:
    found = Edition.objects.filter(pk=edition).values_list("filled", flat=True)
    return [str(pk) for pk in found]


indexed(
    Kind(
        *("blanks.filled", _("Documents filled in"), "template", 16),
        read=_read,
        href=by_number("filled"),
        also={"blanks.edition": _of_edition},
    )
)
