"""What is shared with whom, the rules for it, visits from outside, and who has looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project
from tospann.sharing.rights import INTERNAL


class With(models.TextChoices):
    """Who something is shared with."""

    PERSON = "person", _("A person with an account")
    GUEST = "guest", _("A guest, by e-mail")
    LINK = "link", _("Anybody who has the link")


class ShareRole(models.TextChoices):
    """What a share lets its receiver do."""

    VIEW = "view", _("View only")
    COMMENT = "comment", _("View and comment")
    EDIT = "edit", _("View and change")
    UPLOAD = "upload", _("Hand in files")


class ShareState(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    REVOKED = "revoked", _("Stopped")


class Share(Record):
    """Something shared with somebody: a person, a guest by e-mail, or whoever has a link.

    It reaches what lies in it as long as that is not classified higher than ``ceiling``, the class
    the thing had when it was shared. Whether it works is judged each time it is used.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="shares")
    subject = models.CharField(_("what is shared"), max_length=100)
    title = models.CharField(_("title"), max_length=300)
    ceiling = models.CharField(_("reaches up to"), max_length=30, default=INTERNAL)
    kind = models.CharField(_("shared with"), max_length=10, choices=With.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="shares")
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(
        _("may"), max_length=10, choices=ShareRole.choices, default=ShareRole.VIEW
    )
    may_download = models.BooleanField(_("may download"), default=True)
    has_watermark = models.BooleanField(_("watermark"), default=False)
    asks_code = models.BooleanField(_("code by e-mail"), default=True)
    asks_password = models.BooleanField(_("password"), default=False)
    password_hash = models.CharField(max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  # unique
    counts_from = models.DateField(_("counted from"))
    expires_on = models.DateField(_("until"), null=True, blank=True)
    download_limit = models.PositiveIntegerField(_("downloads at most"), null=True, blank=True)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)
    message = models.TextField(_("message"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ShareState.choices, default=ShareState.ACTIVE
    )
    reason = models.TextField(_("reason"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    approved_case = models.CharField(max_length=100, blank=True)
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    # The words a link asks for are set by whoever hands it out; that it asks is on record.
    working_state = frozenset({"downloads", "last_used_at", "password_hash"})
    unaudited = frozenset({"token_hash"})

    class Meta:
        indexes = [
            models.Index(fields=["project", "state"], name="share_of_project"),
            models.Index(fields=["subject"], name="share_of_subject"),
            models.Index(fields=["person", "project"], name="share_with_person"),
            models.Index(fields=["email", "project"], name="share_with_guest"),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.receiver}"

    @property
    def receiver(self) -> str:
        """Who it is shared with, in words."""
        if self.kind == With.PERSON and self.person is not None:
            return self.person.name
        if self.kind == With.GUEST:
            return f"{self.name} ({self.email})" if self.name else self.email
        return self.name or str(With.LINK.label)

    @property
    def is_outside(self) -> bool:
        """Whether the receiver comes from outside the organisation."""
        return self.kind != With.PERSON or (self.person is not None and self.person.is_external)


class Rules(models.Model):
    """What sharing outside must keep to. The stricter of organisation and project counts."""

    allows_guests = models.BooleanField(_("guests may be invited"), default=True)
    allows_links = models.BooleanField(_("links may be made"), default=True)
    links_need_password = models.BooleanField(_("links need a password"), default=False)
    outside_only_views = models.BooleanField(_("nothing is downloaded outside"), default=False)
    needs_case = models.BooleanField(_("sharing outside needs a decision"), default=False)
    domains = models.JSONField(_("allowed domains"), default=list)
    max_days = models.PositiveIntegerField(_("days at most"), null=True, blank=True)

    class Meta:
        abstract = True


class OrganisationSharing(Rules, OrganisationWide):
    """The organisation's rules for sharing outside. There is at most one."""

    def __str__(self) -> str:
        return str(_("Rules for sharing"))


class SharingPolicy(Rules, Record):
    """The project's own rules, which can only be stricter, and whether all sharing is stopped."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="sharing_policy")
    is_stopped = models.BooleanField(_("all sharing outside is stopped"), default=False)
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)

    def __str__(self) -> str:
        return str(_("Rules for sharing"))


class Visit(models.Model):
    """A browser outside that has come by a share. Working state; only hashes are kept."""

    secret_hash = models.CharField(max_length=64, db_index=True)
    share = models.ForeignKey(Share, models.CASCADE, related_name="visits")
    is_open = models.BooleanField(default=False)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["secret_hash", "share"], name="one_visit_of_share")
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"


class AccessKind(models.TextChoices):
    OPENED = "opened", _("opened it")
    DOWNLOADED = "downloaded", _("downloaded it")
    PREVIEWED = "previewed", _("looked at its pages")
    UPLOADED = "uploaded", _("handed in a file")


class AccessLog(models.Model):
    """Somebody looked at something. Working state: kept for a while, never part of the chain."""

    at = models.DateTimeField(auto_now_add=True)
    project_id = models.UUIDField()
    subject = models.CharField(max_length=100)
    what = models.CharField(max_length=12, choices=AccessKind.choices)
    person_id = models.UUIDField(null=True)
    share_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"], name="access_of_subject"),
            models.Index(fields=["project_id", "-at"], name="access_of_project"),
            models.Index(fields=["at"], name="access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.what} {self.subject}"
