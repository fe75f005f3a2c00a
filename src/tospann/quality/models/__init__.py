"""The nouns of quality; nothing here saves."""

from tospann.quality.models.failing import Grade, Nonconformity, NonconformityState
from tospann.quality.models.proving import Proof, ProofKind
from tospann.quality.models.reviewing import Review, Reviewer, ReviewResult, ReviewState
from tospann.quality.models.testing import Outcome, RoundState, TestCase, TestResult, TestRound
from tospann.quality.models.wanted import (
    Deliverable,
    DeliverableState,
    Requirement,
    RequirementKind,
    RequirementState,
)

__all__ = [
    "Deliverable",
    "DeliverableState",
    "Grade",
    "Nonconformity",
    "NonconformityState",
    "Outcome",
    "Proof",
    "ProofKind",
    "Requirement",
    "RequirementKind",
    "RequirementState",
    "Review",
    "ReviewResult",
    "ReviewState",
    "Reviewer",
    "RoundState",
    "TestCase",
    "TestResult",
    "TestRound",
]
