"""Making an external edition of a signed report, and withdrawing it."""

from typing import Annotated
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import Hash, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError, Invalid
from tospann.reports.editions import making
from tospann.reports.editions.queries import is_withdrawn
from tospann.reports.models import EditionWithdrawal, ExternalEdition, SignedReport


@command(needs=Power.DRAFT_REPORT, undoable=False, exposed=False)
def make_edition(
    actor: Actor,
    signed: SignedReport,
    *,
    id: UUID,
    chosen: making.Chosen,
    content_hash: Hash,
    pdf_sha256: Hash,
    pdf_size: Annotated[int, Field(ge=1)],
) -> ExternalEdition:
    """Make an external edition of a report"""
    content = making.content(signed, chosen)
    if making.fingerprint(content) != content_hash:
        raise CommandError(gettext("What is published changed in the meantime. Try again."))
    if not (content["state"] or content["sections"] or content["milestones"]):
        raise Invalid(gettext("There is nothing in the edition yet."), "summary")
    if ExternalEdition.objects.filter(pk=id).exists():
        raise Invalid(gettext("This was saved already. It was not saved twice."))
    there = ExternalEdition.objects.filter(project=signed.project_id)
    made = ExternalEdition(
        id=id,
        project=signed.project,
        number=(there.aggregate(last=Max("number"))["last"] or 0) + 1,
        signed=signed,
        title=chosen.title,
        language=content["language"],
        content=content,
        content_hash=content_hash,
        pdf_sha256=pdf_sha256,
        pdf_size=pdf_size,
        made_by_id=actor.person_id,
        made_at=timezone.now(),
    )
    made.save()
    return made


@command(needs=Power.DRAFT_REPORT, undoable=False)
def withdraw_edition(
    actor: Actor, edition: ExternalEdition, *, id: UUID, reason: Text
) -> EditionWithdrawal:
    """Withdraw an external edition"""
    if is_withdrawn(edition):
        raise Invalid(gettext("This edition is withdrawn already."))
    made = EditionWithdrawal(
        id=id,
        project=edition.project,
        edition=edition,
        reason=reason,
        withdrawn_by_id=actor.person_id,
        withdrawn_at=timezone.now(),
    )
    made.save()
    return made
