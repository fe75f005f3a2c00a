"""Who is told when a report waits, is returned or is signed; and the mail that was asked for."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext_noop

from tospann.budget import commands as budget
from tospann.foundation.authority import SYSTEM, Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.packs.commands import start_project
from tospann.planning import commands as planning
from tospann.projects.commands import set_tolerance
from tospann.projects.models import ChoiceList, Project
from tospann.projects.queries import holders
from tospann.reports import mailing, queries
from tospann.reports.commands import (
    return_report,
    send_report,
    set_reporting,
    sign_report,
    submit_report,
    usual_form,
)
from tospann.reports.models import Cadence, ReportSending, ReportState, SignedReport, StatusReport
from tospann.reports.tolerances import watch

PLAN_OR_MONEY = (
    planning.apply_edits,
    planning.report_progress,
    planning.import_plan,
    planning.set_baseline,
    *budget.CHANGES,
    set_tolerance,
)
M = TypeVar("M", bound=Model)
_WAITS = gettext_noop("%(who)s sent status report %(number)s for your signature.")
_RETURNED = gettext_noop("%(who)s returned status report %(number)s: %(reason)s")
_SIGNED = gettext_noop("%(who)s signed status report %(number)s.")


def _changed(entry: AuditEntry, kind: type[M]) -> Iterator[M]:
    """The records of this kind that the act changed, as they are now."""
    for ref in entry.detail.changes or {}:
        found = find(ref) if ref.startswith(f"{kind._meta.label_lower}:") else None
        if isinstance(found, kind):
            yield found


def _said(msgid: str, entry: AuditEntry, number: int, reason: str = "") -> Sentence:
    who = entry.detail.actor_name
    return Sentence(msgid, {"who": who, "number": number, "reason": reason[:200]})


@reaction(submit_report)
def tell_whoever_signs(entry: AuditEntry) -> None:
    for report in _changed(entry, StatusReport):
        if report.state == ReportState.SUBMITTED:
            managers = holders(report.project_id, [Role.MANAGER])
            said, link = _said(_WAITS, entry, report.number), report.get_absolute_url()
            tell(managers, Kind.DECISION, said, link, entry, project=report.project)


@reaction(return_report)
def tell_whoever_prepared_it(entry: AuditEntry) -> None:
    for report in _changed(entry, StatusReport):
        if report.state == ReportState.RETURNED:
            said = _said(_RETURNED, entry, report.number, report.return_reason)
            both = {report.prepared_by_id, report.submitted_by_id}
            link = report.get_absolute_url()
            tell(both, Kind.ASKED, said, link, entry, project=report.project)


@reaction(sign_report)
def tell_the_project(entry: AuditEntry) -> None:
    for signed in _changed(entry, SignedReport):
        told = holders(signed.project_id, [role for role in Role if role is not Role.GUEST])
        said = _said(_SIGNED, entry, signed.number)
        link = f"/p/{signed.project.key}/reports/{signed.number}"
        tell(told, Kind.REPORT, said, link, entry, project=signed.project)


@reaction(send_report)
def mail_it(entry: AuditEntry) -> None:
    for sending in _changed(entry, ReportSending):
        mailing.queue(sending)


@reaction(*PLAN_OR_MONEY)
def watch_the_tolerances(entry: AuditEntry) -> None:
    """Whatever moves the plan's finish or the forecast may cross a tolerance."""
    project = Project.objects.filter(pk=entry.scope_id).first()
    if project is not None:
        watch.look(project)


@reaction(start_project)
def report_as_the_pack_says(entry: AuditEntry) -> None:
    """A project from a pack begins with the pack's dates for reports."""
    for project in _changed(entry, Project):
        follow_pack(project)


def follow_pack(project: Project) -> None:
    """Set form and due dates from the pack's settings, unless somebody already has."""
    if queries.reporting(project) is not None:
        return
    stored = ChoiceList.objects.filter(project=project, key="pack_settings").first()
    wanted = stored.values[0].get("status_report_cadence", "") if stored and stored.values else ""
    cadence = Cadence(wanted) if wanted in Cadence.values else Cadence.NONE
    set_reporting(SYSTEM, project, kind=usual_form(project), cadence=cadence)
