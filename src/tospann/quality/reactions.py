"""Who is told: new owners, testers, reviewers, whoever is asked, and who waits for the answer."""

from collections.abc import Iterable

from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import reaction
from tospann.foundation.references import find
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects import queries as projects
from tospann.quality import commands
from tospann.quality.models import Deliverable, Nonconformity, Review, TestCase

_OWNED = gettext_noop("%(who)s made you the owner of the nonconformity “%(title)s”.")
_FAILED = gettext_noop("%(who)s found a fault: “%(title)s”. It is yours to correct.")
_TO_VERIFY = gettext_noop("%(who)s says that “%(title)s” is corrected. Verify it.")
_ASKED = gettext_noop("%(who)s asks you to accept the deliverable “%(title)s”.")
_REVIEWER = gettext_noop("%(who)s asks you to review “%(title)s”.")
_TESTER = gettext_noop("%(who)s asks you to test in the round “%(title)s”.")
_ANSWERED = {
    "accepted": gettext_noop("%(who)s accepted the deliverable “%(title)s”."),
    "remarks": gettext_noop("%(who)s accepted the deliverable “%(title)s”, with remarks."),
    "refused": gettext_noop("%(who)s did not accept the deliverable “%(title)s”."),
}


def _changed(entry: AuditEntry, label: str) -> Iterable[object]:
    """The rows of one kind that the act changed, as they are now."""
    for ref in entry.detail.changes or {}:
        if ref.startswith(f"quality.{label}:"):
            yield find(ref)


def _tell(entry: AuditEntry, people: Iterable[object], msgid: str, row: object) -> None:
    wanted = sorted({one for one in people if one is not None}, key=str)
    said = Sentence(msgid, {"who": entry.detail.actor_name, "title": str(row)})
    link, project = row.get_absolute_url(), row.project  # type: ignore[attr-defined]  # a Record
    tell(wanted, Kind.ACTION, said, link, entry, project=project)  # type: ignore[arg-type]  # ids


@reaction(commands.raise_nonconformity, commands.hand_over_nonconformity)
def tell_the_new_owner(entry: AuditEntry) -> None:
    for row in _changed(entry, "nonconformity"):
        if isinstance(row, Nonconformity) and row.is_open:
            _tell(entry, [row.owner_id], _OWNED, row)


@reaction(commands.record_result)
def tell_who_corrects_it(entry: AuditEntry) -> None:
    for row in _changed(entry, "nonconformity"):
        if isinstance(row, Nonconformity) and row.state == "open":
            _tell(entry, [row.owner_id], _FAILED, row)


@reaction(commands.correct_nonconformity)
def tell_who_found_it(entry: AuditEntry) -> None:
    """Whoever raised it, and whoever tests it, so that somebody verifies the correction."""
    for row in _changed(entry, "nonconformity"):
        if isinstance(row, Nonconformity) and row.state == "corrected":
            tester = row.test_case.tester_id if row.test_case else None
            people = {row.raised_by_id, tester} - {row.corrected_by_id}
            _tell(entry, people, _TO_VERIFY, row)


@reaction(commands.put_deliverable_forward)
def tell_who_is_asked(entry: AuditEntry) -> None:
    for row in _changed(entry, "deliverable"):
        if isinstance(row, Deliverable) and row.is_waiting:
            _tell(entry, [row.accepter_id], _ASKED, row)


@reaction(commands.answer_deliverable)
def tell_who_waits(entry: AuditEntry) -> None:
    tell_of_answer(entry)


def tell_of_answer(entry: AuditEntry) -> None:
    """Whoever is responsible for it, the manager and the coordinator hear the answer."""
    for row in _changed(entry, "deliverable"):
        if isinstance(row, Deliverable) and row.answered_at is not None:
            leading = projects.holders(row.project_id, [Role.MANAGER, Role.COORDINATOR])
            said = _ANSWERED.get(row.state)
            if said:
                values = {"who": row.answered_name, "title": row.title}
                people = sorted({*leading, *filter(None, [row.owner_id])}, key=str)
                link = row.get_absolute_url()
                tell(people, Kind.ACTION, Sentence(said, values), link, entry, project=row.project)


@reaction(commands.plan_review, commands.change_review)
def tell_the_reviewers(entry: AuditEntry) -> None:
    """Those who were added."""
    added = [
        change["fields"]["person_id"][1]
        for ref, change in (entry.detail.changes or {}).items()
        if ref.startswith("quality.reviewer:") and change.get("created")
    ]
    for row in _changed(entry, "review"):
        if isinstance(row, Review) and added:
            found = [one.person_id for one in row.reviewers.all() if str(one.person_id) in added]
            _tell(entry, found, _REVIEWER, row)


@reaction(commands.add_cases)
def tell_the_testers(entry: AuditEntry) -> None:
    """Once, however many tests she was given."""
    rows = [row for row in _changed(entry, "testcase") if isinstance(row, TestCase)]
    if rows:
        _tell(entry, {row.tester_id for row in rows}, _TESTER, rows[0].round)
