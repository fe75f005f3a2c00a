"""What can be compared with what: now, the baselines by name, the latest revisions."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.planning import baselines
from tospann.planning.models import Plan, Revision
from tospann.planning.revisions.points import NOW, Point
from tospann.ui.formats import short_date
from tospann.ui.jinja import language

MOST = 60


@dataclass(frozen=True)
class Choice:
    """One end of a comparison that can be chosen."""

    value: str
    label: str


def named(head: Plan) -> dict[int, str]:
    """The names of the baselines by the revision each was made in."""
    return {one.revision: one.label for one in baselines.all_of(head) if one.slot is None}


def asked(head: Plan, before: str, after: str) -> tuple[str, str]:
    """Both ends as asked for; else the frozen plan, or the revision before, against now."""
    if not before.strip():
        before = str(head.baseline_revision or max(head.revision - 1, 1))
    return before, after.strip() or NOW


def choices(head: Plan, *chosen: Point) -> list[Choice]:
    """Every end that can be chosen, those that are among them: one query."""
    frozen = named(head)
    found = [Choice(NOW, _("The plan now"))]
    found += [Choice(str(number), name) for number, name in frozen.items()]
    rows = Revision.objects.filter(plan=head).order_by("-number")
    recent = rows.values_list("number", "created_at", "actor_name")[:MOST]
    listed = {number: (at, by) for number, at, by in recent}
    listed |= {one.number: (one.at, one.by) for one in chosen}
    for number in sorted(listed.keys() - frozen.keys(), reverse=True):
        at, by = listed[number]
        day = short_date(timezone.localdate(at), language())
        label = _("Revision %(number)s") % {"number": number}
        found.append(Choice(str(number), " · ".join(filter(None, (label, day, by)))))
    return found
