"""The files of a document: made from what it says, kept in their folder once it counts."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tospann.blanks import printing, queries, word, wording
from tospann.blanks.models import SETTLED, BlankKind, Edition, Filled
from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.documents.commands.places import free_name
from tospann.documents.models import Document, Folder
from tospann.foundation.authority import SYSTEM, Actor
from tospann.foundation.ids import new_id
from tospann.projects.models import Gate
from tospann.seals import typeset
from tospann.ui.pdf import ARCHIVABLE

PDF = "application/pdf"
TEMPLATE = "blanks/typst/blank.typ"


def pdf(of: Filled, edition: Edition | None = None) -> bytes:
    """A tagged PDF for archives (PDF/A-2a, PDF/UA-1). Raises ``Busy``."""
    data = printing.printed(of, edition)
    return typeset(TEMPLATE, data, standards=ARCHIVABLE, project_id=of.project_id)


def docx(of: Filled, edition: Edition | None = None) -> bytes:
    """A Word file: the organisation's own, filled in, when it has one for this template."""
    own = queries.word_template(of.blank.key)
    data = printing.printed(of, edition)
    if own is None or not blobs.exists(own.sha256, own.size):
        return word.written(data)
    return wording.filled(own, data, of, edition)


def name_of(of: Filled, edition: Edition | None, ending: str) -> str:
    """``NSS-12 Styringsdokument v2.pdf``"""
    counted = f" v{edition.number}" if edition else ""
    with translation.override(of.project.language):
        draft = "" if edition and edition.state in SETTLED else f" {_('draft')}"
    return f"{of.project.key}-{of.number} {of.title}{counted}{draft}.{ending}"


def keep(edition: Edition, actor: Actor = SYSTEM) -> None:
    """Keep the PDF of a version that counts as a document in its folder; once per version.

    The bytes are safe on disk before anything names them; a later version of the same document
    becomes a new version of the same file.
    """
    if edition.document_id is not None:
        return
    filled = Filled.objects.select_related("project", "blank").get(pk=edition.filled_id)
    edition.filled = filled
    blob = blobs.put_bytes(pdf(filled, edition))
    said: dict[str, Any] = {"sha256": blob.sha256, "size": blob.size, "media_type": PDF}
    there = _there(filled)
    with translation.override(filled.project.language):
        comment = _("Version %(number)s") % {"number": edition.number}
    if there is None:
        there = _added(actor, filled, said, comment)
    elif there.sha256 != blob.sha256:
        there = documents.add_version(actor, there, comment=comment, **said)
    _count(actor, filled, there)
    Edition.objects.filter(pk=edition.pk).update(document_id=there.pk)


def _there(of: Filled) -> Document | None:
    found = Document.objects.filter(source=f"blanks.filled:{of.pk}", trashed_at__isnull=True)
    return found.order_by("pk").first()


def _added(actor: Actor, of: Filled, said: dict[str, Any], comment: str) -> Document:
    folder = _folder(of)
    folder_id = folder.pk if folder else None
    name = free_name(of.project_id, folder_id, f"{of.title.replace('/', '-')}.pdf")
    return documents.add_document(
        actor,
        of.project,
        id=new_id(),
        name=name,
        folder=folder_id,
        comment=comment,
        document_type=of.blank.key[:60],
        source=f"blanks.filled:{of.pk}",
        **said,
    )


def _count(actor: Actor, of: Filled, document: Document) -> None:
    """The file is approved or published as its document is."""
    fresh = Document.objects.get(pk=document.pk)
    is_baseline = of.blank.kind == BlankKind.BASELINE
    what = documents.approve_document if is_baseline else documents.publish_document
    if fresh.approved_version != fresh.version_number:
        what(actor, fresh, number=fresh.version_number)


def _folder(of: Filled) -> Folder | None:
    """The folder that is named after it, or of the phase its gate ends, or the first."""
    open_ones = Folder.objects.filter(project=of.project, trashed_at__isnull=True)
    folders = list(open_ones.order_by("number", "name_key"))
    named = of.blank.name.casefold().partition(" (")[0]
    gates = Gate.objects.filter(project=of.project, code=of.blank.gate.removesuffix("+"))
    ends = gates.values_list("ends_id", flat=True).first()
    by_name = (one for one in folders if named in one.name.casefold())
    by_phase = (one for one in folders if ends and one.phase_id == ends)
    return next(by_name, None) or next(by_phase, None) or next(iter(folders), None)
