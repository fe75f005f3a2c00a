"""Reading the audit chains for webhooks: every entry once, whatever dies in between."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.models import AuditEntry, AuditHead
from tospann.projects.models import Project
from tospann.webhooks.kinds import TRY, wants
from tospann.webhooks.models import Delivery, Position, Webhook, WebhookState

AT_ONCE = 500


def begin(webhook: Webhook) -> None:
    """From now on; in the act that adds the webhook or turns it on."""
    webhook.positions.all().delete()
    Position.objects.bulk_create(
        Position(webhook=webhook, chain=chain, sequence=sequence)
        for chain, sequence in _heads(webhook).items()
    )


def read_all() -> set[UUID]:
    """Write down what is to be delivered; returns the webhooks that have something new."""
    wanted = Webhook.objects.exclude(state=WebhookState.OFF)
    return {webhook.pk for webhook in wanted if _read(webhook)}


def _heads(webhook: Webhook) -> dict[UUID, int]:
    """Chain → its last entry: the project's, or the organisation's and all projects'.

    Never the chain of somebody's own hours.
    """
    heads = AuditHead.objects.values_list("scope_id", "sequence")
    if webhook.project_id:
        return dict(heads.filter(scope_id=webhook.project_id))
    ours = {ORGANISATION_SCOPE, *Project.objects.values_list("pk", flat=True)}
    return {chain: sequence for chain, sequence in heads if chain in ours}


def _read(webhook: Webhook) -> int:
    positions = dict(webhook.positions.values_list("chain", "sequence"))
    found = 0
    for chain, head in _heads(webhook).items():
        while positions.get(chain, 0) < head:
            read, last = _read_on(webhook, chain, positions.get(chain, 0))
            if last is None:
                break
            found, positions[chain] = found + read, last
    return found


def _read_on(webhook: Webhook, chain: UUID, since: int) -> tuple[int, int | None]:
    """The next entries of a chain: deliveries and the new position in one transaction."""
    following = AuditEntry.objects.filter(scope_id=chain, sequence__gt=since).order_by("sequence")
    entries = list(following[:AT_ONCE])
    if not entries:
        return 0, None
    due = [_delivery(webhook, entry) for entry in entries if _concerns(webhook, entry)]
    with transaction.atomic():
        if not _move(webhook, chain, since, entries[-1].sequence):
            return 0, None  # somebody else reads
        Delivery.objects.bulk_create(due, ignore_conflicts=True)
    return len(due), entries[-1].sequence


def _move(webhook: Webhook, chain: UUID, since: int, to: int) -> bool:
    row, is_new = Position.objects.get_or_create(
        webhook=webhook, chain=chain, defaults={"sequence": to}
    )
    mine = Position.objects.filter(pk=row.pk, sequence=since)
    return is_new or bool(mine.update(sequence=to))


def _concerns(webhook: Webhook, entry: AuditEntry) -> bool:
    if entry.command == TRY:
        return entry.subject == f"webhooks.webhook:{webhook.pk}"
    # What is done to webhooks concerns those who keep them, not those who are told.
    return not entry.command.startswith("webhooks.") and wants(webhook.kinds, entry.command)


def _delivery(webhook: Webhook, entry: AuditEntry) -> Delivery:
    return Delivery(
        webhook=webhook,
        entry=entry.pk,
        chain=entry.scope_id,
        sequence=entry.sequence,
        kind=entry.command,
        subject=entry.subject,
        at=entry.at,
        due_at=timezone.now(),
    )


def chains(deliveries: Iterable[Delivery]) -> dict[UUID, str]:
    """Chain → the project's key, for those that are a project's."""
    pks = {one.chain for one in deliveries}
    return dict(Project.objects.filter(pk__in=pks).values_list("pk", "key"))
