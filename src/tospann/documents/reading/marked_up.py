"""Words out of XML and HTML: no entities, no document types, no depth without end."""

from html.parser import HTMLParser
from xml.parsers import expat

from tospann.jobs.confinement import Refusal

DEEPEST = 256
MOST_TEXT = 1_000_000
_BREAKS = frozenset({"p", "br", "tr", "tab", "cr", "si", "h", "c", "table-row", "li", "div"})


class Enough(Exception):
    """There are as many words as are kept."""


class Words:
    """Collects the text inside some elements (by local name; none means all)."""

    def __init__(self, *inside: str) -> None:
        self.inside, self.depth, self.within, self.size = frozenset(inside), 0, 0, 0
        self.pieces: list[str] = []

    def read(self, data: bytes) -> str:
        """The text of one XML file. A document type is refused: nobody writes one in good faith."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse
        try:
            parser.Parse(data, True)
        except Enough:
            pass
        except expat.ExpatError:
            self.pieces.append("\n")
        return "".join(self.pieces)

    def _start(self, name: str, _attributes: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refusal({"because": "bomb"})
        self.within += name.rpartition(":")[2] in self.inside

    def _end(self, name: str) -> None:
        self.depth -= 1
        local = name.rpartition(":")[2]
        self.within -= local in self.inside
        if local in _BREAKS:
            self.pieces.append("\n")

    def _text(self, text: str) -> None:
        if self.within or not self.inside:
            self.pieces.append(text)
            self.size += len(text)
            if self.size > MOST_TEXT:
                raise Enough


def _refuse(*_words: object) -> None:
    raise Refusal({"because": "doctype"})


class Page(HTMLParser):
    """The words of an HTML page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0
        self.is_active = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        acts = any(name.startswith("on") or _runs(value) for name, value in attrs)
        self.is_active |= acts or tag in {"script", "iframe", "object", "embed"}

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.silent = max(0, self.silent - 1)
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def _runs(value: str | None) -> bool:
    return (value or "").strip().casefold().startswith(("javascript:", "data:text/html"))


def html(text: str) -> tuple[str, bool]:
    """The words of a page, and whether it does something by itself."""
    page = Page()
    page.feed(text)
    page.close()
    return "".join(page.pieces), page.is_active
