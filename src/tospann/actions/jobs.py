"""Once a day: people are told what is due today."""

from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.actions.models import Action, ActionState
from tospann.foundation.authority import Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import ProjectState

_ONE = gettext_noop("“%(title)s” is due today.")
_MORE = gettext_noop("“%(title)s” and %(more)s more of your actions are due today.")


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
