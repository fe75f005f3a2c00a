"""Dataclasses to and from plain JSON values, driven by their own field types, strict both ways."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from planengine.model import Plan

Json = dict[str, Any]
"""A JSON object: strings, numbers, booleans, `None`, lists and objects only."""

FORMAT = "tospann-plan"
VERSION = 1
"""Version of the plan's JSON form; `from_json` refuses others."""

_LARGEST = 2**53
_Encoder = Callable[[Any], Any]
_Decoder = Callable[[Any], Any]


class DecodeError(ValueError):
    """A JSON value that does not fit. `path` says where (`activities[3].uid`), `problem` what."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path or 'value'}: {problem}")
        self.path = path
        self.problem = problem

    def under(self, step: str) -> DecodeError:
        """The same problem seen from one level further out."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return DecodeError(f"{step}{joint}{self.path}", self.problem)


def to_json(plan: Plan) -> Json:
    """The plan as a JSON object: compact (default values are left out), versioned, same every
    time.
    """
    body = cast(Json, encoder(Plan)(plan))
    return {"format": FORMAT, "version": VERSION, **body}


def from_json(value: object) -> Plan:
    """The plan a JSON object describes.

    Raises `DecodeError` naming the place: unknown fields, wrong types, a wrong format or version.
    The plan is not checked further; see `validate`.
    """
    if not isinstance(value, Mapping):
        raise DecodeError("", "must be an object")
    body = dict(value)
    if body.pop("format", None) != FORMAT:
        raise DecodeError("format", f"must be “{FORMAT}”")
    if body.pop("version", None) != VERSION:
        raise DecodeError("version", f"must be {VERSION}")
    return cast(Plan, decoder(Plan)(body))


def canonical(value: object) -> bytes:
    """A JSON value as bytes with sorted keys and no spaces: the same value gives the same bytes."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def content_hash(plan: Plan) -> str:
    """SHA-256, 64 hexadecimal digits, of the plan's canonical JSON. Equal plans, equal hashes."""
    return hashlib.sha256(canonical(to_json(plan))).hexdigest()


@cache
def encoder(kind: Any) -> _Encoder:
    """A function that turns a value of type `kind` into its JSON form."""
    origin, parts = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _object_encoder(cast(type, kind))
    if origin in (Union, UnionType):
        inner = encoder(_one_of(parts))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and parts[-1] is Ellipsis:
        each = encoder(parts[0])
        return lambda value: [each(item) for item in value]
    if origin is tuple:
        ways = [encoder(part) for part in parts]
        return lambda value: [way(item) for way, item in zip(ways, value, strict=True)]
    if kind is float:
        return _number
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str
    return lambda value: value


def _number(value: float) -> float:
    """Whole numbers as integers, so that 50 and 50.0 have one form."""
    return int(value) if float(value).is_integer() else value


def _object_encoder(kind: type) -> _Encoder:
    hints = get_type_hints(kind)
    columns = [(item.name, _default(item), encoder(hints[item.name])) for item in fields(kind)]

    def encode(value: Any) -> Json:
        row: Json = {}
        for name, default, inner in columns:
            part = getattr(value, name)
            if part is not default and part != default:
                row[name] = inner(part)
        return row

    return encode


def _default(item: Field[Any]) -> Any:
    return _REQUIRED if item.default is MISSING else item.default


_REQUIRED = object()


@cache
def decoder(kind: Any) -> _Decoder:
    """A function that checks a JSON value and makes a value of type `kind` of it.

    The function raises `DecodeError` with the path below the value it was given.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _object_decoder(cast(type, kind))
    if origin in (Union, UnionType):
        inner = decoder(_one_of(parts))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and parts[-1] is Ellipsis:
        return _list_decoder(decoder(parts[0]))
    if origin is tuple:
        return _pair_decoder([decoder(part) for part in parts])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _enum_decoder(kind)
    return _PLAIN[kind]


def _one_of(parts: tuple[Any, ...]) -> Any:
    (inner,) = (part for part in parts if part is not NoneType)
    return inner


def _object_decoder(kind: type) -> _Decoder:
    hints = get_type_hints(kind)
    columns = {item.name: decoder(hints[item.name]) for item in fields(kind)}
    required = [item.name for item in fields(kind) if item.default is MISSING]

    def decode(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise DecodeError("", "must be an object")
        given: dict[str, Any] = {}
        name = ""
        try:
            for name, part in value.items():
                given[name] = columns[name](part)
        except KeyError:
            raise DecodeError(str(name), "is not a known field") from None
        except DecodeError as error:
            raise error.under(name) from None
        for name in required:
            if name not in given:
                raise DecodeError(name, "is missing")
        return kind(**given)

    return decode


def _list_decoder(inner: _Decoder) -> _Decoder:
    def decode(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise DecodeError("", "must be a list")
        items: list[Any] = []
        try:
            for item in value:
                items.append(inner(item))  # noqa: PERF401 - its length is the place in an error
        except DecodeError as error:
            raise error.under(f"[{len(items)}]") from None
        return tuple(items)

    return decode


def _pair_decoder(ways: list[_Decoder]) -> _Decoder:
    def decode(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(ways):
            raise DecodeError("", f"must be a list of {len(ways)}")
        items: list[Any] = []
        try:
            for way, item in zip(ways, value, strict=True):
                items.append(way(item))
        except DecodeError as error:
            raise error.under(f"[{len(items)}]") from None
        return tuple(items)

    return decode


def _enum_decoder(kind: type[StrEnum]) -> _Decoder:
    known = {member.value: member for member in kind}

    def decode(value: Any) -> StrEnum:
        found = known.get(value) if isinstance(value, str) else None
        if found is None:
            raise DecodeError("", f"must be one of {', '.join(known)}")
        return found

    return decode


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise DecodeError("", "must be a whole number")
    if abs(value) > _LARGEST:
        raise DecodeError("", "is too large a number")
    return value


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DecodeError("", "must be a number")
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise DecodeError("", "is too large a number")
    return float(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise DecodeError("", "must be true or false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise DecodeError("", "must be a text")
    return value


_PLAIN: dict[Any, _Decoder] = {int: _whole, float: _real, bool: _truth, str: _text}
