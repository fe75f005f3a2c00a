"""Status reports, as they are found: by what was written in them when they were sent or signed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tospann.reports.models import ReportState, SignedReport, StatusReport
from tospann.search.kinds import Keys, Kind, Source, by_number, indexed, moment_of

_TOGETHER = 100


def _read(keys: Keys) -> Iterator[Source]:
    """Never a draft: what is typed may still be taken back."""
    sent = (ReportState.SUBMITTED, ReportState.SIGNED)
    rows = StatusReport.objects.filter(state__in=sent).select_related("project").order_by("pk")
    rows = rows if keys is None else rows.filter(pk__in=list(keys))
    for one in rows.iterator(_TOGETHER):
        with translation.override(one.project.language):
            title = str(one)
        number = f"{one.project.key}-{one.number}"
        text = "\n".join(_words(_content(one)))
        yield Source(
            *(str(one.pk), title, text, number, one.project_id),
            at=moment_of(one.pk),
        )


def _content(of: StatusReport) -> Mapping[str, Any]:
    """As it was signed, else the frozen figures and texts that wait for a signature."""
    signed = SignedReport.objects.filter(report=of).values_list("content", flat=True).first()
    content: Mapping[str, Any] = signed or of.evidence
    return content


def _words(content: Mapping[str, Any]) -> Iterator[str]:
    """The texts of its parts; figures are found where they come from."""
    overall = content.get("overall") or {}
    for part in (overall, *content.get("areas", ()), *content.get("sections", ())):
        yield from (str(part[name]) for name in ("text", "note") if part.get(name))


indexed(
    Kind(
        *("reports.statusreport", _("Status reports"), "report", 47),
        read=_read,
        href=by_number("report"),
    )
)
