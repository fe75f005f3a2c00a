"""Text as it is kept: without what cannot be stored, and without what others wrote before."""

import re
from html.parser import HTMLParser

MOST_CHARACTERS = 100_000
_BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote"}
_SILENT = {"script", "style", "head", "title", "template"}
_QUOTES = re.compile(
    r"^(?:-{2,} ?(?:Original Message|Opprinnelig melding|Videresendt melding).*"
    r"|(?:Fra|From|Von|Från): .+|_{20,}"
    r"|(?:Den|On|På|Am|El|Le) .{4,200}(?:skrev|wrote|schrieb|escribió|écrit).{0,80}:\s*)$",
    re.IGNORECASE,
)


def clean(text: str, most: int = MOST_CHARACTERS) -> str:
    """Printable text with plain line ends, at most so long."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    kept = "".join(one for one in plain[: most * 2] if one in "\n\t" or one.isprintable())
    return re.sub(r"\n{3,}", "\n\n", kept).strip()[:most]


def line(text: str, most: int) -> str:
    """One line of it."""
    return " ".join(clean(text, most * 2).split())[:most]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BREAKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"\s+", " ", data))


def of_html(source: str) -> str:
    """What a reader sees of HTML, as lines."""
    reader = _Reader()
    reader.feed(source[: MOST_CHARACTERS * 10])
    reader.close()
    lines = (" ".join(one.split()) for one in "".join(reader.said).split("\n"))
    return clean("\n".join(lines))


def own(text: str) -> str:
    """What the sender wrote herself: what stands above what she answers."""
    kept: list[str] = []
    for one in text.split("\n"):
        if _QUOTES.match(one.strip()) or one.startswith(">"):
            break
        kept.append(one)
    return "\n".join(kept).strip() or text.strip()
