"""Which column means what: the words accounting systems use, in Norwegian and English."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: Mapping[str, Promise] = {
    "booked_on": _("Date"),
    "amount": _("Amount without VAT"),
    "line": _("Budget line (code, number or name)"),
    "text": _("Text"),
    "supplier": _("Supplier"),
    "external_id": _("Voucher or invoice number"),
    "vat": _("VAT in kroner"),
    "vat_code": _("VAT code"),
    "currency": _("Currency"),
    "hours": _("Hours"),
}
REQUIRED = ("booked_on", "amount")
_WORDS = {
    "booked_on": "dato bilagsdato bokføringsdato fakturadato posteringsdato date booked_on"
    " posting_date invoice_date voucher_date booking_date",
    "amount": "beløp beløp_nok beløp_eks_mva beløp_ekskl_mva netto nettobeløp sum kostnad kroner"
    " amount net net_amount amount_ex_vat cost beløp_uten_mva",
    "line": "post budsjettpost konto kode kontonr line budget_line account code prosjektkonto"
    " kontonummer element",
    "text": "tekst beskrivelse bilagstekst text description merknad kommentar comment",
    "supplier": "leverandør leverandørnavn supplier vendor kreditor supplier_name motpart",
    "external_id": "bilag bilagsnr bilagsnummer fakturanr fakturanummer voucher voucher_number"
    " invoice_number invoice_no id external_id referanse reference løpenummer",
    "vat": "mva mva_beløp avgift vat vat_amount merverdiavgift",
    "vat_code": "mva_kode mvakode avgiftskode vat_code",
    "currency": "valuta currency valutakode",
    "hours": "timer hours antall_timer",
}
_MEANS = {word.replace("_", " "): key for key, words in _WORDS.items() for word in words.split()}
LOOKED_AT = 20
"""Rows from the top among which the headings are looked for."""
Cells = Sequence[Any]


def guess(rows: Sequence[Cells]) -> dict[str, Any]:
    """Where the headings are (else the first row with anything), and which column is what."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for place, row in enumerate(rows[:LOOKED_AT]):
        found = columns(row)
        if len(found) > len(best[1]):
            best = place, found
    if best[0] < 0:
        first = next((place for place, row in enumerate(rows) if any(row)), 0)
        return {"head": first, "columns": {}, "line": ""}
    return {"head": best[0], "columns": best[1], "line": ""}


def columns(row: Cells) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, value in enumerate(row):
        key = _MEANS.get(_plain(value)) if isinstance(value, str) else None
        if key is not None:
            found.setdefault(key, place)
    return found


def _plain(value: str) -> str:
    return " ".join(re.sub(r"[^\wæøå]+", " ", value.lower()).split())


def letter(place: int) -> str:
    """0 → A, 27 → AB, as spreadsheets name columns."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell(row: int, column: int) -> str:
    """(13, 3) → D14."""
    return f"{letter(column)}{row + 1}"
