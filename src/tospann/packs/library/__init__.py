"""The packs and document templates that ship with the portal, read from TOML beside this file.

``shared.toml`` holds registers, value lists and risk matrices that several packs use; a pack names
them by key and is complete once loaded.
"""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import ValidationError

from tospann.packs.definition import Document, Pack

PACKS = ("public_sector", "construction", "it_delivery", "small_general")


class PackError(ValueError):
    """A pack or document template cannot be used; the message names the file and the place."""


Model = TypeVar("Model", Pack, Document)


@cache
def packs() -> tuple[Pack, ...]:
    """The packs that ship with the portal, in the order they are offered."""
    return tuple(load_pack(_here() / f"{key}.toml") for key in PACKS)


def pack(key: str) -> Pack:
    """The shipped pack with this key; KeyError when there is none."""
    return {known.key: known for known in packs()}[key]


@cache
def documents() -> tuple[Document, ...]:
    """The document templates that ship with the portal, by key."""
    found = sorted((_here() / "documents").iterdir(), key=lambda file: file.name)
    return tuple(load_document(file) for file in found if file.name.endswith(".toml"))


def document(key: str) -> Document:
    """The shipped document template with this key; KeyError when there is none."""
    return {known.key: known for known in documents()}[key]


def load_pack(file: Traversable) -> Pack:
    """Read one pack; PackError says which file and where in it something is wrong."""
    loaded = _checked(Pack, _with_shared(file, _read(file)), file)
    known = {template.key for template in documents()}
    if missing := [key for key in loaded.documents if key not in known]:
        raise PackError(f"{file.name}: documents: not in the library: {', '.join(missing)}")
    return loaded


def load_document(file: Traversable) -> Document:
    """Read one document template; PackError says which file and where something is wrong."""
    loaded = _checked(Document, _read(file), file)
    if f"{loaded.key}.toml" != file.name:
        raise PackError(f"{file.name}: key: the file holds {loaded.key}")
    return loaded


def _here() -> Traversable:
    return files("tospann.packs.library")


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file.name}: {error}") from error


def _with_shared(file: Traversable, raw: dict[str, Any]) -> dict[str, Any]:
    """Replace the keys under registers, choices and risk_matrix by what they stand for."""
    shared = _read(_here() / "shared.toml")

    def full(part: str, entry: Any) -> Any:
        if not isinstance(entry, str):
            return entry
        try:
            return {"key": entry, **shared[part][entry]}
        except KeyError:
            raise PackError(f"{file.name}: {part}: shared.toml has no {entry}") from None

    complete = dict(raw)
    for part in ("registers", "choices"):
        if isinstance(raw.get(part), list):
            complete[part] = [full(part, entry) for entry in raw[part]]
    if "risk_matrix" not in raw:
        complete["risk_matrix"] = shared["risk_matrix"]
    return complete


def _checked(model: type[Model], raw: dict[str, Any], file: Traversable) -> Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        lines = [f"{place(raw, found['loc'])}: {found['msg']}" for found in error.errors()]
        raise PackError(f"{file.name}: " + "\n".join(lines)) from error


def place(raw: Any, path: tuple[int | str, ...]) -> str:
    """``gates.BP3.criteria.4.text.en``: entries of a list by code or key where they have one."""
    names: list[str] = []
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        named = raw if isinstance(step, int) and isinstance(raw, dict) else {}
        names.append(str(named.get("code") or named.get("key") or step))
    return ".".join(names) or "the whole"
