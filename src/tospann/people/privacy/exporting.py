"""Everything the portal tells of one person, as a file she can read and take with her."""

import io
import json
import zipfile
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone, translation
from django.utils.translation import gettext

from tospann.people.models import Person
from tospann.people.privacy import traces
from tospann.people.privacy.traces import Whose

MOST = 200_000
"""Characters of one text; a whole plan that mentions a name once is not told in full."""


def export(person: Person) -> bytes:
    """A ZIP: ``person.json`` with every row that points to her or mentions her, and what it is."""
    found = {
        model._meta.label_lower: [_row(model, one) for one in traces.rows(model, Whose(person))]
        for model in traces.models()
    }
    told = {table: rows for table, rows in sorted(found.items()) if rows}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", _introduction(person, told))
        content = {"person": str(person.pk), "at": timezone.now().isoformat(), "tables": told}
        file.writestr(
            "person.json",
            json.dumps(content, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False),
        )
    return written.getvalue()


def counted(person: Person) -> list[tuple[str, int]]:
    """How many rows of which table tell something of her."""
    whose = Whose(person)
    found = [(m._meta.label_lower, traces.rows(m, whose).count()) for m in traces.models()]
    return sorted((name, number) for name, number in found if number)


def _row(model: type[Model], one: Model) -> dict[str, Any]:
    return {
        field.attname: _value(getattr(one, field.attname))
        for field in model._meta.concrete_fields
        if not traces.secret(model, field)
    }


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) > MOST:
        return value[:MOST] + "…"
    return value


def _introduction(person: Person, told: dict[str, list[Any]]) -> str:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        lines = [
            gettext("What the portal has stored about %(name)s.") % {"name": person.name},
            gettext(
                "person.json holds every row that points to you or mentions your name, address or "
                "telephone number, table by table. Passwords and keys are left out. Files you "
                "have uploaded are named there; open them in the portal."
            ),
            "",
            *(f"{len(rows):>6}  {table}" for table, rows in told.items()),
        ]
    return "\n".join(lines) + "\n"
