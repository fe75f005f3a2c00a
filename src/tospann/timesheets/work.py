"""Approved hours become actual work in the plan: a fact, never a proposal."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Sum

from tospann.foundation.authority import Actor
from tospann.planning.commands import record_work
from tospann.planning.models import Plan
from tospann.projects.models import Project
from tospann.timesheets.models import Hours, Sheet, State


def tell_plan(actor: Actor, project: Project, sheets: Sequence[Sheet]) -> None:
    """What the tasks of these sheets have taken by now, as one revision. Inside a command."""
    uids = {line["uid"] for sheet in sheets for line in sheet.lines if line["uid"]}
    head = Plan.objects.filter(project=project).first() if uids else None
    if head is None:
        return
    done = dict.fromkeys(sorted(uids), Decimal(0))
    rows = Hours.objects.filter(project=project, uid__in=uids, sheet__state=State.APPROVED)
    done |= dict(rows.values_list("uid").annotate(Sum("hours")).order_by())
    record_work(actor, head, hours=done)
