"""Names of documents and folders: any name a file system allows, and how two are compared."""

import unicodedata
from collections.abc import Container
from typing import Annotated

from django.utils.translation import gettext
from pydantic import AfterValidator, StringConstraints

LONGEST = 255


def composed(name: str) -> str:
    """The name in composed form (NFC), as every name is stored."""
    return unicodedata.normalize("NFC", name)


def key_of(name: str) -> str:
    """What names are compared by: case and ways of composing a letter make no difference."""
    return composed(askable(name).casefold())


def askable(name: str) -> str:
    """The name as a database may be asked for it: none holds NUL, which PostgreSQL refuses."""
    return composed(name).replace("\0", "/")


def checked(name: str) -> str:
    """A name that can stand in a path; ``ValueError`` (with a sentence) for any other."""
    name = composed(name)
    if not name.strip() or name in {".", ".."}:
        raise ValueError(gettext("This cannot be empty."))
    if "/" in name or any(unicodedata.category(part) in {"Cc", "Cs"} for part in name):
        raise ValueError(gettext("A name cannot hold “/” or characters that are not shown."))
    if len(name.encode()) > LONGEST:
        raise ValueError(gettext("The name is too long."))
    return name


FileName = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(checked)]


def free(name: str, taken: Container[str]) -> str:
    """The name, or “Notat (2).docx” and so on where its key is among those taken."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    found, number = name, 1
    while key_of(found) in taken:
        number += 1
        tail = f" ({number}){dot}{ending}"
        found = stem.encode()[: LONGEST - len(tail.encode())].decode(errors="ignore") + tail
    return found
