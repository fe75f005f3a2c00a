"""Every day: shares outside are reviewed each quarter, and old log rows are forgotten."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tospann.foundation.authority import SYSTEM, Role, Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind, OutboxMail
from tospann.notifications.telling import tell
from tospann.projects.models import Project, ProjectState
from tospann.projects.queries import holders
from tospann.sharing import commands, queries, seen
from tospann.sharing.models import Share

ANSWER_WITHIN = timedelta(days=14)
_REVIEW = gettext_noop("%(count)s things are shared outside. Are they still to be?")


@every("daily 06:20")
@job()
def review() -> int:
    """Ask the managers about what nobody has answered for in a quarter; pause what stays so."""
    today = timezone.localdate()
    projects = Project.objects.exclude(state=ProjectState.CLOSED).order_by("key")
    return sum(_review(project, today) for project in projects)


def _review(project: Project, today: date) -> int:
    due = list(queries.due_for_review(project, today).select_related("project"))
    if not due:
        return 0
    paused = [one for one in due if _since(one) + ANSWER_WITHIN <= today]
    for one in paused:
        commands.pause_share(SYSTEM, one, reason=_("Nobody confirmed that it is still needed."))
    said = Sentence(_REVIEW, {"count": len(due)})
    link = f"/p/{project.key}/sharing?show=review"
    key = f"review:{project.pk}:{min(_since(one) for one in due)}"
    tell(holders(project.pk, [Role.MANAGER]), Kind.ASKED, said, link, key=key, project=project)
    return len(paused)


def _since(share: Share) -> date:
    """The day it fell due."""
    return (share.reviewed_on or share.counts_from) + queries.REVIEW_EVERY


@every("daily 03:40")
@job()
def forget() -> int:
    """Old rows of the access log, and the links and codes in mails that have left."""
    gone = OutboxMail.objects.filter(sent_at__isnull=False)
    for prefix in ("shared:", "code:"):
        gone.filter(key__startswith=prefix).exclude(body="").update(body="", html="")
    return seen.forget_old(queries.KEPT_FOR.days)
