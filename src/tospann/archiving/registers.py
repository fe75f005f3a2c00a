"""Every register of a project as JSON and CSV, and its chain of acts."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Model

from tospann.foundation.commands import COMMANDS
from tospann.foundation.models import AuditEntry
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.burying import belonging

_SECRET = ("token", "secret", "password", "digest", "key_hash")


def write(project_id: UUID, folder: Path) -> dict[str, int]:
    """``registers/risks.risk.json`` and ``.csv`` for each; how many rows each has."""
    folder.mkdir(parents=True)
    names = {one.pk: one.name for one in Person.objects.all()}
    written = {}
    for model, rows in belonging(project_id).items():
        if not issubclass(model, Record) or not (columns := _columns(model)):
            continue
        found = [_named(model, row, names) for row in rows.order_by("pk").values(*columns)]
        if found:
            _store(folder, model._meta.label_lower, found)
            written[model._meta.label_lower] = len(found)
    return written


def write_chain(project_id: UUID, path: Path) -> int:
    """The acts as the log has them, one a line: enough to prove them against its anchors."""
    names = [one.attname for one in AuditEntry._meta.concrete_fields]
    count = 0
    with path.open("w", encoding="utf-8") as file:
        rows = AuditEntry.objects.filter(scope_id=project_id).order_by("sequence").values(*names)
        for row in rows.iterator(2000):
            file.write(_json(row) + "\n")
            count += 1
    return count


def write_journal(project_id: UUID, path: Path) -> None:
    """The same acts for people to read: when, who, by which authority, what, and to what."""
    names = dict(Person.objects.values_list("pk", "name"))
    rows = AuditEntry.objects.filter(scope_id=project_id).order_by("sequence")
    columns = ("sequence", "at", "person_id", "actor_kind", "authority", "command", "subject")
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["sequence", "at", "who", "authority", "command", "act", "subject"])
        for number, at, who, kind, authority, command, subject in rows.values_list(
            *columns
        ).iterator(2000):
            known = COMMANDS.get(command)
            act = str(known.title) if known else command
            by = names.get(who, "") if who else kind
            sheet.writerow([number, at.isoformat(), by, authority, command, act, subject])


def _columns(model: type[Model]) -> list[str]:
    fields = (one for one in model._meta.concrete_fields if not isinstance(one, BinaryField))
    return [one.attname for one in fields if not any(word in one.attname for word in _SECRET)]


def _named(model: type[Model], row: dict[str, Any], names: dict[UUID, str]) -> dict[str, Any]:
    """With the names of people beside their ids."""
    people = [one for one in model._meta.concrete_fields if one.related_model is Person]
    more = {f"{one.name}_name": names.get(row[one.attname], "") for one in people}
    return row | more


def _store(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    said = _json({"register": name, "rows": rows}, indent=1)
    (folder / f"{name}.json").write_text(said, encoding="utf-8")
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(rows[0])
        sheet.writerows(_cells(row) for row in rows)


def _cells(row: dict[str, Any]) -> Iterator[str]:
    for value in row.values():
        yield (
            _json(value) if isinstance(value, dict | list) else "" if value is None else str(value)
        )


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)
