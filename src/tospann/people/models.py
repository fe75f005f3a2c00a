"""The organisation, the people in it, their deputies, API tokens and app passwords."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tospann.foundation import records
from tospann.foundation.authority import ORGANISATION_ROLES, ROLE_LABELS
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.records import Record, RecordQuerySet
from tospann.foundation.statements import by_key


class OrganisationWide(Record):
    """Base of records that belong to the organisation rather than to a project."""

    class Meta:
        abstract = True

    @property
    def scope_id(self) -> uuid.UUID:
        return ORGANISATION_SCOPE


class Organisation(OrganisationWide):
    """The organisation that runs this portal. There is exactly one, with a known id."""

    name = models.CharField(max_length=200)
    organisation_number = models.CharField(max_length=9, blank=True)
    language = models.CharField(max_length=5, default="nb")

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> RecordQuerySet["Person"]:
        return RecordQuerySet(self.model, using=self._db)

    def get(self, *args: Any, **wanted: Any) -> "Person":
        """Every request asks for its person by key (django.contrib.auth does): quickly, then."""
        if args or wanted.keys() != {"pk"} or type(self) is not PersonManager:
            return super().get(*args, **wanted)
        found = by_key(Person)(wanted["pk"])
        if found is None:
            raise Person.DoesNotExist
        return found

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser, OrganisationWide):
    """Somebody who can sign in, or once could. The e-mail address is the identity."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=200, blank=True)
    company = models.CharField(_("organisation"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_external = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True)
    theme = models.CharField(max_length=5, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    working_state = frozenset({"last_login", "password", "language", "theme"})
    unaudited = frozenset({"password"})
    is_staff = False
    is_superuser = False

    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]  # both bases have one

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper()

    def get_full_name(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Sign-in (allauth, hash upgrades) saves the whole person; only working state may change.
        outside = records._changes.get() is None
        if outside and not self._state.adding and "update_fields" not in kwargs:
            kwargs["update_fields"] = sorted(self.working_state)
        super().save(*args, **kwargs)


class OrganisationRole(OrganisationWide):
    """What a person is across all projects."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="organisation_roles")
    role = models.CharField(
        max_length=30, choices=[(str(role), ROLE_LABELS[role]) for role in ORGANISATION_ROLES]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="one_organisation_role")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Deputy(OrganisationWide):
    """Somebody who holds another person's project roles for a while."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="deputises")
    starts_on = models.DateField()
    ends_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.deputy} for {self.person}"


class ApiToken(OrganisationWide):
    """A personal token for the API; only its hash is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=200)
    prefix = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    working_state = frozenset({"last_used_at"})
    unaudited = frozenset({"token_hash"})

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class AppPassword(OrganisationWide):
    """What one device or program signs in with (drives, Office); only its hash is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="app_passwords")
    name = models.CharField(max_length=200)
    password_hash = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    working_state = frozenset({"last_used_at"})
    unaudited = frozenset({"password_hash"})

    def __str__(self) -> str:
        return self.name


class SavedView(models.Model):
    """A named combination of filters and columns of a list page. Working state: no command."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "page", "name"], name="one_saved_view_name")
        ]

    def __str__(self) -> str:
        return self.name
