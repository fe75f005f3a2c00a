"""From a failed test to an accepted deliverable, and what the numbers and rules say on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making
from tests.quality.starting import all_of_it

from tospann.cases import rules
from tospann.cases.models import Case, Decision
from tospann.documents.models import Attachment
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.quality import commands, queries
from tospann.quality.models import Nonconformity, TestCase, TestResult

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


@pytest.fixture
def it(made):
    return all_of_it(made)


def tried(actor, case, **said):
    commands.record_result(actor, TestCase.objects.get(pk=case.pk), id=new_id(), **said)


def again(row):
    row.refresh_from_db()
    return row


def test_a_fault_is_raised_corrected_retested_and_verified(made, it):
    tried(made.member, it.case, outcome="failed", grade="B", note="Skjemaet stopper")
    found = Nonconformity.objects.get(test_case=it.case)
    assert (found.grade, found.state) == ("B", "open")
    assert found.requirement_id == it.requirement.pk
    assert found.deliverable_id == it.deliverable.pk
    assert found.owner_id == it.deliverable.owner_id
    assert again(it.round).state == "running"
    commands.correct_nonconformity(made.coordinator, found, cause="Frist", correction="Rettet")
    tried(made.member, it.case, outcome="failed", grade="A", note="Fortsatt")
    assert (again(found).state, found.grade) == ("open", "A")
    assert Nonconformity.objects.filter(test_case=it.case).count() == 1
    commands.correct_nonconformity(made.coordinator, found, cause="Frist", correction="Rettet")
    tried(made.member, it.case, outcome="passed")
    assert again(found).state == "verified"
    newest, second, first = TestResult.objects.filter(case=it.case).order_by("-at")
    assert (newest.retest_of, second.retest_of, first.retest_of) == (second, first, None)
    assert again(it.case).tried == 3


def test_who_corrected_it_does_not_verify_it(made, it):
    commands.correct_nonconformity(made.member, it.fault, cause="Slurv", correction="Rettet")
    with pytest.raises(NotAllowed):
        commands.verify_nonconformity(made.member, again(it.fault))
    commands.verify_nonconformity(made.manager, again(it.fault))
    assert again(it.fault).state == "verified"


def test_a_fault_needs_a_grade_and_a_round_that_is_open(made, it):
    with pytest.raises(Invalid) as said:
        tried(made.member, it.case, outcome="failed")
    assert said.value.field == "grade"
    commands.end_round(made.coordinator, it.round)
    with pytest.raises(Invalid):
        tried(made.member, it.case, outcome="passed")


def test_a_requirement_is_proved_when_all_that_is_to_prove_it_holds(made, it):
    def now():
        standing = queries.standing(made.project)
        return standing.proved, standing.requirements

    assert now() == (0, 1)
    tried(made.member, it.case, outcome="passed")
    today = timezone.localdate()
    commands.perform_review(made.member, it.review, performed_on=today, result="passed")
    commands.approve_review(made.manager, again(it.review))
    assert now() == (0, 1)
    person = made.people["owner"].pk
    commands.put_deliverable_forward(made.coordinator, it.deliverable, accepter=person)
    commands.answer_deliverable(made.owner, again(it.deliverable), verdict="accepted")
    assert now() == (1, 1)
    tried(made.member, it.case, outcome="failed", grade="C")
    assert now() == (0, 1)
    standing = queries.standing(made.project)
    assert standing.faults == {"A": 1, "B": 0, "C": 1}
    assert (standing.deliverables, standing.accepted, standing.waiting) == (1, 1, 0)


def test_only_who_is_asked_accepts_and_a_refusal_says_why(made, it):
    commands.put_deliverable_forward(made.member, it.deliverable, accepter=made.people["owner"].pk)
    with pytest.raises(NotAllowed):
        commands.answer_deliverable(made.manager, again(it.deliverable), verdict="accepted")
    with pytest.raises(Invalid) as said:
        commands.answer_deliverable(made.owner, again(it.deliverable), verdict="refused")
    assert said.value.field == "answer"
    commands.answer_deliverable(
        made.owner, again(it.deliverable), verdict="refused", answer="Mangler"
    )
    decision = Decision.objects.get(
        project=made.project, number=again(it.deliverable).decision_number
    )
    assert decision.reason == "Mangler"
    with pytest.raises(Invalid):
        commands.put_deliverable_forward(made.member, it.deliverable)


def test_the_coordinator_proposes_to_waive_and_the_manager_does(made, it):
    outcome = submit(
        made.coordinator, commands.waive_requirement.on(it.requirement), reason="For dyrt"
    )
    assert isinstance(outcome, Proposed)
    assert Case.objects.filter(project=made.project).count() == 1
    commands.waive_requirement(made.manager, again(it.requirement), reason="For dyrt")
    assert queries.standing(made.project).requirements == 0


def test_a_review_that_has_not_been_carried_out_is_not_approved(made, it):
    with pytest.raises(Invalid):
        commands.approve_review(made.manager, it.review)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Invalid) as said:
        commands.perform_review(made.member, it.review, performed_on=tomorrow, result="passed")
    assert said.value.field == "performed_on"


def test_the_rules_of_gates_follow(made, it):
    def says(key, **given):
        return rules.evaluate(made.project, key, given)

    assert says("every_requirement_proved").ok is False
    assert says("deliverables_accepted").ok is False
    assert says("no_open_faults", grade="A").ok is False
    commands.accept_nonconformity(made.manager, it.fault, reason="Leves med")
    assert says("no_open_faults", grade="C").ok is True
    assert "A" in says("no_open_faults", grade="A").text
    empty = making.project()
    assert rules.evaluate(empty.project, "every_requirement_proved", {}).ok is None


def test_evidence_hangs_on_the_result(made, it, settings, tmp_path):
    from tospann.documents import files

    settings.DATA_DIR = tmp_path
    kept = files.keep(b"%PDF-1.4 bevis", "bevis.pdf")
    said = {"name": kept.name, "media_type": kept.media_type}
    said |= {"size": kept.size, "sha256": kept.sha256}
    tried(made.member, it.case, outcome="passed", evidence=[said])
    result = TestResult.objects.get(case=it.case)
    assert Attachment.objects.get(born_in=f"quality.testresult:{result.pk}").name == "bevis.pdf"


def test_things_of_another_project_are_not_taken(made, it):
    other = making.project()
    theirs = all_of_it(other)
    with pytest.raises(Gone):
        commands.raise_nonconformity(
            made.member, made.project, id=new_id(), title="x", deliverable=theirs.deliverable.pk
        )
    with pytest.raises(Gone):
        commands.change_case(
            made.coordinator, it.case, title="x", requirements=[theirs.requirement.pk]
        )
