"""After the commit: forecasts are kept, the team is asked, everybody is told of the closing."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from tospann.closing.commands import close_project, open_survey
from tospann.closing.jobs import keep_forecast
from tospann.closing.models import Audience, Closing, Survey
from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.records import reference
from tospann.foundation.references import find
from tospann.jobs.queue import enqueue_once
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.planning.commands import set_baseline
from tospann.projects.commands.phases import pass_gate
from tospann.projects.queries import on_team

_ASKED = gettext_noop("%(who)s asks the team how the project went.")
_CLOSED = gettext_noop("%(project)s is closed. Thank you for your work.")


@reaction(set_baseline)
def keep_the_forecast(entry: AuditEntry) -> None:
    """A frozen plan is what people are held to."""
    enqueue_once(keep_forecast, project=str(entry.scope_id))


@reaction(open_survey)
def ask_the_team(entry: AuditEntry) -> None:
    for ref in entry.detail.changes or {}:
        survey = find(ref)
        if isinstance(survey, Survey) and survey.audience == Audience.TEAM:
            link = reverse("survey", args=[survey.project.key, survey.number])
            said = Sentence(_ASKED, {"who": entry.detail.actor_name})
            people = on_team(survey.project_id)
            tell(people, Kind.ASKED, said, link, entry, project=survey.project)


@reaction(close_project, pass_gate)
def tell_of_the_closing(entry: AuditEntry) -> None:
    """Also when it was decided in a case, or by the last gate."""
    closed = Closing.objects.filter(project=entry.scope_id, closed_at__isnull=False)
    closing = closed.select_related("project").first()
    if closing is not None and reference(closing) in (entry.detail.changes or {}):
        project = closing.project
        said = Sentence(_CLOSED, {"project": project.name})
        people = on_team(project.pk)
        tell(people, Kind.OUTCOME, said, closing.get_absolute_url(), entry, project=project)
