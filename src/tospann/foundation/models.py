"""What the write path leaves behind: the audit chain, its erasable detail, and owed reactions."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AuditHead(models.Model):
    """The head of one scope's chain. Locking this row puts the scope's changes in line.

    It also hands out the scope's short numbers (NF-123).
    """

    scope_id = models.UUIDField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope_id} at {self.sequence}"


class AuditEntry(models.Model):
    """One act: never changed, never removed (triggers see to that)."""

    id = models.BigAutoField(primary_key=True)
    scope_id = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    parent = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField(db_index=True)
    person_id = models.UUIDField(null=True, db_index=True)
    actor_kind = models.CharField(max_length=10)
    authority = models.CharField(max_length=120)
    command = models.CharField(max_length=80)
    subject = models.CharField(max_length=100, db_index=True)
    detail_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope_id", "sequence"], name="one_sequence")
        ]
        indexes = [models.Index(fields=["scope_id", "-at"], name="audit_scope_at")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.command}"


class AuditDetail(models.Model):
    """Arguments and before/after of an entry. May be erased without breaking the chain."""

    entry = models.OneToOneField(
        AuditEntry, models.PROTECT, primary_key=True, related_name="detail"
    )
    salt = models.CharField(max_length=32)
    actor_name = models.CharField(max_length=200)
    arguments = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    changes = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"detail of {self.entry_id}"


class OwedReaction(models.Model):
    """A reaction written with the commit it answers, so that a crash after it loses none."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(AuditEntry, models.PROTECT)
    name = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="reaction_due", condition=models.Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.entry_id}"


class Undone(models.Model):
    """Which entry undid which: an act is undone at most once."""

    entry = models.OneToOneField(AuditEntry, models.PROTECT, primary_key=True, related_name="+")
    by_sequence = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.by_sequence}"
