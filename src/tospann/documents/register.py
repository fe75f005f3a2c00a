"""The list of documents, declared."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from tospann.documents import locks
from tospann.documents.kinds import icon_of
from tospann.documents.models import Classification, DocumentState, DocumentType
from tospann.documents.queries.shelf import Shelf
from tospann.sharing.queries import Chip, chips
from tospann.ui.formats import size as size_text
from tospann.ui.jinja import icon_href, language
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

STATES = {
    "working": (DocumentState.WORKING.label, "neutral"),
    "for_approval": (DocumentState.FOR_APPROVAL.label, "warning"),
    "approved": (DocumentState.APPROVED.label, "success"),
    "published": (DocumentState.PUBLISHED.label, "success"),
}
CLASSES = {
    "open": (Classification.OPEN.label, "success"),
    "internal": (Classification.INTERNAL.label, "neutral"),
    "confidential": (Classification.CONFIDENTIAL.label, "warning"),
    "strictly_confidential": (Classification.STRICTLY_CONFIDENTIAL.label, "danger"),
}


class Drawn(str):
    """Plain text in a file, with markup of its own in a list."""

    __slots__ = ("html",)
    html: str

    def __html__(self) -> str:
        return self.html

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Drawn) and self.html == other.html

    def __hash__(self) -> int:
        return hash(self.html)


def drawn(text: str, html: str) -> Drawn:
    made = Drawn(text)
    made.html = html
    return made


REGISTER = Register(
    key="documents",
    title=_("Documents"),
    columns=(),
    empty=Empty(
        _("There are no documents here yet."),
        _("Drop files or whole folders anywhere on the page, or choose them from your machine."),
        icon="document",
    ),
    order=("-changed_at",),
    also=(
        *("number", "name", "folder_id", "media_type", "url", "size", "classification"),
        *("changed_at", "document_type"),
    ),
    live="documents",
)


def of_shelf(shelf: Shelf) -> Register:
    """The register of what lies on the shelf, narrowed to the open folder."""
    key = shelf.project.key
    return replace(
        REGISTER,
        columns=tuple(_columns(shelf)),
        filters=_filters(shelf),
        order=("name_key",) if shelf.folder else ("-changed_at",),
        row_link=lambda row: f"/p/{key}/documents/{row['number']}",
        complete=partial(_complete, shelf),
    )


def _columns(shelf: Shelf) -> list[Column]:
    key, of, top = shelf.project.key, shelf.classification, shelf.folder is None

    def number(row: Row) -> str:
        return f"{key}-{row['number']}"

    def place(row: Row) -> str:
        inside = shelf.tree.folders.get(row["folder_id"])
        return inside.label if inside else ""

    def secrecy(row: Row) -> str:
        return of(row["classification"], row["folder_id"])

    return [
        Column("name", _("Name"), "link", value=partial(_name, secrecy), sort="name_key"),
        Column("number", _("No."), "key", value=number, sort="number", default=False),
        Column("place", _("Folder"), value=place, sort="folder__name_key", default=top),
        Column("state", _("State"), "state", states=STATES),
        Column("holder", _("Who has it"), value=lambda row: row["holder"]),
        Column("shared", _("Shared"), value=lambda row: row["chip"]),
        Column("changed_on", _("Changed"), "date", value=_day, sort="changed_at"),
        Column("changed_by", _("By"), field="changed_by__name"),
        Column("version_number", _("Version"), "number", default=False),
        Column("size", _("Size"), value=_size, sort="size", default=not top),
        Column(
            "class", _("Confidentiality"), "state", value=secrecy, states=CLASSES, default=False
        ),
        Column("phase", _("Phase"), field="phase__name", default=False),
        Column("type", _("Kind"), value=_type, sort="document_type", default=False),
        Column("download", _("File"), value=lambda row: _download(key, row)),
    ]


def _filters(shelf: Shelf) -> tuple[Filter, ...]:
    def in_folder(rows: Rows, value: str) -> Rows:
        return rows.filter(folder=shelf.folder) if shelf.folder else rows

    here = [(str(shelf.folder.pk), shelf.folder.label)] if shelf.folder else []
    listed = {one.phase.pk: one.phase for one in shelf.tree.folders.values() if one.phase}
    in_order = sorted(listed.values(), key=lambda phase: phase.position)
    phases = [(str(phase.pk), phase.name) for phase in in_order]

    def of_class(rows: Rows, value: str) -> Rows:
        by_folder = [pk for pk, one in shelf.tree.folders.items() if one.classification == value]
        inherited = Q(classification="", folder__in=by_folder)
        if value == Classification.INTERNAL:
            inherited |= Q(classification="", folder__isnull=True)
        return rows.filter(Q(classification=value) | inherited)

    def in_phase(rows: Rows, value: str) -> Rows:
        if value not in dict(phases):
            return rows
        return rows.filter(Q(phase=value) | Q(phase__isnull=True, folder__phase=value))

    def mine(rows: Rows) -> Rows:
        me = shelf.actor.person_id
        return rows.filter(Q(changed_by=me) | Q(made_by=me))

    return (
        search(_("Search for a name"), "name"),
        Filter("folder", _("Folder"), in_folder, here, kind="hidden"),
        choice("state", _("State"), DocumentState.choices),
        Filter("class", _("Confidentiality"), of_class, Classification.choices),
        choice("type", _("Kind"), DocumentType.choices, field="document_type"),
        Filter("phase", _("Phase"), in_phase, phases),
        flag("mine", _("Mine"), mine),
        flag("held", _("Checked out"), _held),
    )


def _held(rows: Rows) -> Rows:
    return rows.filter(pk__in=locks.live().filter(document__isnull=False).values("document"))


def _complete(shelf: Shelf, rows: list[Row]) -> None:
    """Who has each of the documents shown, and how widely each is shared (2 queries)."""
    if not rows:
        return
    held, places = locks.of_documents([row["pk"] for row in rows]), shelf.tree.above
    above = {
        f"documents.document:{row['pk']}": tuple(
            f"documents.folder:{one.pk}" for one in places(row["folder_id"])
        )
        for row in rows
    }
    shared = chips(shelf.widths, above)
    for row in rows:
        row["holder"] = _holder(held.get(row["pk"]))
        row["chip"] = _chip(shelf.project.key, row, shared[f"documents.document:{row['pk']}"])


_SHARED = {
    Chip.LOCK: ("locked", _("Not shared")),
    Chip.PEOPLE: ("team", _("Shared with people inside")),
    Chip.GLOBE: ("globe", _("Shared outside")),
}
_CHIP = (
    '<a class="sharing-chip" data-shared="{}" href="{}" aria-label="{}: {}" title="{}">'
    '<svg class="icon" width="16" height="16" aria-hidden="true"><use href="{}"></use></svg></a>'
)


def _chip(key: str, row: Row, shared: str) -> str:
    icon, said = _SHARED[shared]
    link = reverse("who_sees", args=[key, "documents.document", row["pk"]])
    return drawn(
        str(said), format_html(_CHIP, shared, link, row["name"], said, said, icon_href(icon))
    )


def _holder(lock: Any) -> str:
    if lock is None:
        return ""
    icon = icon_href("locked" if lock.is_checkout else "edit")
    return drawn(
        lock.actor_name,
        format_html(
            '<span class="held" title="{}"><svg class="icon" width="16" height="16" '
            'aria-hidden="true"><use href="{}"></use></svg>{}</span>',
            locks.since(lock),
            icon,
            lock.actor_name,
        ),
    )


_ICON = '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}"></use></svg>'
_LOCK = (
    '<svg class="icon" width="16" height="16" role="img" aria-label="{}">'
    '<use href="{}"></use></svg>'
)
_NAME = '<span class="file-name">{}<span>{}</span>{}</span>'
_CLOSED = (Classification.CONFIDENTIAL, Classification.STRICTLY_CONFIDENTIAL)


def _name(secrecy: Callable[[Row], str], row: Row) -> str:
    icon = icon_href(icon_of(row["name"], row["media_type"], bool(row["url"])))
    of, lock = secrecy(row), ""
    if of in _CLOSED:
        lock = format_html(_LOCK, CLASSES[of][0], icon_href("locked"))
    return drawn(row["name"], format_html(_NAME, format_html(_ICON, icon), row["name"], lock))


def _day(row: Row) -> Any:
    return timezone.localtime(row["changed_at"]).date()


def _size(row: Row) -> str:
    return drawn_plain("–") if row["url"] else size_text(row["size"], language())


def drawn_plain(text: str) -> Drawn:
    return drawn(text, str(Markup.escape(text)))


def _type(row: Row) -> str:
    known = dict(DocumentType.choices)
    return str(known.get(row["document_type"], ""))


def _download(key: str, row: Row) -> str:
    if row["url"]:
        return ""
    return drawn(
        "",
        format_html(
            '<a class="ds-button" data-variant="tertiary" data-size="sm" data-icon '
            'aria-label="{}: {}" href="{}"><svg class="icon" width="20" height="20" '
            'aria-hidden="true"><use href="{}"></use></svg></a>',
            _("Download"),
            row["name"],
            reverse("document_file", args=[key, row["number"]]),
            icon_href("download"),
        ),
    )


def address(key: str, folder: UUID | None = None, **chosen: str) -> str:
    """The page, with that folder open."""
    parts = {**({"folder": str(folder)} if folder else {}), **chosen}
    return reverse("documents", args=[key]) + (f"?{urlencode(parts)}" if parts else "")
