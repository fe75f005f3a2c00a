"""Finding every row that tells something of a person."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import (
    BinaryField,
    CharField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    Q,
    QuerySet,
    TextField,
    UUIDField,
)
from django.db.models.functions import Cast

from tospann.people.models import Person

_TECHNICAL = {"sessions.session", "contenttypes.contenttype", "auth.permission", "auth.group"}
_SHORTEST = 5
"""A name of one short word, or two letters of a telephone number, would be found everywhere."""


@dataclass(frozen=True)
class Whose:
    """The person, and the texts she is known by."""

    person: Person

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Address, telephone and name; the name only where nobody else is called that."""
        found = [self.person.email, self.person.phone]
        if self.name_is_hers_alone:
            found.append(self.person.name)
        return tuple(text for text in found if len(text) >= _SHORTEST)

    @cached_property
    def name_is_hers_alone(self) -> bool:
        name = self.person.name.strip()
        same = Person.objects.filter(name=name).exclude(pk=self.person.pk)
        return " " in name and not same.exists()

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The texts as a column may hold them; JSON writes letters beyond ASCII its own way."""
        escaped = (json.dumps(text)[1:-1] for text in self.texts)
        return tuple(dict.fromkeys([*self.texts, *escaped, str(self.person.pk)]))


def models() -> Iterator[type[Model]]:
    """Every table that may tell something of somebody."""
    for model in apps.get_models():
        if model._meta.label_lower not in _TECHNICAL and model._meta.managed:
            yield model


def rows(model: type[Model], whose: Whose) -> QuerySet[Any]:
    """The rows of this table that point to her, or mention her."""
    found = model._base_manager.all()
    if model is Person:
        return found.filter(pk=whose.person.pk)
    wanted = Q(pk__in=[])
    for field in pointing(model):
        wanted |= Q(**{field.attname: whose.person.pk})
    for number, field in enumerate(telling(model)):
        name = field.attname
        if isinstance(field, JSONField):
            name = f"_text_{number}"
            found = found.alias(**{name: Cast(field.attname, TextField())})
        for text in whose.written:
            wanted |= Q(**{f"{name}__contains": text})
    return found.filter(wanted).order_by("pk")


def pointing(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that name a person by her key."""
    return [
        field
        for field in model._meta.concrete_fields
        if (isinstance(field, ForeignKey) and field.related_model is Person)
        or (isinstance(field, UUIDField) and field.attname == "person_id")
    ]


def telling(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that hold text, and so perhaps her name."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices
    ]


def secret(model: type[Model], field: Field[Any, Any]) -> bool:
    """What is nobody's to read, not even hers: passwords and keys, and bytes kept in a row."""
    if isinstance(field, BinaryField):
        return True
    hidden: frozenset[str] = getattr(model, "unaudited", frozenset())
    names = {"password", "token_hash", "secret_hash", "session_key", "key"}
    is_of_sign_in = model._meta.label_lower in {"mfa.authenticator", "usersessions.usersession"}
    return (
        field.attname in names
        or (field.attname in hidden and field.attname != "content")
        or (is_of_sign_in and field.attname == "data")
    )
