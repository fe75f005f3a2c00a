"""Two slides for the steering group, made from the same plain data as the PDF."""

import io
from typing import Any

from tospann.reports import printing

Data = dict[str, Any]
_COLOURS = {
    "success": "137A33",
    "warning": "B35F00",
    "danger": "C5221F",
    "neutral": "55606E",
    "info": "0B5CAD",
}
_MARKS = {"success": "●", "warning": "▲", "danger": "■", "neutral": "○", "info": "○"}
INK, QUIET = "1E2B3C", "55606E"
MOST_LINES = 5


def slides(content: Data) -> bytes:
    """A presentation of two slides: how it stands, and what has happened and comes."""
    import pptx  # slow to import, and only needed here
    from pptx.util import Inches

    data = printing.printed(content)
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(13.333), Inches(7.5)
    made.core_properties.title = data["title"]
    made.core_properties.author = data["author"]
    made.core_properties.language = data["language"]
    _standing(made, data)
    _happening(made, data)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _standing(made: Any, data: Data) -> None:
    """The state of the whole and of each area, what must be decided, and the figures."""
    slide = _slide(made, data, f"{data['name']}: {data['state']['word']}")
    _text(
        slide,
        (0.6, 1.35, 12.1, 0.9),
        [_marked(data["state"]), _short(data["state"]["why"], 200)],
        16,
    )
    below = 2.4
    if data["areas"]:
        heads = [data["words"][key] for key in ("area", "state", "before", "why")]
        body = [
            [one["label"], _marked(one), one["before"], _short(one["why"])]
            for one in data["areas"][:8]
        ]
        _table(slide, (0.6, below, 8.2, 0.4 * (len(body) + 1)), heads, body, (1.6, 1.9, 1.5, 3.2))
    needed = data["sections"][0]
    left, width = (9.1, 3.7) if data["areas"] else (0.6, 12.1)
    _list(slide, (left, below, width, 2.6), needed)
    said = [f"{one['label']}: {one['value']} ({one['note']})" for one in data["figures"]]
    _text(slide, (left, 5.2, width, 1.4), said, 13)


def _happening(made: Any, data: Data) -> None:
    """Done, next, problems, and the milestones with their trend."""
    slide = _slide(made, data, f"{data['name']}: {data['lead']}")
    done, following, problems = data["sections"][1:4]
    for place, one in enumerate((done, following, problems)):
        _list(slide, (0.6 + 4.1 * place, 1.35, 3.9, 2.9), one)
    if data["milestones"]:
        words = data["words"]
        heads = [words[key] for key in ("milestone", "previous", "now", "trend")]
        body = [
            [one["name"], one["previous"], one["now"], _marked(one)]
            for one in data["milestones"][:5]
        ]
        _table(slide, (0.6, 4.4, 12.1, 0.36 * (len(body) + 1)), heads, body, (6.1, 1.8, 1.8, 2.4))


def _short(text: str, most: int = 80) -> str:
    """A slide has little room; the PDF says it all."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _marked(one: Data) -> str:
    return f"{_MARKS[one['tone']]} {one['word']}"


def _slide(made: Any, data: Data, title: str) -> Any:
    """A slide with a real title, which screen readers and outlines use, and a footer."""
    from pptx.util import Inches, Pt

    slide = made.slides.add_slide(made.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top = Inches(0.6), Inches(0.4)
    shape.width, shape.height = Inches(12.1), Inches(0.8)
    shape.text_frame.text = title
    _style(shape.text_frame.paragraphs[0], Pt(28), INK, bold=True)
    footer = f"{data['heading']} · {data['words']['figures_of']} · {data['signature']}"
    _text(slide, (0.6, 6.95, 12.1, 0.4), [footer], 11, QUIET)
    return slide


def _style(paragraph: Any, size: Any, colour: str, *, bold: bool = False) -> None:
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold = size, bold
    paragraph.font.color.rgb = _colour(colour)


def _text(
    slide: Any, place: tuple[float, ...], lines: list[str], size: int, colour: str = INK
) -> None:
    from pptx.util import Inches, Pt

    box = slide.shapes.add_textbox(*(Inches(one) for one in place))
    frame = box.text_frame
    frame.word_wrap = True
    for place_, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place_ == 0 else frame.add_paragraph()
        paragraph.text = line
        _style(paragraph, Pt(size), colour)


def _list(slide: Any, place: tuple[float, ...], section: Data) -> None:
    from pptx.util import Pt

    shown = [f"– {_short(line, 110)}" for line in section["lines"][:MOST_LINES]]
    more = len(section["lines"]) - MOST_LINES
    shown += [f"… +{more}"] if more > 0 else []
    _text(slide, place, [section["title"], *(shown or [section["nothing"]])], 13)
    frame = slide.shapes[-1].text_frame
    _style(frame.paragraphs[0], Pt(16), INK, bold=True)


def _table(
    slide: Any,
    place: tuple[float, ...],
    heads: list[str],
    body: list[list[str]],
    widths: tuple[float, ...],
) -> None:
    from pptx.util import Inches

    frame = slide.shapes.add_table(len(body) + 1, len(heads), *(Inches(one) for one in place))
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Inches(width)
    for number, row in enumerate([heads, *body]):
        for column_, text in enumerate(row):
            _cell(frame.table.cell(number, column_), text, is_head=number == 0)


def _cell(cell: Any, text: str, *, is_head: bool) -> None:
    from pptx.util import Pt

    cell.text = text
    cell.fill.solid()
    cell.fill.fore_color.rgb = _colour("EAF1F9" if is_head else "FFFFFF")
    mark = next((tone for tone, sign in _MARKS.items() if text.startswith(f"{sign} ")), "")
    colour = INK if is_head or not mark else _COLOURS[mark]
    _style(cell.text_frame.paragraphs[0], Pt(12), colour, bold=is_head)


def _colour(code: str) -> Any:
    from pptx.dml.color import RGBColor

    red, green, blue = bytes.fromhex(code)
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]  # pptx names no types here
