"""What an external edition says: only what is chosen, and of milestones only published ones.

Nothing is taken over from the internal report but the state of what was ticked, in a word: no
reasons, no money, no risks, no decisions and no names. All texts are written for the edition.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from tospann.documents import files
from tospann.foundation.arguments import Key, Line, OptionalText
from tospann.foundation.audit import canonical, digest
from tospann.reports import pdf
from tospann.reports.drafting.words import day
from tospann.reports.models import SignedReport
from tospann.reports.printing import TONES

Data = dict[str, Any]
Published = Callable[[UUID], Collection[int]]
TEXTS = ("summary", "done", "next", "needs")
_published: list[Published] = []


def published_milestones_come_from(provider: Published) -> None:
    """Called once by whoever publishes milestones outside (``rooms``)."""
    _published.append(provider)


def published(project_id: UUID) -> set[int]:
    """The uids of the milestones that are published outside."""
    return {uid for provider in _published for uid in provider(project_id)}


class Chosen(BaseModel):
    """What somebody chose and wrote."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: Line
    shows_state: bool = False
    areas: Annotated[list[Key], Field(max_length=50)] = []
    milestones: Annotated[list[int], Field(max_length=200)] = []
    summary: OptionalText = ""
    done: OptionalText = ""
    next: OptionalText = ""
    needs: OptionalText = ""


def offered_milestones(signed: SignedReport) -> list[Data]:
    """Those of the report that are published, by date."""
    may = published(signed.project_id)
    return [row for row in signed.content["facts"]["milestones"] if row["uid"] in may]


def offered_areas(signed: SignedReport) -> list[Data]:
    """The areas of the report that have a state."""
    return [one for one in signed.content["areas"] if one["light"] != "none"]


def start(signed: SignedReport) -> Data:
    """What the form begins with: texts made of published milestones alone."""
    rows = offered_milestones(signed)
    with translation.override(signed.language):
        reached = [_line(row) for row in rows if row["state"] == "done"]
        coming = [_line(row) for row in rows if row["state"] != "done"]
        title = _("Status of %(name)s") % {"name": signed.content["facts"]["name"]}
    return {
        "title": title[:200],
        "shows_state": True,
        "milestones": [str(row["uid"]) for row in rows],
        "done": "\n".join(reached),
        "next": "\n".join(coming),
    }


def _line(row: Data) -> str:
    return f"{row['name']} ({day(row['now'])})"


def content(signed: SignedReport, chosen: Chosen) -> Data:
    """The edition as data: what is frozen, shown and printed."""
    with translation.override(signed.language):
        return _content(signed, chosen)


def _content(signed: SignedReport, chosen: Chosen) -> Data:
    facts, overall = signed.content["facts"], signed.content["overall"]
    return {
        "language": signed.language,
        "title": chosen.title,
        "key": facts["key"],
        "name": facts["name"],
        "organisation": facts["organisation"],
        "since": facts["since"],
        "on": facts["on"],
        "state": _state(overall) if chosen.shows_state else None,
        "areas": [
            {"label": one["label"], **_state(one)}
            for one in offered_areas(signed)
            if one["area"] in chosen.areas
        ],
        "sections": _sections(chosen),
        "milestones": [
            _milestone(row) for row in offered_milestones(signed) if row["uid"] in chosen.milestones
        ],
    }


def _state(light: Data) -> Data:
    return {"light": light["light"], "word": light["word"]}


def _sections(chosen: Chosen) -> list[Data]:
    titles = {
        "summary": "",
        "done": _("Done since last time"),
        "next": _("Next period"),
        "needs": _("What we need from you"),
    }
    return [
        {"key": key, "title": titles[key], "text": text}
        for key in TEXTS
        if (text := getattr(chosen, key).strip())
    ]


def _milestone(row: Data) -> Data:
    is_reached = row["state"] == "done"
    word = _("Reached") if is_reached else _("Planned")
    return {"name": row["name"], "now": row["now"], "is_reached": is_reached, "word": word}


def fingerprint(made: Data) -> str:
    return digest(canonical(made))


def printed(made: Data) -> Data:
    """The content in words, for the PDF."""
    with translation.override(made["language"]):
        return _printed(made)


def _printed(made: Data) -> Data:
    on = date.fromisoformat(made["on"])
    state, areas = made["state"], made["areas"]
    lead = _("From %(since)s to %(on)s") % {"since": day(made["since"]), "on": day(made["on"])}
    return {
        **{name: made[name] for name in ("title", "key", "name", "organisation")},
        "language": made["language"][:2],
        "author": made["organisation"],
        "date": [on.year, on.month, on.day],
        "lead": lead,
        "state": _toned(state) if state else None,
        "areas": [{"label": one["label"], **_toned(one)} for one in areas],
        "sections": [_section(one) for one in made["sections"]],
        "milestones": [
            {"name": row["name"], "now": day(row["now"]), "word": row["word"],
             "tone": "success" if row["is_reached"] else "info"}
            for row in made["milestones"]
        ],
        "words": _words(made),
    }  # fmt: skip


def _toned(state: Data) -> Data:
    return {"tone": TONES[state["light"]], "word": state["word"]}


def _section(one: Data) -> Data:
    lines = [line.strip() for line in one["text"].splitlines() if line.strip()]
    return {"title": one["title"], "lines": lines}


def _words(made: Data) -> dict[str, str]:
    return {
        "figures_of": _("Figures of %(day)s") % {"day": day(made["on"])},
        "page": _("Page"),
        "of": _("of"),
        "areas": _("State of each area"),
        "area": _("Area"),
        "state": _("State"),
        "milestones": _("Milestones"),
        "milestone": _("Milestone"),
        "when": _("Date"),
    }


def keep_pdf(made: Data, names: Iterable[str]) -> files.Kept:
    """The edition as a PDF, safe on disk; raises pdf.Busy when too many are being made."""
    return files.keep(pdf.render("edition", printed(made)), "-".join(names) + ".pdf")
