"""Which columns of which records are read as they were."""

from tospann.actions.models import Action
from tospann.budget.models import Budget, BudgetLine
from tospann.cases.models import Case, Decision
from tospann.documents.models import Document, Folder, Version
from tospann.foundation.rewinding import Wanted
from tospann.meetings.models import Meeting, PublishedMinutes
from tospann.projects.models import Gate, GateCriterion, Membership, Phase, Project
from tospann.reports.models import SignedReport
from tospann.risks.models import Deviation, Problem, Risk

_KEPT = ("number", "title", "state", "owner_id", "due_on")
WANTED: Wanted = {
    Project: ("name", "state", "start", "finish"),
    Phase: ("position", "name", "state", "starts_on", "ends_on"),
    Gate: ("position", "code", "name", "state", "due_on", "decided_at"),
    GateCriterion: ("gate_id", "state"),
    Membership: ("person_id", "role", "until"),
    Folder: ("number", "name", "classification"),
    Document: (
        *("number", "name", "folder_id", "classification", "state", "version_number"),
        *("approved_version", "trashed_at", "url", "document_type"),
    ),
    Version: ("document_id", "number", "sha256", "size", "made_at", "made_by_id"),
    Case: ("number", "kind", "title", "state", "prepared_by_id", "submitted_at", "need_by"),
    Decision: (
        *("number", "title", "outcome", "chosen", "decided_by_id", "body", "decided_on"),
        *("recorded_at", "evidence_hash"),
    ),
    SignedReport: ("number", "signed_on", "signed_by_id", "pdf_sha256"),
    Meeting: ("number", "title"),
    PublishedMinutes: ("meeting_id", "published_at", "published_by_id", "pdf_sha256"),
    Budget: (
        *("manager_reserve", "owner_reserve", "manager_released", "owner_released"),
        *("approved_total", "base_estimate", "unspecified", "expected_addition", "contingency"),
    ),
    BudgetLine: ("number", "code", "name", "amount", "approved"),
    Risk: (*_KEPT, "kind", "probability", "impact"),
    Problem: _KEPT,
    Deviation: _KEPT,
    Action: (*_KEPT, "priority"),
}
