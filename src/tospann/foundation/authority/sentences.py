"""Sentences that can be stored and are translated when shown, and the measures they speak of."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from tospann.foundation.authority.powers import POWER_LABELS, ROLE_LABELS, Power, Role


@dataclass(frozen=True)
class Sentence:
    """A sentence that can be stored and is translated when shown. Values may be roles or powers."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        said = gettext(self.msgid) % {k: _shown(v) for k, v in self.values.items()}
        return said[:1].upper() + said[1:]

    def to_json(self) -> dict[str, Any]:
        return {"msgid": self.msgid, "values": dict(self.values)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Sentence":
        return cls(stored.get("msgid", ""), stored.get("values", {}))


_AMOUNT = re.compile(r"-?\d{1,30}(\.\d{1,30})?(E[+-]?\d{1,2})?:\w*", re.ASCII)


def _shown(value: Any) -> str:
    """``role:owner`` → «Prosjekteier»; anything else as it is."""
    text = str(value)
    prefix, _colon, rest = text.partition(":")
    try:
        return _read(prefix, rest) or text
    except (ValueError, KeyError, TypeError):  # a title may begin like one of ours: “role: …”
        return text


def _read(prefix: str, rest: str) -> str:
    if prefix == "role" and rest:
        return roles_text(Role(part) for part in rest.split("+"))
    if prefix == "who" and rest:
        return who_text(**json.loads(rest))
    if prefix == "power" and rest:
        return str(POWER_LABELS[Power(rest)])
    if prefix == "measure" and rest:
        return str(MEASURES[rest].label) if rest in MEASURES else rest
    if prefix == "amount" and _AMOUNT.fullmatch(rest):
        number, unit = rest.split(":", 1)
        return amount_text(Decimal(number), unit)
    return ""


def roles_text(roles: Iterable[Role]) -> str:
    """“project manager or project owner”, in the language of the reader."""
    names = [str(ROLE_LABELS[role]).lower() for role in roles]
    return gettext(" or ").join(names)


def who_text(roles: Iterable[str], people: Iterable[str], mode: str, quorum: int = 0) -> str:
    """“project owner and Kari Nordmann”, “two of steering group or project owner”."""
    names = [str(ROLE_LABELS[Role(role)]).lower() for role in roles] + list(people)
    if mode == "all":
        return gettext(" and ").join(names)
    either = gettext(" or ").join(names)
    if mode == "quorum" and quorum > 1:
        return gettext("%(quorum)s of %(names)s") % {"quorum": quorum, "names": either}
    return either


def amount_text(value: Decimal, unit: str) -> str:
    """``12`` + ``days`` → “12 working days”, written as the reader's language does."""
    whole, _point, decimals = f"{value.normalize():,f}".partition(".")
    whole = whole.replace(",", get_format("THOUSAND_SEPARATOR"))
    number = f"{whole}{get_format('DECIMAL_SEPARATOR')}{decimals}" if decimals else whole
    match unit:
        case "days":
            words = ngettext(
                "%(number)s working day", "%(number)s working days", 1 if value == 1 else 2
            )
            return words % {"number": number}
        case "NOK":
            return gettext("NOK %(number)s") % {"number": number}
        case "percent":
            return gettext("%(number)s per cent") % {"number": number}
    return number


@dataclass(frozen=True)
class Measure:
    """A computed consequence that limits can be set on."""

    key: str
    label: Promise
    unit: str


MEASURES: dict[str, Measure] = {}


def measure(key: str, label: Promise, unit: str) -> Measure:
    """Register a measure. The capability that can compute it does so, nobody else."""
    MEASURES[key] = Measure(key, label, unit)
    return MEASURES[key]


def at_rank(key: str, rank: int) -> str:
    """The name of a measure counted from what was last decided by somebody of that rank."""
    return f"{key}@{rank}"
