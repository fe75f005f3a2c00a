"""When a tolerance is, or will be, exceeded, a deviation is raised: once for each crossing."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.authority import SYSTEM, Role, Sentence
from tospann.foundation.ids import new_id
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import Project, ProjectState
from tospann.projects.queries import holders
from tospann.reports import queries
from tospann.reports.models import Crossing
from tospann.reports.tolerances import standing
from tospann.reports.tolerances.standing import Standing
from tospann.risks import commands as risks
from tospann.risks.models import Deviation

WORDS = {
    "time": (
        gettext_noop("The tolerance for time will be exceeded"),
        gettext_noop("The tolerance for time is exceeded"),
        gettext_noop(
            "Bring the plan back within the tolerance, or put an exception report with a new date "
            "before the project owner."
        ),
    ),
    "cost": (
        gettext_noop("The tolerance for cost will be exceeded"),
        gettext_noop("The tolerance for cost is exceeded"),
        gettext_noop(
            "Bring the forecast back within the tolerance, or put an exception report with a new "
            "frame before the project owner."
        ),
    ),
    "scope": (
        gettext_noop("The tolerance for scope will be exceeded"),
        gettext_noop("The tolerance for scope is exceeded"),
        gettext_noop(
            "Have what was refused put right and accepted, or put an exception report with another "
            "scope before the project owner."
        ),
    ),
    "quality": (
        gettext_noop("The tolerance for quality will be exceeded"),
        gettext_noop("The tolerance for quality is exceeded"),
        gettext_noop(
            "Correct the deviations and faults, or put an exception report before the project "
            "owner."
        ),
    ),
    "risk": (
        gettext_noop("The tolerance for risk will be exceeded"),
        gettext_noop("The tolerance for risk is exceeded"),
        gettext_noop(
            "Decide responses to the critical risks, or put an exception report before the project "
            "owner."
        ),
    ),
    "benefits": (
        gettext_noop("The tolerance for benefits will be exceeded"),
        gettext_noop("The tolerance for benefits is exceeded"),
        gettext_noop(
            "Find out with the benefit manager what is missing, or put an exception report before "
            "the project owner."
        ),
    ),
}
_TOLD = gettext_noop("%(what)s. A deviation is raised: %(why)s")


def look(project: Project) -> int:
    """Raise what has been crossed, forget what has come back; how many deviations were raised."""
    if project.state != ProjectState.ACTIVE:
        return 0
    kept = queries.reporting(project)
    raised = 0
    for one in standing.of_project(project, kept.thresholds if kept else None):
        if one.area in WORDS:
            raised += _follow(project, one)
    return raised


def _follow(project: Project, one: Standing) -> int:
    under_way = Crossing.objects.filter(project=project, area=one.area, ended_at__isnull=True)
    if not one.is_crossed:
        under_way.update(ended_at=timezone.now())
        return 0
    crossing = under_way.first() or _begun(project, one.area)
    if crossing is None or Deviation.objects.filter(pk=crossing.deviation_id).exists():
        return 0
    _raise(project, one, crossing.deviation_id)
    return 1


def _begun(project: Project, area: str) -> Crossing | None:
    """Written down before the deviation, with its id: a crash in between raises it later."""
    try:
        with transaction.atomic():
            return Crossing.objects.create(project=project, area=area, deviation_id=new_id())
    except IntegrityError:  # somebody else has just seen it
        return None


def _raise(project: Project, one: Standing, deviation: UUID) -> None:
    with translation.override(project.language):
        risks.raise_deviation(SYSTEM, project, id=deviation, **_words(project, one))
        why = " ".join(one.said)
        sentence = Sentence(_TOLD, {"what": title(one), "why": why})
    owners = holders(project.pk, [Role.OWNER])
    link = f"/p/{project.key}/tolerances"
    key = f"tolerance:{deviation}"
    tell(owners, Kind.ASKED, sentence, link, key=key, project=project)


def title(one: Standing) -> str:
    will, is_exceeded, _then = WORDS[one.area]
    return gettext(is_exceeded if one.is_already else will)


def _words(project: Project, one: Standing) -> dict[str, Any]:
    """Cause, consequence, corrective action and owner, in the project's language."""
    causes = [str(sentence) for sentence in standing.causes(project, one.area)]
    if not causes and one.area == "time":
        language = "nb" if project.language == "nb" else "en"
        causes = standing.latest_change(project, language)
    managers = holders(project.pk, [Role.MANAGER]) or holders(project.pk, [Role.COORDINATOR])
    link = f"/p/{project.key}/tolerances"
    return {
        "title": title(one),
        "cause": "\n".join(f"- {cause}" for cause in causes),
        "consequence": " ".join(one.said),
        "corrective_action": gettext(WORDS[one.area][2]),
        "owner": managers[0] if managers else None,
        "born_in": f"projects.tolerance:{one.area}",
        "born_label": f"{one.label}: {one.allowed}"[:200],
        "born_link": link,
    }
