"""Packs as files: JSON out, JSON or TOML in."""

import json
import tomllib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from tospann.foundation.errors import Invalid
from tospann.packs.commands.keeping import MOST_BYTES
from tospann.packs.definition import Pack


def written(pack: Pack) -> bytes:
    """The pack as JSON that can be read back."""
    return json.dumps(pack.model_dump(mode="json"), ensure_ascii=False, indent=1).encode()


def read(file: "UploadedFile[Any]") -> dict[str, Any]:
    """The definition in a file, unchecked; Invalid when it is neither JSON nor TOML."""
    if (file.size or 0) > MOST_BYTES:
        raise Invalid(gettext("The file is too large."), "file")
    try:
        text = file.read().decode("utf-8-sig")
        parsed = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Invalid(
            gettext("The file can be read neither as JSON nor as TOML: %(why)s")
            % {"why": str(error)[:300]},
            "file",
        ) from None
    if not isinstance(parsed, dict):
        raise Invalid(gettext("The file does not hold a template pack."), "file")
    return parsed
