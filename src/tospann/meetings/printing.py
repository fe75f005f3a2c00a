"""Minutes as a tagged PDF for archives, in the language of the project."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tospann.cases.models import DecisionOutcome
from tospann.meetings.minutes import Content
from tospann.meetings.models import ItemKind
from tospann.projects.queries import id_of
from tospann.seals import typeset
from tospann.ui import formats
from tospann.ui.pdf import ARCHIVABLE

TEMPLATE = "meetings/typst/minutes.typ"


def pdf(content: Content, language: str) -> bytes:
    """The file that is sent; raises ui.pdf.Busy when too many are being made."""
    with translation.override(language):
        said = data(content, language)
        return typeset(TEMPLATE, said, standards=ARCHIVABLE, project_id=id_of(content["key"]))


def data(content: Content, language: str) -> dict[str, Any]:
    """Everything the page says, in words."""
    starts = timezone.localtime(datetime.fromisoformat(content["starts_at"]))
    called = content["called"]
    return {
        "language": language[:2],
        "title": _("Minutes: %(title)s") % {"title": content["title"]},
        "heading": content["title"],
        "key": f"{content['key']}-{content['number']}",
        "project": content["project"],
        "organisation": content["organisation"],
        "author": content["minutes_by"] or content["organisation"],
        "date": [starts.year, starts.month, starts.day],
        "facts": _facts(content, starts, language),
        "present": _names(called, True),
        "absent": _names(called, False),
        "unknown": _names(called, None),
        "items": [_item(item, language) for item in content["items"]],
        "carried_over": [_owed(row, language) for row in content["carried_over"]],
        "remarks": _("Remarks are made by %(day)s. After that the minutes are locked.")
        % {"day": _day(content["remarks_due_on"], language)},
        "words": _words(),
    }


def readable(content: Content) -> Content:
    """The content for pages and mails: dates as dates, and what was born by its word."""
    items = [
        {**item, "born": [_readable(row) | {"word": _word(row)} for row in item["born"]]}
        for item in content["items"]
    ]
    return {
        **content,
        "items": items,
        "carried_over": [_readable(row) for row in content["carried_over"]],
    }


def _readable(row: Content) -> Content:
    return {**row, "due_on": date.fromisoformat(row["due_on"]) if row["due_on"] else None}


def _facts(content: Content, starts: datetime, language: str) -> list[list[str]]:
    shown = f"{formats.weekday_name(starts.date(), language)} " + formats.date_and_time(
        starts, language
    )
    facts = [
        (_("Time"), shown),
        (_("Place"), content["place"]),
        (_("Series"), content["series"]),
        (_("Minutes by"), content["minutes_by"]),
    ]
    return [[label, value] for label, value in facts if value]


def _names(called: list[Content], is_present: bool | None) -> list[str]:
    return [
        f"{one['name']} ({one['organisation']})" if one["organisation"] else one["name"]
        for one in called
        if one["is_present"] is is_present
    ]


def _item(item: Content, language: str) -> dict[str, Any]:
    return {
        "label": item["label"],
        "title": item["title"],
        "kind": str(ItemKind(item["kind"]).label),
        "responsible": item["responsible"],
        "paragraphs": [part for part in item["text"].split("\n") if part.strip()],
        "born": [_born(row, language) for row in item["born"]],
    }


def _born(row: Content, language: str) -> list[str]:
    return [_word(row), row["short_id"], row["title"], row["who"], _day(row["due_on"], language)]


def _word(row: Content) -> str:
    word = born_word(row["kind"])
    if row["kind"] == "decision" and row["state"] in DecisionOutcome.values:
        outcome = DecisionOutcome(row["state"])
        if outcome is not DecisionOutcome.RECORDED:
            return f"{word}: {outcome.label}"
    return word


def born_word(kind: str) -> str:
    """What was born, in the reader's language."""
    words = {
        "action": _("Action"),
        "decision": _("Decision"),
        "risk": _("Risk"),
        "problem": _("Problem"),
        "deviation": _("Deviation"),
        "promise": _("Promise"),
    }
    return words.get(kind, kind)


def _owed(row: Content, language: str) -> list[str]:
    return [row["short_id"], row["title"], row["who"], _day(row["due_on"], language)]


def _day(text: str, language: str) -> str:
    if not text:
        return ""
    return formats.short_date(date.fromisoformat(text), language).replace(" ", formats.NBSP)


def _words() -> dict[str, str]:
    return {
        "minutes": _("Minutes"),
        "present": _("Present"),
        "absent": _("Not present"),
        "called": _("Called"),
        "responsible": _("Responsible"),
        "kind": _("Kind"),
        "what": _("What"),
        "id": _("No."),
        "who": _("Who"),
        "when": _("When"),
        "nothing": _("Nothing was noted."),
        "carried_over": _("Still open from earlier meetings"),
        "page": _("Page"),
        "of": _("of"),
    }
