"""Once a day: people are told what is due today, managers what nobody gets done or answers."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.actions import queries
from tospann.actions.models import Action, ActionState
from tospann.foundation.authority import Role, Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import Project, ProjectState
from tospann.projects.queries import holders

_ONE = gettext_noop("“%(title)s” is due today.")
_MORE = gettext_noop("“%(title)s” and %(more)s more of your actions are due today.")

_NO_ANSWER = gettext_noop(
    "“%(title)s” is stuck, and %(who)s has not answered in time. Somebody must help."
)
_LONG_OVERDUE = gettext_noop("“%(title)s” (%(owner)s) is long overdue. Somebody must take hold.")
_LONG_OVERDUE_MORE = gettext_noop(
    "“%(title)s” (%(owner)s) and %(more)s more actions are long overdue. Somebody must take hold."
)


@every("daily 06:00")
@job()
def tell_what_is_due() -> int:
    """One notice a person a day, however many actions; running it again tells nobody twice."""
    today = timezone.localdate()
    due = Action.objects.filter(state=ActionState.OPEN, due_on=today, owner__isnull=False)
    due = due.exclude(project__state=ProjectState.CLOSED).select_related("project")
    by_owner: dict[object, list[Action]] = {}
    for action in due.order_by("priority", "number"):
        by_owner.setdefault(action.owner_id, []).append(action)
    return sum(_tell(actions, f"due:{today}") for actions in by_owner.values())


def _tell(actions: list[Action], key: str) -> int:
    first, more = actions[0], len(actions) - 1
    said = Sentence(_MORE if more else _ONE, {"title": first.title, "more": more})
    link, place = (first.get_absolute_url(), first.project) if not more else ("/", None)
    return tell([first.owner_id], Kind.DUE, said, link, key=key, project=place)


@every("daily 06:10")
@job()
def escalate() -> int:
    """Tell the managers what is long overdue or was reminded of twice, once for each due date."""
    by_project: dict[Project, list[Action]] = {}
    for action in queries.to_be_escalated():
        by_project.setdefault(action.project, []).append(action)
    return sum(_escalate(project, actions) for project, actions in by_project.items())


def _escalate(project: Project, actions: list[Action]) -> int:
    first, more = actions[0], len(actions) - 1
    values = {"title": first.title, "owner": first.owner.name if first.owner else "–", "more": more}
    said = Sentence(_LONG_OVERDUE_MORE if more else _LONG_OVERDUE, values)
    link = f"/p/{project.key}/tasks?overdue=1" if more else first.get_absolute_url()
    managers = holders(project.pk, (Role.MANAGER,))
    key = f"escalation:{first.pk}:{first.due_on}"
    with transaction.atomic():
        told = tell(managers, Kind.ASKED, said, link, key=key, project=project)
        chosen = Action.objects.filter(pk__in=[action.pk for action in actions])
        chosen.update(escalated_due=F("due_on"))
    return told


@every("daily 06:15")
@job()
def tell_who_got_no_answer() -> int:
    """Somebody is stuck and was not answered in time: whoever gave the action takes hold."""
    told = 0
    for action in queries.unanswered(timezone.localdate()):
        values = {"title": action.title, "who": action.helper.name if action.helper else "–"}
        said, key = Sentence(_NO_ANSWER, values), f"no-answer:{action.pk}:{action.reply_by}"
        people = {*queries.answerable(action), action.helper_id}
        link = action.get_absolute_url()
        told += tell(people, Kind.ASKED, said, link, key=key, project=action.project)
    return told
