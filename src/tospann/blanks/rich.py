"""Longer texts (markdown) as blocks of runs, for files: no HTML in between."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Block = dict[str, Any]
Run = dict[str, Any]


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


def blocks(text: str) -> list[Block]:
    """Paragraphs, headings and list entries in reading order.

    Each is ``{"kind": p|h|ul|ol, "level": n, "number": n, "runs": [{"text", "bold", "italic"}]}``.
    """
    return list(_blocks(_reader().parse(text)))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    lists: list[tuple[str, int]] = []
    starts, heading = False, False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                kind = "ul" if token.type.startswith("bullet") else "ol"
                lists.append((kind, int(token.attrs.get("start", 1)) - 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                kind, number = lists[-1]
                lists[-1], starts = (kind, number + 1), True
            case "heading_open":
                heading = True
            case "heading_close":
                heading = False
            case "inline":
                yield _block(token, lists, heading=heading, starts=starts)
                starts = False
            case "fence" | "code_block":
                yield {"kind": "p", "level": 0, "number": 0, "runs": [_run(token.content.strip())]}


def _block(token: Token, lists: list[tuple[str, int]], *, heading: bool, starts: bool) -> Block:
    kind, number = ("h", 0) if heading else (lists[-1] if lists and starts else ("p", 0))
    level = max(len(lists) - 1, 0)
    return {"kind": kind, "level": level, "number": number, "runs": list(_runs(token))}


def _runs(token: Token) -> Iterator[Run]:
    bold = italic = 0
    href = ""
    for one in token.children or ():
        match one.type:
            case "strong_open" | "strong_close":
                bold += 1 if one.type.endswith("open") else -1
            case "em_open" | "em_close":
                italic += 1 if one.type.endswith("open") else -1
            case "link_open":
                href = str(one.attrs.get("href", ""))
            case "link_close":
                if href.startswith(("http://", "https://")):
                    yield _run(f" ({href})")
                href = ""
            case "softbreak":
                yield _run(" ")
            case "hardbreak":
                yield _run("\n")
            case _ if one.content:
                yield {"text": one.content, "bold": bold > 0, "italic": italic > 0}


def _run(text: str) -> Run:
    return {"text": text, "bold": False, "italic": False}


def plain(text: str) -> str:
    """The same without marks: what stands in a cell."""
    return "\n".join("".join(run["text"] for run in block["runs"]) for block in blocks(text))
