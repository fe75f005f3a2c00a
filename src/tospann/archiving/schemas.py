"""The published Noark 5 schemas: the operator's own copy, in the folder the portal is told of.

They belong to those who publish them and are no part of the portal. Without them the extract is
written all the same, and said not to be validated.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element, _ElementTree

SETTING = "TOSPANN_NOARK_SCHEMAS"
STRUCTURE, CHANGES, CATALOGUE = "arkivstruktur", "endringslogg", "metadatakatalog"
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_LACKS = gettext_noop("The folder %(folder)s of %(setting)s lacks %(files)s.")
_UNREADABLE = gettext_noop("%(file)s in the folder of %(setting)s is no usable schema: %(fault)s")


class Unusable(Exception):
    """The folder is named, but the extract cannot be validated with what lies in it."""

    def __init__(self, because: Sentence) -> None:
        super().__init__(str(because))
        self.because = because


@dataclass(frozen=True)
class Schemas:
    """The three files, read and ready."""

    folder: Path
    read: "dict[str, XMLSchema]"

    @property
    def names(self) -> list[str]:
        return [f"{name}.xsd" for name in (STRUCTURE, CHANGES, CATALOGUE)]

    def copy_to(self, folder: Path) -> None:
        for name in self.names:
            shutil.copyfile(self.folder / name, folder / name)

    def faults(self, folder: Path) -> list[str]:
        """What they have against the extract; nothing when it is valid."""
        from lxml import etree

        found: list[str] = []
        for name, schema in self.read.items():
            if not schema.validate(etree.parse(str(folder / f"{name}.xml"))):
                found += [f"{name}.xml {one.line}: {one.message}" for one in schema.error_log]
        return found


def configured() -> Schemas | None:
    """The schemas of this portal; none when no folder is named. Raises Unusable."""
    if not settings.NOARK_SCHEMAS:
        return None
    folder = Path(settings.NOARK_SCHEMAS)
    names = [f"{name}.xsd" for name in (STRUCTURE, CHANGES, CATALOGUE)]
    if lacking := [name for name in names if not (folder / name).is_file()]:
        said = {"folder": str(folder), "setting": SETTING, "files": ", ".join(lacking)}
        raise Unusable(Sentence(_LACKS, said))
    return Schemas(folder, {name: _schema(folder, name) for name in (STRUCTURE, CHANGES)})


def _schema(folder: Path, name: str) -> "XMLSchema":
    from lxml import etree

    try:
        catalogue = etree.parse(str(folder / f"{CATALOGUE}.xsd"))
        tree = etree.parse(str(folder / f"{name}.xsd"))
        _leave_out_undefined(tree, catalogue)
        return etree.XMLSchema(tree)
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError) as error:
        said = {"file": f"{name}.xsd", "setting": SETTING, "fault": str(error)[:300]}
        raise Unusable(Sentence(_UNREADABLE, said)) from None


def _leave_out_undefined(
    tree: "_ElementTree[_Element]", catalogue: "_ElementTree[_Element]"
) -> None:
    """Release 5.0 has optional elements of types its own catalogue does not define; no program can
    read it with them. The extract has none of them. The files themselves stay as published."""
    known = {one.get("name") for one in catalogue.getroot()}
    space = catalogue.getroot().get("targetNamespace")
    for one in list(tree.iter(f"{_XSD}element")):
        prefix, _colon, kind = (one.get("type") or "").rpartition(":")
        is_theirs = one.nsmap.get(prefix) == space
        parent = one.getparent()
        if is_theirs and kind not in known and one.get("minOccurs") == "0" and parent is not None:
            parent.remove(one)
