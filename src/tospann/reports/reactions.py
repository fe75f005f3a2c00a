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
from tospann.reports.checkpoints.commands import (
    answer_checkpoint,
    ask_for_checkpoint,
    send_checkpoint,
)
from tospann.reports.checkpoints.queries import packages
from tospann.reports.commands import (
    return_report,
    send_report,
    set_reporting,
    sign_report,
    submit_report,
    usual_form,
)
from tospann.reports.models import (
    Cadence,
    Checkpoint,
    Light,
    ReportSending,
    ReportState,
    SignedReport,
    StatusReport,
)
from tospann.reports.tolerances import watch
from tospann.risks import commands as risks

PLAN_OR_MONEY = (
    planning.apply_edits,
    planning.report_progress,
    planning.import_plan,
    planning.set_baseline,
    *budget.CHANGES,
    set_tolerance,
)
REGISTERS = (
    *(risks.raise_risk, risks.change_risk, risks.close_risk, risks.reopen_risk),
    *(risks.raise_deviation, risks.correct_deviation, risks.reopen_deviation),
)
M = TypeVar("M", bound=Model)
_WAITS = gettext_noop("%(who)s sent status report %(number)s for your signature.")
_RETURNED = gettext_noop("%(who)s returned status report %(number)s: %(reason)s")
_SIGNED = gettext_noop("%(who)s signed status report %(number)s.")
_CHECKPOINT = gettext_noop("%(who)s reported on “%(package)s”.")
_TROUBLED = gettext_noop("%(who)s reported that “%(package)s” needs your attention.")
_ANSWERED = gettext_noop("%(who)s answered your report on “%(package)s”: %(answer)s")
_ASKED = gettext_noop("%(who)s asks for a short report on “%(package)s”.")


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


@reaction(send_checkpoint)
def tell_the_manager(entry: AuditEntry) -> None:
    for one in _changed(entry, Checkpoint):
        msgid = _CHECKPOINT if one.state == Light.GREEN else _TROUBLED
        said = Sentence(msgid, {"who": entry.detail.actor_name, "package": one.package})
        kind = Kind.REPORT if one.state == Light.GREEN else Kind.ASKED
        managers = holders(one.project_id, [Role.MANAGER])
        told = managers or holders(one.project_id, [Role.COORDINATOR])
        tell(told, kind, said, one.get_absolute_url(), entry, project=one.project)


@reaction(answer_checkpoint)
def tell_whoever_reported(entry: AuditEntry) -> None:
    for one in _changed(entry, Checkpoint):
        if one.answer:
            values = {"who": entry.detail.actor_name, "package": one.package}
            said = Sentence(_ANSWERED, {**values, "answer": one.answer[:200]})
            link = one.get_absolute_url()
            tell([one.sent_by_id], Kind.DONE, said, link, entry, project=one.project)


@reaction(ask_for_checkpoint)
def tell_who_is_asked(entry: AuditEntry) -> None:
    project = Project.objects.filter(pk=entry.scope_id).first()
    uid = int((entry.detail.arguments or {}).get("activity") or 0)
    found = packages(project).filter(uid=uid).first() if project is not None else None
    if found is not None and project is not None:
        said = Sentence(_ASKED, {"who": entry.detail.actor_name, "package": found.name[:200]})
        link = f"/p/{project.key}/reports/checkpoints/new?activity={found.uid}"
        tell([found.responsible_id], Kind.ASKED, said, link, entry, project=project)


@reaction(*PLAN_OR_MONEY, *REGISTERS)
def watch_the_tolerances(entry: AuditEntry) -> None:
    """Whatever moves the plan's finish, the forecast or what is counted may cross a tolerance."""
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
