"""Cases with their alternatives, discussion, assent and decision; and the authority matrix."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.documents.models import Document
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Gate, GateCriterion, Phase, Project


class Mode(models.TextChoices):
    """How many of those who decide must say yes."""

    ANY = "any", pgettext_lazy("how many decide", "One of them")
    ALL = "all", pgettext_lazy("how many decide", "All of them")
    QUORUM = "quorum", pgettext_lazy("how many decide", "A certain number of them")


class AuthorityRule(Record):
    """One row of a project's authority matrix: kind × measure × limit → who decides.

    ``deciders`` are roles and ``people`` are named beside them (``{id, name}``).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="authority_rules")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=60, blank=True)
    operator = models.CharField(max_length=1, default=">")
    limit = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    deciders = models.JSONField(default=list)
    people = models.JSONField(default=list, blank=True)
    mode = models.CharField(max_length=6, default="any", choices=Mode.choices)
    quorum = models.PositiveSmallIntegerField(default=0)
    in_order = models.BooleanField(default=False)
    four_eyes = models.BooleanField(default=False)
    within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    escalates_to = models.JSONField(default=list, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.kind} {self.measure} > {self.limit}" if self.measure else self.kind


class CaseKind(models.TextChoices):
    CHANGE = "change", pgettext_lazy("kind of case", "Change")
    GATE = "gate", _("Gate")
    OTHER = "other", _("Other matter")


class CaseState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    SUBMITTED = "submitted", _("Waiting for a decision")
    RETURNED = "returned", _("Returned with a question")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (CaseState.DRAFT, CaseState.SUBMITTED, CaseState.RETURNED)


class Case(Record):
    """A prepared matter for decision."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=CaseKind.choices, default=CaseKind.CHANGE)
    title = models.CharField(max_length=200)
    situation = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    recommended = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.DRAFT)
    gate = models.ForeignKey(Gate, models.PROTECT, null=True, blank=True, related_name="cases")
    reverses = models.ForeignKey(
        "Decision", models.PROTECT, null=True, blank=True, related_name="reversals"
    )
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    need_by = models.DateField(null=True, blank=True)
    deciders = models.JSONField(default=list)
    mode = models.CharField(max_length=6, default="any")
    because = models.JSONField(default=dict)
    people = models.JSONField(default=list)
    decide_by = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    checked = models.JSONField(default=list, blank=True)
    """A gate's points as they were when it was submitted (``cases.gates``)."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_case_number")
        ]
        indexes = [models.Index(fields=["project", "state"], name="case_project_state")]

    def __str__(self) -> str:
        return self.title


class Alternative(Record):
    """One way the case may be decided: a list of commands, empty for the zero alternative.

    ``verdict`` is who decides it and why, as computed when it was submitted: the JSON form of
    ``foundation.authority.Deciders``, and ``because``.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="alternatives")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    operations = models.JSONField(default=list)
    verdict = models.JSONField(default=dict)
    consequences = models.JSONField(default=dict)
    consequences_hash = models.CharField(max_length=64, blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)

    # Computed by ``cases.computing``; a decision binds the hash of what was read.
    working_state = frozenset({"consequences", "consequences_hash", "computed_at"})

    class Meta:
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="one_alternative_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"


class Waiver(Record):
    """A point that does not hold, and why the gate may be passed all the same: part of its case."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="waivers")
    criterion = models.ForeignKey(GateCriterion, models.PROTECT, related_name="waivers")
    reason = models.TextField()
    waived_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["waived_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "criterion"], name="one_waiver_each")
        ]

    def __str__(self) -> str:
        return self.reason[:80]


class CasePaper(Record):
    """A document that is appended to a case."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField(default=0)
    document = models.ForeignKey(Document, models.PROTECT, related_name="cases")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "document"], name="one_paper_of_case")
        ]

    def __str__(self) -> str:
        return str(self.document)


class BundleState(models.TextChoices):
    MAKING = "making", _("Being made")
    READY = "ready", pgettext_lazy("state of a bundle", "Ready")
    FAILED = "failed", _("Could not be made")


class Bundle(Record):
    """The papers of a case as one file, and when it is sent to those who decide.

    What was put into it is working state, written by the job that makes it; the file itself is
    kept as an attachment.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="bundles")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    send_on = models.DateField(null=True, blank=True)
    message = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    receivers = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=BundleState.choices, default="making")
    papers = models.JSONField(default=list, blank=True)
    changed = models.JSONField(default=list, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    work = models.UUIDField(null=True, blank=True)

    working_state = frozenset(
        {"state", "papers", "changed", "page_count", "sha256", "made_at", "work"}
    )

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def ref(self) -> str:
        """What the file keeps as ``born_in``."""
        return f"cases.bundle:{self.pk}"


class Remark(Record):
    """Something said in a case's discussion; a question waits for an answer."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    is_question = models.BooleanField(default=False)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class Assent(Record):
    """One decider's yes where several must decide jointly."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="assents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    alternative = models.CharField(max_length=10)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "role", "person"], name="one_assent_each")
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.alternative}"


class DecisionOutcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    CONDITIONS = "conditions", _("Approved with conditions")
    PARTLY = "partly", _("Approved in part")
    REJECTED = "rejected", _("Rejected")
    RECORDED = "recorded", _("Recorded")

    @property
    def tone(self) -> str:
        """The tone of its tag: success, warning, danger or neutral."""
        return _TONES[self]


_TONES = {
    DecisionOutcome.APPROVED: "success",
    DecisionOutcome.CONDITIONS: "warning",
    DecisionOutcome.PARTLY: "warning",
    DecisionOutcome.REJECTED: "danger",
    DecisionOutcome.RECORDED: "neutral",
}


class Decision(Record):
    """What was decided, by whom, on what grounds. Never changed: a reversal is a new case.

    The database itself refuses changes (foundation/triggers). ``body`` decided it when it was
    decided outside the portal; ``text`` is then its own wording.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="decision"
    )
    title = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12, choices=DecisionOutcome.choices)
    chosen = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    text = models.TextField(blank=True)
    conditions = models.JSONField(default=list)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    authority = models.CharField(max_length=120, blank=True)
    body = models.CharField(max_length=200, blank=True)
    body_reference = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    operations_hash = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(default=dict)
    evidence_hash = models.CharField(max_length=64, blank=True)
    consequences_hash = models.CharField(max_length=64, blank=True)
    born_in = models.CharField(max_length=100, blank=True, db_index=True)
    born_label = models.CharField(max_length=200, blank=True)
    born_link = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-decided_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_decision_number")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        """What is born in the decision keeps this as ``born_in``."""
        return f"cases.decision:{self.pk}"
