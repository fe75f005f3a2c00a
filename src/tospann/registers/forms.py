"""A form made from a register's columns, and the form that makes a register."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.projects.models import RegisterDefinition
from tospann.registers.columns import STATUS, Choice, Column
from tospann.registers.models import Line
from tospann.registers.queries import Kept
from tospann.ui.forms import DateField, Form, MoneyField, NumberField, Suggestion

Team = Sequence[tuple[str, str]]
PREFIX = "own-"
MOST_COLUMNS, SPARE = 24, 4
"""Columns a register may have, and how many empty ones its form offers."""
KINDS = (
    *(("text", _("A line of text")), ("rich_text", _("Text")), ("number", _("Number"))),
    *(("money", _("Amount")), ("year", _("Year")), ("date", _("Date"))),
    *(("datetime", _("Date and time")), ("bool", _("Yes or no"))),
    *(("choice", _("A choice among values")), ("person", _("Somebody on the team"))),
)


class LineForm(Form):
    """What every row has, and the register's own columns after it."""

    layout = (("owner", "due_on", "state"),)

    title = forms.CharField(label=_("Title"), max_length=200)
    owner = forms.TypedChoiceField(
        label=_("Owner"), required=False, coerce=UUID, empty_value=None, widget=Suggestion
    )
    due_on = DateField(label=_("Due date"), required=False)
    state = forms.ChoiceField(label=_("State"))

    def __init__(
        self, data: Any = None, *, kept: Kept, team: Team, line: Line | None = None, **more: Any
    ) -> None:
        initial = more.pop("initial", {}) | (_typed(line, kept) if line else {})
        super().__init__(data, initial=initial, version=line.version if line else None, **more)
        self.kept = kept
        states = [(one.key, one.label) for one in kept.states]
        if line and line.state not in dict(states):
            states.append((line.state, line.state))
        self._offer("owner", [("", gettext("Nobody yet")), *team])
        self._offer("state", states)
        for column in kept.own:
            self.fields[PREFIX + column.key] = _field(column, team)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def arguments(self) -> dict[str, Any]:
        """What the command takes."""
        typed = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        values = {
            key.removeprefix(PREFIX): _plain(typed.pop(key))
            for key in list(typed)
            if key.startswith(PREFIX)
        }
        return typed | {"values": {k: v for k, v in values.items() if v not in (None, "", False)}}


def _plain(value: Any) -> Any:
    """A typed value as the command and its stored form have it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def _typed(line: Line, kept: Kept) -> dict[str, Any]:
    """A row as its form begins."""
    own = {PREFIX + one.key: _begun(one, line.values.get(one.key)) for one in kept.own}
    fields = ("title", "due_on", "state")
    return {name: getattr(line, name) for name in fields} | {"owner": line.owner_id} | own


def _begun(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.kind == "date":
        return date.fromisoformat(value)
    return Decimal(value) if column.kind in {"number", "money"} else value


def _field(column: Column, team: Team) -> forms.Field:
    said: dict[str, Any] = {
        "label": column.label,
        "required": column.required,
        "help_text": column.help,
    }
    match column.kind:
        case "rich_text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **said)
        case "number":
            return NumberField(**said)
        case "money":
            return MoneyField(**said)
        case "year":
            return forms.IntegerField(min_value=1800, max_value=2200, **said)
        case "date":
            return DateField(**said)
        case "datetime":
            widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            return forms.DateTimeField(widget=widget, **said)
        case "bool":
            return forms.BooleanField(**said)
        case "choice":
            return forms.ChoiceField(choices=_offered(column.choices), **said)
        case "person":
            return forms.ChoiceField(choices=[("", "–"), *team], widget=Suggestion, **said)
    return forms.CharField(max_length=500, **said)


def _offered(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    return [("", "–"), *((one.key, one.label) for one in choices)]


class RegisterForm(Form):
    """A register of one's own: its title, its columns, and what may be chosen in each."""

    title = forms.CharField(label=_("Title"), max_length=200)
    states = forms.CharField(
        label=_("States"),
        max_length=2000,
        required=False,
        help_text=_(
            "One after the other, with commas; the last ends a row. Open and closed when empty."
        ),
    )

    def __init__(
        self, data: Any = None, *, register: RegisterDefinition | None = None, **more: Any
    ) -> None:
        begun = _columns_of(register) if register else {}
        super().__init__(
            data, initial=begun, version=register.version if register else None, **more
        )
        self.known = register
        self.places = range(1, min(MOST_COLUMNS, len(self._before()) + SPARE) + 1)
        for n in self.places:
            self.fields[f"label_{n}"] = forms.CharField(
                label=_("Column %(n)s") % {"n": n}, max_length=100, required=False
            )
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=_("Kind"), choices=KINDS, initial="text"
            )
            self.fields[f"values_{n}"] = forms.CharField(
                label=_("Values, with commas"), max_length=2000, required=False
            )

    layout = tuple(
        tuple(f"{part}_{n}" for part in ("label", "kind", "values"))
        for n in range(1, MOST_COLUMNS + 1)
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for n in self.places:
            is_choice = typed.get(f"kind_{n}") == "choice" and typed.get(f"label_{n}")
            if is_choice and len(_words(typed.get(f"values_{n}", ""))) < 2:
                self.add_error(f"values_{n}", gettext("Write two values or more."))
        return typed

    def columns(self) -> list[dict[str, Any]]:
        """As they are kept. A column that was there keeps its key, and thereby its values."""
        typed, before = self.cleaned_data, self._before()
        found: list[dict[str, Any]] = []
        for n in self.places:
            if label := typed[f"label_{n}"]:
                old: dict[str, Any] = before[n - 1] if n <= len(before) else {}
                found.append(_column(old, label, typed[f"kind_{n}"], typed[f"values_{n}"], found))
        if states := _words(typed["states"]):
            choices = _choices(states, self._old_states())
            choices[-1]["final"] = True
            label = gettext("State")
            found.append({"key": STATUS, "label": label, "kind": "choice", "choices": choices})
        return found + self._untouched(typed_states=bool(states))

    def _before(self) -> list[dict[str, Any]]:
        return [one for one in _stored(self.known) if _is_shown(one)]

    def _untouched(self, *, typed_states: bool) -> list[dict[str, Any]]:
        """Columns of the pack this form does not show; its states until others are typed."""
        hidden = [one for one in _stored(self.known) if not _is_shown(one)]
        return [
            one
            for one in hidden
            if one["key"] != STATUS or (one.get("choice_list") and not typed_states)
        ]

    def _old_states(self) -> list[dict[str, Any]]:
        old = next((one for one in _stored(self.known) if one["key"] == STATUS), {})
        return list(old.get("choices") or [])


def _stored(register: RegisterDefinition | None) -> list[dict[str, Any]]:
    return list(register.columns) if register else []


def _is_shown(column: Mapping[str, Any]) -> bool:
    """Whether the form can say all there is to say of a column."""
    return (
        column["key"] != STATUS and column["kind"] in dict(KINDS) and not column.get("choice_list")
    )


def _columns_of(register: RegisterDefinition) -> dict[str, Any]:
    begun: dict[str, Any] = {"title": register.title}
    shown = [one for one in register.columns if _is_shown(one)]
    for n, one in enumerate(shown[:MOST_COLUMNS], 1):
        begun |= {f"label_{n}": one["label"], f"kind_{n}": one["kind"]}
        begun[f"values_{n}"] = ", ".join(str(c["label"]) for c in one.get("choices") or ())
    old: dict[str, Any] = next((one for one in register.columns if one["key"] == STATUS), {})
    begun["states"] = ", ".join(str(c["label"]) for c in old.get("choices") or ())
    return begun


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _column(
    old: Mapping[str, Any], label: str, kind: str, values: str, others: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    key = old.get("key") or free_key(label, {str(one["key"]) for one in others} | {STATUS})
    column = dict(old) | {"key": key, "label": label, "kind": kind}
    column["choices"] = (
        _choices(_words(values), old.get("choices") or ()) if kind == "choice" else []
    )
    return column


def _choices(words: Sequence[str], before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Values by their words; one that was there keeps its key, its colour and what it ends."""
    known = {str(one["label"]): dict(one) for one in before}
    found: list[dict[str, Any]] = []
    for word in words:
        taken = {str(one["key"]) for one in found} | {str(one["key"]) for one in known.values()}
        found.append(known.get(word) or {"key": free_key(word, taken), "label": word})
    return found


def free_key(label: str, taken: set[str]) -> str:
    """A key made of a label: letters a–z, digits and underscores, unlike any other."""
    plain = label.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50]
    base = base if base[:1].isalpha() else f"c_{base}".rstrip("_")
    key, n = base, 2
    while key in taken:
        key, n = f"{base}_{n}", n + 1
    return key
