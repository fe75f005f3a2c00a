"""A signed report as mail: what it says in the mail itself, and the PDF along with it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from tospann.notifications.mail import Attached, queue_mail
from tospann.reports import printing
from tospann.reports.models import ReportSending, SignedReport

SOURCE = "report"


def queue(sending: ReportSending) -> int:
    """One mail to each receiver, once for each sending; returns how many were new."""
    signed = SignedReport.objects.select_related("project").defer("pdf").get(pk=sending.signed_id)
    data = printing.printed(signed.content)
    queued = 0
    with translation.override(signed.language):
        for one in sending.receivers:
            queued += _queue(sending, signed, data, one)
    return queued


def _queue(
    sending: ReportSending, signed: SignedReport, data: dict[str, Any], to: dict[str, str]
) -> bool:
    context = {
        "name": to["name"],
        "message": sending.message,
        "shown": data,
        "link": f"{settings.BASE_URL}/p/{signed.project.key}/reports/{signed.number}",
        "sha256": signed.pdf_sha256,
    }
    return queue_mail(
        f"report:{sending.pk}:{to['email'].lower()}",
        to["email"],
        f"{data['title']}: {data['state']['word']}",
        render_to_string("reports/mail/report.txt", context),
        render_to_string("reports/mail/report.html", context),
        attached=[Attached(file_name(signed), "application/pdf", f"{SOURCE}:{signed.pk}")],
        project=signed.project_id,
    )


def file_name(signed: SignedReport, kind: str = "pdf") -> str:
    project = signed.project
    return f"{project.key}-status-{signed.number}-{signed.figures_on}.{kind}"


def read(reference: str) -> bytes:
    """The bytes of a PDF that is sent along."""
    return bytes(SignedReport.objects.values_list("pdf", flat=True).get(pk=UUID(reference)))
