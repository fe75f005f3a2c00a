"""What the page of one thing shows besides itself."""

from typing import Any

from tospann.actions import queries as actions
from tospann.documents import queries as documents
from tospann.foundation.authority import Actor
from tospann.foundation.records import reference
from tospann.people.audit_trail import history
from tospann.quality import queries, register
from tospann.quality.models import Nonconformity, TestCase, TestResult
from tospann.quality.sorts import Sort


def known(actor: Actor, of: Sort, row: Any) -> dict[str, Any]:
    """By the sort's name: proofs, tests, actions, nonconformities; and for all, the history."""
    return {
        "states": register.STATES,
        "outcomes": register.OUTCOMES,
        "results": register.RESULTS,
        "grades": register.GRADES,
        "is_overdue": queries.is_overdue(row),
        "history": history(row, row.created_at),
        **_OF[of.name](actor, row),
    }


def _requirement(actor: Actor, row: Any) -> dict[str, Any]:
    proofs = queries.proofs_of(requirement=row)
    faults = Nonconformity.objects.filter(requirement=row).order_by("number")
    is_proved = row.pk in queries.proved(row.project)
    return {"proofs": proofs, "is_proved": is_proved, "faults": list(faults)}


def _deliverable(actor: Actor, row: Any) -> dict[str, Any]:
    return {
        "proofs": queries.proofs_of(deliverable=row),
        "faults": list(Nonconformity.objects.filter(deliverable=row).order_by("number")),
        "rounds": list(queries.rounds(row.project).filter(deliverable=row).order_by("number")),
        "reviews": list(queries.reviews(row.project).filter(deliverable=row).order_by("number")),
        "shares": queries.shares_of(row),
        "criteria": [line.strip("-• \t") for line in row.criteria.splitlines() if line.strip()],
    }


def _review(actor: Actor, row: Any) -> dict[str, Any]:
    return {
        "proofs": queries.proofs_of(review=row),
        "reviewers": [one.person for one in row.reviewers.select_related("person")],
        "faults": list(Nonconformity.objects.filter(review=row).order_by("number")),
        "measures": list(actions.born_in(reference(row))),
    }


def _round(actor: Actor, row: Any) -> dict[str, Any]:
    cases = queries.cases(row)
    tried = [one for one in cases if one.outcome != "none"]
    passed = sum(one.outcome == "passed" for one in cases)
    found = Nonconformity.objects.filter(test_case__round=row).order_by("grade", "number")
    return {"cases": cases, "tried": len(tried), "passed": passed, "faults": list(found)}


def _nonconformity(actor: Actor, row: Any) -> dict[str, Any]:
    results = queries.results(row.test_case) if row.test_case else []
    return {
        "measures": list(actions.born_in(reference(row))),
        "results": results,
        "evidence": evidence(actor, results),
    }


_OF = {
    "requirement": _requirement,
    "deliverable": _deliverable,
    "quality_review": _review,
    "test_round": _round,
    "nonconformity": _nonconformity,
}


def evidence(actor: Actor, results: list[TestResult]) -> dict[str, list[Any]]:
    """The files of each result, by its id."""
    refs = {reference(one): str(one.pk) for one in results}
    found: dict[str, list[Any]] = {}
    for one in documents.visible(actor, documents.attachments_of(*refs)):
        found.setdefault(refs[one.born_in], []).append(one)
    return found


def faults_of(case: TestCase) -> list[Nonconformity]:
    return list(Nonconformity.objects.filter(test_case=case).order_by("number"))
