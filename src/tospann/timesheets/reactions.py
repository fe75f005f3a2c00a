"""Whoever worked the hours is told when they are returned."""

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.timesheets.commands import return_hours
from tospann.timesheets.models import Sheet, State, week_name

_RETURNED = gettext_noop("%(who)s returned your hours of %(week)s: %(text)s")


@reaction(return_hours)
def tell_who_worked(entry: AuditEntry) -> None:
    given = entry.detail.arguments or {}
    sheets = Sheet.objects.filter(pk__in=given.get("sheets", ()), state=State.RETURNED)
    for sheet in sheets.select_related("project").order_by("monday"):
        week = week_name(sheet.monday)
        words = {"who": entry.detail.actor_name, "week": week, "text": sheet.reason}
        link = f"/hours?week={week}"
        key = f"hours:{entry.pk}:{sheet.pk}"
        said = Sentence(_RETURNED, words)
        tell([sheet.person_id], Kind.ASKED, said, link, entry, key=key, project=sheet.project)
