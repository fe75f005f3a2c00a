"""Taking one person out of every table, so that what was done still stands.

The account becomes a pseudonym; what is hers alone goes; her name, address and telephone number are
replaced wherever they were copied to; the detail of the audit entries she made or is named in is
erased, which the chain allows. What was signed, published or decided is final and stays as it was:
the answer says where, so that somebody can judge it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation import triggers
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.people.privacy import traces
from tospann.people.privacy.traces import Whose

_HERS_ALONE = (
    *("account.emailaddress", "mfa.authenticator", "usersessions.usersession"),
    "socialaccount.socialaccount",
    *("people.apitoken", "people.apppassword", "people.savedview", "people.organisationrole"),
    *("people.deputy", "notifications.notification", "notifications.preference"),
    *("home.letteranswer", "actions.reminder", "meetings.kepttext", "jobs.progress"),
    *("planning.stagedimport", "risks.stagedrisks", "budget.stagedcosts"),
    *("timesheets.stagedhours", "documents.openaddress", "documents.passingfile"),
    *("resources.personskill", "resources.employment", "resources.absence", "resources.rate"),
    *("resources.load", "team.pulsevoter", "mailbox.feed", "closing.answered"),
)
"""What is about nobody else. Hours, costs, agreements and what was decided are the project's, and
stay under the pseudonym."""
_CLEARED = {"sharing.accesslog": ("address",)}
"""Columns that tell where she was."""
_MADE_AGAIN = {"search.entry"}
_AUDIT = {"foundation.auditentry", "foundation.auditdetail"}
_SEALED_APPS = {"planning"}
"""A plan's revisions are proven by their hashes: texts inside them stay as they were."""
_SEALED = {"cases.alternative", "cases.decision", "cases.assent"}
_ADDRESS = "erased-{}@invalid"
_AT_A_TIME = 500
_after: list[Callable[[UUID], object]] = []


@dataclass
class Erased:
    """What became of each table: rows removed, changed, and left because they are final."""

    removed: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    details: int = 0


def after_erasure(told: Callable[[UUID], object]) -> Callable[[UUID], object]:
    """Decorator for what must follow, such as making an index again; called with the person's id
    inside the erasing act, so it only enqueues."""
    _after.append(told)
    return told


def erase(person: Person) -> Erased:
    """Only inside a command. The person must be deactivated."""
    whose, done = Whose(person), Erased()
    pseudonym = gettext("Erased person %(id)s") % {"id": person.pk.hex[-6:].upper()}
    instead = {person.name: pseudonym, person.email: _ADDRESS.format(person.pk.hex)}
    instead |= {person.phone: "–"} if person.phone else {}
    done.details = _erase_details(whose, pseudonym)
    for model in traces.models():
        label = model._meta.label_lower
        if label in _HERS_ALONE:
            _count(done.removed, label, _remove(model, whose))
        elif label in _CLEARED:
            _clear(model, whose, _CLEARED[label])
        elif label in _MADE_AGAIN:
            _raw_delete(traces.rows(model, whose))
        if label not in _AUDIT | _MADE_AGAIN and model is not Person:
            _replace(model, whose, instead, done)
    _count(done.left, AuditEntry._meta.label_lower, _vouched_for(whose))
    _forget(person, pseudonym)
    for told in _after:
        told(person.pk)
    return done


def _erase_details(whose: Whose, pseudonym: str) -> int:
    """Arguments and before/after of her own acts, and of those that name her; the chain stands."""
    own = AuditEntry.objects.filter(person_id=whose.person.pk).values("pk")
    mentioned = traces.rows(AuditDetail, whose).values("pk")
    values = {"arguments": None, "changes": None, "erased_at": timezone.now()}
    every = AuditDetail.objects.all()
    open_ = every.filter(erased_at=None)
    number = _in_parts(open_.filter(pk__in=own), {**values, "actor_name": pseudonym})
    _in_parts(every.filter(pk__in=own).exclude(erased_at=None), {"actor_name": pseudonym})
    return number + _in_parts(open_.filter(pk__in=mentioned), values)


def _vouched_for(whose: Whose) -> int:
    """Entries that say somebody acted “for” her: part of the chain itself."""
    acted = AuditEntry.objects.filter(authority__endswith=f" for {whose.person.name}")
    return acted.count()


def _in_parts(found: QuerySet[Any], values: dict[str, Any]) -> int:
    keys, done = list(found.values_list("pk", flat=True)), 0
    for start in range(0, len(keys), _AT_A_TIME):
        some = found.model._base_manager.filter(pk__in=keys[start : start + _AT_A_TIME])
        done += QuerySet.update(some, **values)
    return done


def _remove(model: type[Model], whose: Whose) -> int:
    hers = Q(pk__in=[])
    for one in traces.pointing(model):
        hers |= Q(**{one.attname: whose.person.pk})
    return _raw_delete(model._base_manager.filter(hers))


def _clear(model: type[Model], whose: Whose, columns: Iterable[str]) -> None:
    hers = Q(pk__in=[])
    for one in traces.pointing(model):
        hers |= Q(**{one.attname: whose.person.pk})
    QuerySet.update(model._base_manager.filter(hers), **dict.fromkeys(columns, ""))


def _raw_delete(found: QuerySet[Any]) -> int:
    """Rows nobody points to."""
    number = found.count()
    found.order_by()._raw_delete(found.db)
    return number


def _replace(model: type[Model], whose: Whose, instead: dict[str, str], done: Erased) -> None:
    """Her texts in the rows of this table; or count the rows that must stay as they are."""
    label = model._meta.label_lower
    final = triggers.PROTECTED.get(model._meta.db_table)
    is_sealed = label in _SEALED or model._meta.app_label in _SEALED_APPS
    for one in traces.rows(model, whose).iterator(_AT_A_TIME):
        changed = _changed(model, one, whose.texts, instead)
        if not changed:
            continue
        if final == "" or (final and _is_final(one)):
            _count(done.left, label, 1)
            continue
        if is_sealed:
            changed = {k: v for k, v in changed.items() if k.endswith("_name")}
            if _mentions(model, one, whose.texts, but=changed):
                _count(done.left, label, 1)
        if changed:
            if isinstance(one, Record):
                changed["version"] = F("version") + 1
            QuerySet.update(model._base_manager.filter(pk=one.pk), **changed)
            _count(done.changed, label, 1)


def _is_final(one: Model) -> bool:
    """Only reports are final in part: when they are signed."""
    return getattr(one, "state", "") == "signed"


def _changed(
    model: type[Model], one: Model, texts: Iterable[str], instead: dict[str, str]
) -> dict[str, Any]:
    """The columns that held one of the texts, without it."""
    found: dict[str, Any] = {}
    for column in traces.telling(model):
        before = getattr(one, column.attname)
        after = _without(before, texts, instead)
        if after != before:
            is_short = isinstance(column, CharField) and column.max_length
            found[column.attname] = after[: column.max_length] if is_short else after
    return found


def _mentions(model: type[Model], one: Model, texts: Iterable[str], but: Iterable[str]) -> bool:
    skipped = set(but)
    return any(
        _holds(getattr(one, column.attname), text)
        for column in traces.telling(model)
        if column.attname not in skipped
        for text in texts
    )


def _holds(value: Any, text: str) -> bool:
    whole = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text in whole


def _without(value: Any, texts: Iterable[str], instead: dict[str, str]) -> Any:
    if isinstance(value, str):
        for text in texts:
            value = value.replace(text, instead[text])
        return value
    if isinstance(value, list):
        return [_without(one, texts, instead) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, texts, instead) for key, one in value.items()}
    return value


def _forget(person: Person, pseudonym: str) -> None:
    values: dict[str, Any] = {
        "name": pseudonym,
        "email": _ADDRESS.format(person.pk.hex),
    }
    values |= dict.fromkeys(("title", "company", "phone", "language", "theme"), "")
    values |= {"password": "!", "last_login": None, "version": F("version") + 1}
    QuerySet.update(Person._base_manager.filter(pk=person.pk), **values)


def _count(where: dict[str, int], label: str, number: int) -> None:
    if number:
        where[label] = where.get(label, 0) + number
