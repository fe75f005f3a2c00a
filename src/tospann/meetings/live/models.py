"""What is being typed in a meeting. Working state: it becomes the record when the item ends."""

import uuid

from django.db import models
from django.utils import timezone

from tospann.people.models import Person


class Desk(models.Model):
    """The table of a meeting under way. Locking this row puts those who write in line.

    ``sequence`` grows with every change of a draft: who has seen 57 asks for what came after.
    """

    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    current = models.ForeignKey("meetings.AgendaItem", models.SET_NULL, null=True, related_name="+")
    turned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"desk of {self.meeting_id} at {self.sequence}"


class ItemDraft(models.Model):
    """The minutes of an item as they stand while people write, and who is writing just now."""

    item = models.OneToOneField(
        "meetings.AgendaItem", models.CASCADE, primary_key=True, related_name="draft"
    )
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    recorded = models.TextField(blank=True)
    """The text of the record this draft goes out from."""
    sequence = models.PositiveBigIntegerField(default=0)
    held_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)
    spent_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["meeting", "sequence"], name="draft_of_meeting")]

    def __str__(self) -> str:
        return f"draft of {self.item_id} at {self.sequence}"

    @property
    def holder(self) -> uuid.UUID | None:
        """Who holds the soft lock now."""
        if self.held_until is None or self.held_until <= timezone.now():
            return None
        return self.held_by_id


class Writer(models.Model):
    """One open page of somebody who writes in an item: what it sent last, so nothing counts twice.

    A page that did not hear our answer goes on from what it sent; that text is kept here.
    """

    item = models.ForeignKey("meetings.AgendaItem", models.CASCADE, related_name="+")
    client = models.UUIDField()
    sequence = models.PositiveBigIntegerField(default=0)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "client"], name="one_writer")]

    def __str__(self) -> str:
        return f"{self.client} in {self.item_id}: {self.sequence}"


class KeptText(models.Model):
    """What somebody typed that could not be joined with what others typed in the same lines."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    item = models.ForeignKey("meetings.AgendaItem", models.CASCADE, related_name="kept_texts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    client = models.UUIDField()
    text = models.TextField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "client"], name="one_kept_text")]
        ordering = ["kept_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]
