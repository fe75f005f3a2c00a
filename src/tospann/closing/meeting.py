"""The lessons meeting: who is called, and an agenda that knows what has been found out."""

from uuid import UUID

from django.utils.translation import gettext as _

from tospann.closing.models import Survey
from tospann.foundation.ids import new_id
from tospann.meetings.commands import AgendaLine, Attendee
from tospann.meetings.models import Series
from tospann.projects.models import CriterionResult, Project, SuccessCriterion
from tospann.projects.queries import team
from tospann.stakeholders.queries import contact_names
from tospann.team.models import Lesson

SERIES = "lessons"
MOST = 10


def lessons_series(project: Project) -> UUID | None:
    """The series the pack brings for it, if there is one."""
    return Series.objects.filter(project=project, key=SERIES).values_list("pk", flat=True).first()


def attendees(project: Project, *, with_customer: bool) -> list[Attendee]:
    found = [Attendee(id=new_id(), person=UUID(str(pk))) for pk, _name in team(project)]
    if with_customer:
        found += [Attendee(id=new_id(), contact=pk) for pk, _name in contact_names(project)]
    return found[:200]


def lessons_agenda(project: Project) -> list[AgendaLine]:
    """What everybody is asked, with what surveys, criteria and lessons say already."""
    at = f"/p/{project.key}/close"
    lines = [_line(_("What went well"), 20), _line(_("What we would do differently"), 20)]
    if Survey.objects.filter(project=project).exists():
        lines.append(_line(_("What the surveys say"), 15, link=f"{at}/surveys"))
    missed = SuccessCriterion.objects.filter(project=project, result=CriterionResult.NOT_MET)
    lines += [
        _line(_("Not met: %(what)s") % {"what": text}, 10, link=f"{at}/evaluation")
        for text in missed.order_by("pk").values_list("text", flat=True)[:MOST]
    ]
    if Lesson.objects.filter(project=project).exists():
        lines.append(_line(_("Lessons noted so far"), 15, link=f"{at}/lessons"))
    lines.append(_line(_("What we pass on to the organisation"), 20, link=f"{at}/lessons"))
    return lines


def _line(title: str, minutes: int, link: str = "") -> AgendaLine:
    label = title[:200] if link else ""
    return AgendaLine(
        id=new_id(), title=title[:200], minutes=minutes, about_label=label, about_link=link
    )
