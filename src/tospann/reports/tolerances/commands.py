"""The exception report: what has been exceeded, and the ways out, before the project owner."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.foundation.arguments import Key
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.projects.commands import set_tolerance
from tospann.projects.models import Project
from tospann.reports.models import Crossing
from tospann.reports.tolerances import standing
from tospann.reports.tolerances.standing import Standing
from tospann.risks import commands as risks
from tospann.risks.models import Deviation

DAYS_TO_DECIDE = timedelta(days=7)


@command(needs=Power.PREPARE, undoable=False)
def write_exception_report(actor: Actor, project: Project, *, id: UUID, area: Key) -> Case:
    """Write an exception report"""
    one = next((s for s in standing.of_project(project) if s.area == area), None)
    if one is None or not one.is_crossed:
        raise Invalid(gettext("This tolerance is not exceeded, nor will it be."), "area")
    crossing = Crossing.objects.filter(project=project, area=area, ended_at__isnull=True).first()
    deviation = Deviation.objects.filter(pk=crossing.deviation_id).first() if crossing else None
    if deviation is None:
        raise Invalid(gettext("The deviation is being raised. Try again in a moment."), "area")
    with translation.override(project.language):
        return _written(actor, project, id, one, deviation)


def _written(actor: Actor, project: Project, id: UUID, one: Standing, deviation: Deviation) -> Case:
    case = risks.raise_deviation_as_case(actor, deviation, id=id)
    cases.edit_case(
        actor,
        case,
        title=gettext("Exception report: %(what)s") % {"what": deviation.title},
        situation=case.situation,
        recommended="A",
        need_by=timezone.localdate() + DAYS_TO_DECIDE,
    )
    case.refresh_from_db()
    cases.set_alternative(
        actor,
        case,
        id=new_id(),
        key="A",
        title=gettext("Back within the tolerance"),
        description=deviation.corrective_action,
        operations=[],
    )
    wider = set_tolerance.operation(project, _wider(one))
    cases.set_alternative(
        actor,
        case,
        id=new_id(),
        key="B",
        title=gettext("Accept the deviation"),
        description=gettext("The tolerance is widened as far as is needed now."),
        operations=[{**wider.to_json(), "expected_version": None}],
    )
    return case


def _wider(one: Standing) -> dict[str, object]:
    """A tolerance that would be enough, as it stands now."""
    if one.area == "time":
        words = ngettext(
            "Up to %(n)s working day after the agreed finish",
            "Up to %(n)s working days after the agreed finish",
            one.needed,
        )
        return {"area": one.area, "allowed": words % {"n": one.needed}, "days": one.needed}
    if one.area == "benefits":
        words = gettext("Up to %(n)s per cent short of the target")
        return {"area": one.area, "allowed": words % {"n": one.needed}, "percent": one.needed}
    if one.area != "cost":
        words = gettext("At most %(n)s")
        return {"area": one.area, "allowed": words % {"n": one.needed}, "most": one.needed}
    words = gettext("Up to %(n)s per cent above the lines and the manager's reserve")
    return {"area": one.area, "allowed": words % {"n": one.needed}, "percent": one.needed}
