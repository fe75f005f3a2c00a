"""Numbers for activities that are about to be added: handed out once, never again."""

from django.db import transaction

from tospann.planning.models import Plan


def reserve_uids(head: Plan, count: int = 1) -> int:
    """The first of ``count`` numbers that nobody else will get. Working state: no command."""
    with transaction.atomic():
        row = Plan.objects.select_for_update().get(pk=head.pk)
        first = row.next_uid
        Plan.objects.filter(pk=head.pk).update(next_uid=first + count)
    return first
