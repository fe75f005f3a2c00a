"""Making an edition, step by step: the PDF first, then the act that names it."""

from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.ids import new_id
from tospann.reports.editions import commands, making
from tospann.reports.models import ExternalEdition, SignedReport


def make(
    actor: Actor, signed: SignedReport, chosen: making.Chosen
) -> Done[ExternalEdition] | Proposed:
    """Raises pdf.Busy when too many are being made."""
    content = making.content(signed, chosen)
    kept = making.keep_pdf(content, (content["key"], "status", content["on"]))
    return submit(
        actor,
        commands.make_edition.on(signed),
        id=new_id(),
        chosen=chosen,
        content_hash=making.fingerprint(content),
        pdf_sha256=kept.sha256,
        pdf_size=kept.size,
    )
