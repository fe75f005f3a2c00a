"""Reading the audit chain for people: who did what, when, on whose authority, before and after."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, ForeignKey, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.authority import ROLE_LABELS, Actor, Role
from tospann.foundation.commands import COMMANDS
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.models import AuditDetail, AuditEntry, AuditHead
from tospann.foundation.records import Record, reference
from tospann.people import sign_in_log
from tospann.people.models import Person
from tospann.people.veils import veil
from tospann.ui import formats
from tospann.ui.field_names import field_name
from tospann.ui.jinja import language

PAGE = 50
_SCOPE = frozenset({"project", "project_id"})
"""Not worth saying: every log is of one project."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*[+-]\d\d:\d\d$")
_OTHER_ACTS = {**sign_in_log.ACTS, "foundation.undo": gettext_noop("Undid an earlier change")}
_AUTHORITIES = {
    "system": gettext_noop("The portal itself"),
    "own": gettext_noop("Own account"),
    "person": gettext_noop("In own name"),
    "mandate": gettext_noop("A decision"),
    "link": gettext_noop("A signed link"),
}


@dataclass(frozen=True)
class Change:
    """One field of one record, before and after."""

    what: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class AuditRow:
    """One act, ready to be shown."""

    entry_id: int
    sequence: int
    is_part: bool
    at: datetime
    who: str
    what: str
    about: str
    command: str
    authority: str
    is_erased: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class AuditPage:
    rows: tuple[AuditRow, ...]
    number: int
    pages: int
    total: int


def audit_rows(
    reader: Actor, scope_id: uuid.UUID, number: int = 1, per_page: int = PAGE, **narrowing: Any
) -> AuditPage:
    """A page of the chain of the organisation or a project, newest first, for its reader.

    ``narrowing`` are conditions on entries, such as ``person_id``.
    """
    entries = AuditEntry.objects.filter(scope_id=scope_id, **narrowing)
    return _page(reader, entries.order_by("-sequence"), entries.count(), number, per_page)


def organisation_rows(reader: Actor, number: int = 1, per_page: int = PAGE) -> AuditPage:
    """The same of the organisation and of what people keep of their own, such as their hours."""
    own = AuditHead.objects.filter(pk__in=Person.objects.values("pk"))
    heads = own | AuditHead.objects.filter(pk=ORGANISATION_SCOPE)
    total = heads.aggregate(all=Sum("sequence"))["all"] or 0  # chains have no gaps
    found = AuditEntry.objects.filter(Q(scope_id=ORGANISATION_SCOPE) | Q(scope_id=F("person_id")))
    return _page(reader, found.order_by("-pk"), total, number, per_page)


def _page(
    reader: Actor, entries: QuerySet[AuditEntry], total: int, number: int, per_page: int
) -> AuditPage:
    pages = max(1, -(-total // per_page))
    number = min(max(number, 1), pages)
    first = (number - 1) * per_page
    listed = list(entries.select_related("detail")[first : first + per_page])
    return AuditPage(_rows(veil(reader, listed)), number, pages, total)


def history(
    record: Record,
    created_at: datetime | None = None,
    most: int = PAGE,
    in_bulk: Iterable[str] = (),
    chains: Iterable[uuid.UUID] = (),
) -> tuple[AuditRow, ...]:
    """What happened to one record, newest first. At most 3 queries.

    The act that created it was on its parent; ``created_at`` is where to look for that one.
    ``in_bulk`` names commands that change many such records at once, ``chains`` those besides its
    own scope in which acts on it stand.
    """
    ref, entries = reference(record), AuditEntry.objects.select_related("detail")
    found = list(entries.filter(subject=ref).order_by("-sequence")[:most])
    if created_at is not None:
        near = (created_at - timedelta(minutes=1), created_at + timedelta(minutes=1))
        which = Q(at__range=near) | Q(command__in=list(in_bulk))
        others = entries.filter(which, scope_id__in=[record.scope_id, *chains])
        found += _only_about(ref, others.exclude(subject=ref).order_by("-pk"), most)
    return _rows(sorted(found, key=lambda entry: -entry.pk))


def _only_about(ref: str, entries: QuerySet[AuditEntry], most: int) -> list[AuditEntry]:
    """Acts on more than this record, each with what it did to this one and nothing else.

    An import may have made ten thousand records in one act, whose whole detail takes long to read.
    """
    own = entries.filter(detail__changes__has_key=ref)
    own = own.defer("detail__changes", "detail__arguments")
    told = own.annotate(own_change=KeyTransform(ref, "detail__changes"))[:most]
    found: list[AuditEntry] = list(told)
    for entry in found:
        entry.detail.changes = {ref: entry.own_change}  # type: ignore[attr-defined]  # annotated
    return found


def title_of(command: str) -> str:
    """What an act is called in the reader's language."""
    if command in COMMANDS:
        return COMMANDS[command].title
    msgid = _OTHER_ACTS.get(command)
    return gettext(msgid) if msgid else command


def authority_text(authority: str) -> str:
    """``owner for Kari`` → «Prosjekteier for Kari»."""
    known = _AUTHORITIES.get(authority)
    if known:
        return gettext(known)
    role, _for, absent = authority.partition(" for ")
    if role not in ROLE_LABELS:
        return authority
    label = str(ROLE_LABELS[Role(role)])
    if not absent:
        return label
    return gettext("%(role)s, deputy for %(name)s") % {"role": label, "name": absent}


def _rows(entries: list[AuditEntry]) -> tuple[AuditRow, ...]:
    names = _names(entry.detail for entry in entries)
    return tuple(_row(entry, names) for entry in entries)


def _row(entry: AuditEntry, names: Mapping[str, str]) -> AuditRow:
    detail = entry.detail
    erased = detail.erased_at is not None
    changes: list[Change] = []
    for ref, change in (detail.changes or {}).items():
        changes += _changes(ref, change, names)
    return AuditRow(
        entry_id=entry.pk,
        sequence=entry.sequence,
        is_part=entry.parent is not None,
        at=entry.at,
        who=_who(entry.actor_kind, detail.actor_name),
        what=title_of(entry.command),
        about=_about(entry),
        command=entry.command,
        authority=authority_text(entry.authority),
        is_erased=erased,
        changes=tuple(changes),
    )


def _who(kind: str, name: str) -> str:
    return gettext("%(name)s, by a signed link") % {"name": name} if kind == "link" else name


def _about(entry: AuditEntry) -> str:
    """The name the act's subject had then, or that of the first record it made or changed."""
    changes: dict[str, dict[str, Any]] = entry.detail.changes or {}
    found = changes.get(entry.subject) or next(iter(changes.values()), {})
    return str(found.get("label") or "")


def _changes(ref: str, change: Mapping[str, Any], names: Mapping[str, str]) -> list[Change]:
    label = str(change.get("label") or ref)
    model = _model(ref)
    return [
        Change(
            label,
            _field_label(model, name),
            _shown(_word(model, name, before), names),
            _shown(_word(model, name, after), names),
        )
        for name, (before, after) in change["fields"].items()
        if (before not in (None, "") or after not in (None, "")) and name not in _SCOPE
    ]


def _model(ref: str) -> Any:
    try:
        return apps.get_model(ref.partition(":")[0])
    except (LookupError, ValueError):
        return None


def _field_label(model: Any, name: str) -> str:
    try:
        label = model._meta.get_field(name.removesuffix("_id")).verbose_name
    except (AttributeError, FieldDoesNotExist):
        label = name
    named = str(label) if isinstance(label, Promise) else field_name(name.removesuffix("_id"))
    return str(capfirst(named))


def _word(model: Any, name: str, value: Any) -> Any:
    """The label of a value that is one of a field's choices."""
    try:
        choices = dict(model._meta.get_field(name).flatchoices)
    except (AttributeError, FieldDoesNotExist):
        return value
    return str(choices[value]) if isinstance(value, str) and value in choices else value


def _shown(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list | dict):
        return ", ".join(map(_part, value)) or "–"
    return names.get(str(value)) or _when(str(value)) or str(value)


def _part(part: Any) -> str:
    """One of several: a stored operation by its title, anything else as it is."""
    known = part.get("command") if isinstance(part, dict) else None
    return title_of(known) if known else str(part)


def _when(stored: str) -> str:
    """A stored day or moment as people write it; "" when it is neither."""
    if _DAY.fullmatch(stored):
        return formats.short_date(date.fromisoformat(stored), language())
    if _MOMENT.match(stored):
        moment = timezone.localtime(datetime.fromisoformat(stored))
        return formats.date_and_time(moment, language())
    return ""


def _names(details: Iterable[AuditDetail]) -> dict[str, str]:
    """What the ids that appear as values are the ids of, in one query for each kind of thing."""
    pointed_at: dict[Any, set[str]] = defaultdict(set)
    for detail in details:
        for ref, change in (detail.changes or {}).items():
            for kind, ids in _pointed_at(_model(ref), change["fields"]):
                pointed_at[kind] |= ids
    return {
        str(one.pk): str(one)
        for kind, ids in pointed_at.items()
        for one in kind._base_manager.filter(pk__in=ids)
    }


def _pointed_at(model: Any, fields: Mapping[str, Any]) -> Iterator[tuple[Any, set[str]]]:
    """The foreign keys among the fields: what they point at, and the ids of it."""
    for field in model._meta.concrete_fields if model else ():
        if isinstance(field, ForeignKey) and field.attname in fields.keys() - _SCOPE:
            ids = {str(value) for value in fields[field.attname] if value}
            if ids:
                yield field.related_model, ids
