"""XML as WebDAV speaks it: small, without document types or entities, of bounded depth."""

from xml.etree import ElementTree as ET
from xml.parsers import expat

from django.http import HttpResponse

DAV = "{DAV:}"
OURS = "urn:tospann:dav"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DEEPEST = 40
MOST_ELEMENTS = 5_000
ET.register_namespace("D", "DAV:")
ET.register_namespace("T", OURS)
Element = ET.Element


class NotXml(ValueError):
    """The body is not XML we read."""


def element(name: str, *inside: Element, text: str = "") -> Element:
    """An element of the DAV: namespace."""
    made = ET.Element(DAV + name)
    made.extend(inside)
    if text:
        made.text = shown(text)
    return made


def foreign(name: str, text: str) -> Element:
    made = ET.Element(f"{{{OURS}}}{name}")
    made.text = shown(text)
    return made


def shown(text: str) -> str:
    """The text without characters that XML cannot carry."""
    return "".join(part for part in text if _may_stand(ord(part)))


def _may_stand(code: int) -> bool:
    return code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


def parsed(data: bytes) -> Element:
    """The root element. ``NotXml`` for anything else: document types, entities, depth, junk."""
    reader = _Reader()
    try:
        return reader.read(data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotXml(str(error)) from None


class _Reader:
    """Builds the tree by hand, so that nothing we do not want is ever built."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.builder = ET.TreeBuilder()
        self.depth = self.count = 0

    def read(self, data: bytes) -> Element:
        self.parser.Parse(data, True)
        return self.builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise ValueError("too much")
        self.builder.start(_name(name), {_name(key): of for key, of in attributes.items()})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(_name(name))

    def _text(self, text: str) -> None:
        self.builder.data(text)

    def _refuse(self, *_declared: object) -> None:
        raise ValueError("a document type")


def _name(name: str) -> str:
    return "{" + name if "}" in name else name


def written(root: Element) -> str:
    """The element and what is in it (not what follows it) as text."""
    tail, root.tail = root.tail, None
    try:
        return ET.tostring(root, encoding="unicode")
    finally:
        root.tail = tail


def answer(root: Element, status: int = 207) -> HttpResponse:
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(data, status=status, content_type="application/xml; charset=utf-8")
