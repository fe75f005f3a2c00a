"""The demo can be made on any day of the year."""

import pytest
import time_machine
from django.utils import timezone

from tospann.cases.models import Case, CaseState
from tospann.demo.seed import seed
from tospann.foundation.models import AuditEntry
from tospann.planning.models import Activity

DAYS = ("2026-01-05", "2026-04-06", "2026-06-20", "2026-12-26", "2027-05-17")


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS)
def test_the_story_is_the_same_whatever_day_it_is_told(day):
    """Weekends, Easter and Christmas move its days about, but never the order of what happens."""
    with time_machine.travel(f"{day}T10:00:00+00:00", tick=True):
        seed()
        today = timezone.localdate()
        late = Activity.objects.filter(kind="milestone", finish__lt=today).exclude(state="done")
        assert set(late.values_list("name", flat=True)) == {"Tett bygg", "Kundetest 2 godkjent"}
        waiting = Case.objects.filter(state=CaseState.SUBMITTED)
        assert sorted(waiting.values_list("deciders", flat=True)) == [["manager"], ["owner"]]
        before = {}
        for act in AuditEntry.objects.order_by("scope_id", "sequence"):
            assert act.at >= before.get(act.scope_id, act.at), act.command
            before[act.scope_id] = act.at
