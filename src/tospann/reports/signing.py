"""Signing: the frozen figures become a PDF first, then one act makes both final."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import NotAllowed
from tospann.people.models import Person
from tospann.reports import commands, pdf, printing, queries
from tospann.reports.models import WRITABLE, SignedReport, StagedSignature, StatusReport

Data = dict[str, Any]
KEPT = timedelta(hours=1)


def sign(actor: Actor, report: StatusReport) -> Done[SignedReport] | Proposed:
    """Sign a report that waits; one still in draft is sent for signature first.

    The PDF is rendered before the transaction begins, which then only checks that nothing moved.
    """
    ruling = commands.sign_report.ruling(actor, report)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    if report.state in WRITABLE:
        outcome = submit(actor, commands.submit_report.on(report, report.version))
        assert isinstance(outcome, Done), "whoever may sign may also prepare"
        report = queries.report(report.project, report.number)
    staged = _stage(actor, report)
    bound = commands.sign_report.on(report, report.version)
    return submit(actor, bound, pdf_sha256=staged.pdf_sha256)


def signed_content(report: StatusReport, signer: str) -> Data:
    """The frozen figures with whose name stands under them."""
    prepared = report.submitted_by.name if report.submitted_by else ""
    today = timezone.localdate().isoformat()
    return {
        **report.evidence,
        "evidence_hash": report.evidence_hash,
        "prepared_by": prepared,
        "signature": {"name": signer, "on": today},
    }


def _stage(actor: Actor, report: StatusReport) -> StagedSignature:
    signer = Person.objects.values_list("name", flat=True).get(pk=str(actor.person_id))
    content = signed_content(report, signer)
    made = render(content)
    StagedSignature.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return StagedSignature.objects.create(
        report=report,
        version=report.version,
        content=content,
        pdf=made,
        pdf_sha256=hashlib.sha256(made).hexdigest(),
    )


def render(content: Data) -> bytes:
    """The report as a tagged PDF; raises pdf.Busy when too many are being made."""
    return pdf.render("report", printing.printed(content))
