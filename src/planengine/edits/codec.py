"""Edits as JSON objects: `{"kind": "link.add", "version": 1, …fields}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from planengine.codec import DecodeError, Json, decoder, encoder, from_json, to_json
from planengine.edits import kinds
from planengine.edits.errors import EditError
from planengine.edits.kinds import Edit

EDIT_VERSION = 1
"""Version of the edits' JSON form; `edit_from_json` refuses others."""


def _all_kinds(root: type[Edit]) -> Iterable[type[Edit]]:
    for child in root.__subclasses__():
        if "kind" in vars(child):
            yield child
        yield from _all_kinds(child)


EDIT_KINDS: Mapping[str, type[Edit]] = {
    kind.kind: kind for kind in sorted(_all_kinds(Edit), key=lambda kind: kind.kind)
}
"""Every kind of edit by its name in JSON."""


def edit_to_json(edit: Edit) -> Json:
    """The edit as a JSON object; fields that have their default value are left out."""
    if isinstance(edit, kinds.ReplacePlan):
        body: Json = {"plan": to_json(edit.plan)}
    else:
        body = cast(Json, encoder(cast(Any, type(edit)))(edit))
    return {"kind": edit.kind, "version": EDIT_VERSION, **body}


def edit_from_json(value: object) -> Edit:
    """The edit a JSON object describes.

    Raises `EditError` with the path of what is unknown, missing or of the wrong type. A missing
    `version` means the newest. Whether the edit fits a plan is seen when it is applied.
    """
    if not isinstance(value, Mapping):
        raise EditError("edit.shape", "", "must be an object")
    body: dict[Any, Any] = dict(value)
    name = body.pop("kind", None)
    kind = EDIT_KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise EditError("edit.kind", "kind", name)
    version = body.pop("version", EDIT_VERSION)
    if version != EDIT_VERSION or isinstance(version, bool):
        raise EditError("edit.version", "version", version)
    try:
        if kind is kinds.ReplacePlan:
            return _replacement(body)
        return cast(Edit, decoder(cast(Any, kind))(body))
    except DecodeError as error:
        raise EditError("edit.shape", error.path, error.problem) from None


def _replacement(body: dict[Any, Any]) -> kinds.ReplacePlan:
    """A whole plan travels in its own versioned form."""
    if "plan" not in body:
        raise DecodeError("plan", "is missing")
    for name in body:
        if name != "plan":
            raise DecodeError(str(name), "is not a known field")
    try:
        return kinds.ReplacePlan(from_json(body["plan"]))
    except DecodeError as error:
        raise error.under("plan") from None
