"""A project with every template there is, and forms that are filled to the brim."""

from django.http import QueryDict
from django.urls import reverse
from tests import making

from tospann.blanks import commands, content
from tospann.blanks.definition import FROM_DECISION
from tospann.blanks.models import Filled
from tospann.foundation.authority import SYSTEM
from tospann.packs import library

TYPED = {
    "text": "Ærlig <tekst> & mer",
    "rich_text": "Første *avsnitt*.\n\n- ett\n- to\n\n1. så\n2. så\n\n**Slutt** <script>",
    "number": "12,5",
    "money": "1 250 000,50",
    "year": "2028",
    "date": "24.12.2026",
    "datetime": "24.12.2026 10:30",
    "bool": "yes",
    "rag": "amber",
    "person": "Kari Ås",
    "people": "Kari Ås\nOla Ødegård",
    "ref": "Milepæl <1>",
    "list": "første\nandre",
    "tree": "Bygg\n  Tak\n    Stein\n  Vegg\nVei",
}
READ = {
    "number": "12.5",
    "money": "1250000.5",
    "year": 2028,
    "date": "2026-12-24",
    "datetime": "2026-12-24T10:30",
    "bool": True,
}


def project():
    made = making.project("Svømmehall <nord>")
    lines = [
        commands.BlankLine(
            key=one.key,
            name=one.name.nb,
            kind=one.kind,
            gate=one.gate,
            definition=one.model_dump(mode="json", exclude_defaults=True),
        )
        for one in library.documents()
    ]
    commands.add_blanks(SYSTEM, made.project, blanks=lines)
    return made


def start(client, made, name="project_initiation_document"):
    client.post(reverse("start_filled", args=[made.project.key, name]))
    return Filled.objects.order_by("-number").first()


def of(name, filled, *more):
    return reverse(name, args=[filled.project.key, filled.number, *more])


def typed(column):
    """What somebody writes in a field or a cell of this kind."""
    if column.choices:
        return column.choices[0].key
    return TYPED.get(column.kind, "")


def full_form(filled, language="nb"):
    """Every field of the document, filled in as a browser sends it."""
    sent = QueryDict(mutable=True)
    for one in content.now(filled, language).form:
        if one.is_drawn or (one.address.startswith("head.") and one.key in FROM_DECISION):
            continue
        if one.address == "log.revision_history" or one.kind in {"file", "files"}:
            continue
        sent[f"n:{one.address}"] = "0"
        if one.kind == "table":
            _rows(sent, one)
        else:
            sent[f"v:{one.address}"] = typed(one)
    return sent


def _rows(sent, one):
    for row in [row.key for row in one.rows] or ["n1", "n2"]:
        sent.appendlist(f"r:{one.address}", row)
        for column in one.typed_columns:
            name = f"c:{one.address}:{row}:{column.key}"
            if column.kind == "money[]":
                for place in range(column.length):
                    sent[f"{name}:{place}"] = str(100 * (place + 1))
            else:
                sent[name] = typed(column)
