"""A filled-in template as a whole: its form, what the fields hold, and what the portal adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tospann.blanks import formulas, live, queries, values
from tospann.blanks.definition import FROM_DECISION, HEAD, LOG, Field, Form, Section, form
from tospann.blanks.live import Drawn
from tospann.blanks.models import SETTLED, Edition, EditionState, Filled, Value
from tospann.projects.models import Project
from tospann.ui import formats

STAYS = frozenset({"signature", "calc"})


@dataclass(frozen=True)
class Content:
    """Everything there is to a filled-in template, in one language."""

    language: str
    form: Form
    values: Mapping[str, Any]
    drawn: Mapping[str, Drawn]
    numbers: Mapping[str, int] = field(default_factory=dict)
    """How often each field was changed: what a later change is compared with."""

    def rows(self, of: Field) -> list[dict[str, Any]]:
        """The rows of a table as they are shown: fixed ones first, then computed cells."""
        found = live.visible(values.rows_of(self.values.get(of.address)))
        if of.rows:
            typed = {row.get("_id"): row for row in found}
            first = of.columns[0].key
            found = [{**typed.get(r.key, {}), "_id": r.key, first: r.label} for r in of.rows]
        return [formulas.with_computed(of, row) for row in _numbered(of, found)]

    def is_empty(self, of: Field) -> bool:
        if of.address in self.drawn:
            return self.drawn[of.address].is_empty
        if of.kind == "table":
            own = {column.key for column in of.typed_columns}
            rows = [{k: row.get(k) for k in own} for row in self.rows(of)]
            return values.is_empty(rows)
        return values.is_empty(self.values.get(of.address))


def _numbered(of: Field, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Running ids (K1, K2) where the template wants them and nobody wrote any."""
    for column in of.columns:
        if column.number_prefix:
            rows = [
                {**row, column.key: row.get(column.key) or f"{column.number_prefix}{place}"}
                for place, row in enumerate(rows, 1)
            ]
    return rows


def now(of: Filled, language: str, *, restricted: bool = True) -> Content:
    """The content as it stands, with what the registers hold today."""
    shown = without_restricted(form(of.blank, language), restricted)
    kept = queries.values(of)
    with translation.override(language):
        found = {
            one.address: _present(of.project, one, kept.get(one.address), language)
            for one in shown
            if (one.kind == "table" and live.register(one.source)) or one.address in kept
        }
        drawn = _drawn(of, shown, language)
    return Content(language, shown, found, drawn, {key: one.number for key, one in kept.items()})


def of_edition(of: Edition, language: str, *, restricted: bool = True) -> Content:
    """The content as it was sent, approved or published."""
    shown = without_restricted(form(of.filled.blank, language), restricted)
    drawn = {key: Drawn.from_json(one) for key, one in of.live.items()}
    with translation.override(language):
        settled = _settled(of.filled, of, language)
        signed = {one.address: settled["signature"] for one in shown if one.kind == "signature"}
        head = {f"{HEAD}.{key}": settled[what] for key, what in FROM_DECISION.items()}
        log = {f"{LOG}.revision_history": _log(of.filled, language)}
    frozen = {**drawn, **log, **head, **signed}
    there = {key: one for key, one in frozen.items() if key in shown.by_address}
    return Content(language, shown, of.values, there)


def without_restricted(of: Form, restricted: bool) -> Form:
    """Judgements of people are for the project's core alone."""
    if restricted:
        return of
    sections = (
        Section(
            s.key,
            s.title,
            s.help,
            tuple(one for one in s.fields if not one.restricted),
        )
        for s in of.sections
    )
    return Form(of.name, of.kind, of.note, of.head, tuple(s for s in sections if s.fields), of.logs)


def _present(project: Project, one: Field, kept: Value | None, language: str) -> Any:
    stored = kept.value if kept else None
    register = live.register(one.source) if one.kind == "table" else None
    if register is None:
        return stored
    return live.presented(register, register.rows(project, language), stored)


def _drawn(of: Filled, shown: Form, language: str) -> dict[str, Drawn]:
    """What nobody types, by address."""
    found: dict[str, Drawn] = {}
    settled = _settled(of, None, language)
    for one in shown:
        if one.address.startswith(HEAD) and one.key in FROM_DECISION:
            found[one.address] = settled[FROM_DECISION[one.key]]
        elif one.address == f"{LOG}.revision_history":
            found[one.address] = _log(of, language)
        elif one.kind == "signature":
            found[one.address] = settled["signature"]
        elif one.is_drawn:
            draw = live.drawer(one.kind, one.source)
            found[one.address] = draw(of.project, language) if draw else Drawn()
    return found


def _settled(of: Filled, edition: Edition | None, language: str) -> dict[str, Drawn]:
    """What the decision adds: who, when, and with what outcome."""
    one = edition or queries.latest(of, *SETTLED)
    by, on = (one.settled_by, one.settled_at) if one else ("", None)
    day = formats.short_date(on.date(), language) if on else ""
    made = one.made_by.name if one and one.made_by else ""
    words = {
        "project": of.project.key,
        "case": one.case_label if one else "",
        "decided_on": day,
        "decided_by": by,
        "prepared_by": made or (of.prepared_by.name if of.prepared_by else ""),
        "decision": _outcome(one),
        "signature": _("%(name)s, %(day)s") % {"name": by, "day": day} if by else "",
    }
    source = _("From the project and its decision")
    return {key: Drawn(source=source, text=text) for key, text in words.items()}


def _outcome(of: Edition | None) -> str:
    return str(EditionState(of.state).label) if of and of.settled_at else ""


def _log(of: Filled, language: str) -> Drawn:
    rows = tuple(
        (
            str(one.number),
            formats.short_date(one.made_at.date(), language),
            one.comment or str(EditionState(one.state).label),
            one.made_by.name if one.made_by else "",
            one.settled_by,
        )
        for one in queries.editions(of).order_by("number")
    )
    heads = (_("Version"), _("Date"), _("What is new"), _("Prepared by"), _("Decided by"))
    return Drawn(source=_("From the versions of this document"), heads=heads, rows=rows)


def frozen(of: Content) -> tuple[dict[str, Any], dict[str, Any]]:
    """What an edition keeps: the values of the fields, and what the portal drew."""
    kept = {key: value for key, value in of.values.items() if not values.is_empty(value)}
    drawn = {
        key: one.to_json()
        for key, one in of.drawn.items()
        if not key.startswith((HEAD, LOG)) and of.form.by_address[key].kind != "signature"
    }
    return kept, drawn
