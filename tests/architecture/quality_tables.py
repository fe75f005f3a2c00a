"""Who sees which page of quality, and who may change what there; and things to try it on."""

from tospann.foundation.ids import new_id
from tospann.quality import commands
from tospann.quality.models import Deliverable, TestCase

COO, MAN, OWN, STE, MEM = "coordinator", "manager", "owner", "steering", "member"
INSIDE = {COO, MAN, OWN, STE, MEM, "portfolio_leader", "auditor"}
KEEPING, TESTING, APPROVING = {COO, MAN}, {COO, MAN, MEM}, {COO, MAN, OWN}
TEAM = {COO, MAN, OWN, STE, MEM}

PAGES = (
    *("quality", "coverage", "requirements", "deliverables", "quality_reviews", "test_rounds"),
    *("nonconformities", "requirement", "deliverable", "quality_review", "test_round"),
    *("nonconformity", "test_case"),
)
KEPT = (
    *("new_requirement", "edit_requirement", "new_deliverable", "edit_deliverable"),
    *("forward_deliverable", "new_quality_review", "edit_quality_review"),
    *("perform_quality_review", "act_on_quality_review", "new_test_round", "edit_test_round"),
    *("add_cases_to_test_round", "end_test_round", "edit_nonconformity"),
    *("correct_nonconformity", "hand_over_nonconformity", "act_on_nonconformity"),
)
TESTED = ("edit_test_case", "verify_nonconformity", "reopen_nonconformity")
APPROVED = ("waive_requirement", "accept_nonconformity")
SEEN_BY = {
    **dict.fromkeys(PAGES, INSIDE),
    **dict.fromkeys(KEPT, KEEPING),
    **dict.fromkeys(TESTED, TESTING),
    **dict.fromkeys(APPROVED, APPROVING),
    "new_nonconformity": TEAM,
    "answer_deliverable": {OWN},
}
CHANGES = {
    **dict.fromkeys(KEPT, (KEEPING, {})),
    **dict.fromkeys(("restore_requirement", "take_back_deliverable"), (KEEPING, {})),
    **dict.fromkeys(("reopen_quality_review", "reopen_test_round"), (KEEPING, {})),
    **dict.fromkeys((*TESTED, "test_case", "remove_test_case"), (TESTING, {})),
    **dict.fromkeys((*APPROVED, "approve_quality_review"), (APPROVING, {})),
    "new_nonconformity": (TEAM, {}),
    "answer_deliverable": ({OWN}, {}),
}


def things(of):
    """One of everything in the project, as (by id, by number), by the route's name."""
    who, project = of.actor("coordinator"), of.project
    wanted = commands.add_requirement(who, project, id=new_id(), title="Svar på to sekunder")
    handed = commands.add_deliverable(who, project, id=new_id(), title="Skjema")
    commands.put_deliverable_forward(who, handed, accepter=of.people["owner"].pk)
    handed = Deliverable.objects.get(pk=handed.pk)
    review = commands.plan_review(who, project, id=new_id(), title="Skjemaet")
    tests = commands.plan_round(who, project, id=new_id(), title="Runde 1")
    commands.add_cases(who, tests, titles=["Send inn"])
    fault = commands.raise_nonconformity(who, project, id=new_id(), title="Stopper")
    one = TestCase.objects.get(round=tests)
    acts = {
        wanted: ("requirement", "", "edit_", "waive_", "restore_"),
        handed: ("deliverable", "", "edit_", "forward_", "answer_", "take_back_"),
        review: (
            *("quality_review", "", "edit_", "perform_", "act_on_", "approve_"),
            "reopen_",
        ),
        tests: ("test_round", "", "edit_", "add_cases_to_", "end_", "reopen_"),
        fault: (
            *("nonconformity", "", "edit_", "correct_", "verify_", "accept_", "reopen_"),
            *("hand_over_", "act_on_"),
        ),
    }
    numbers = {
        f"{act}{name}": row.number for row, (name, *listed) in acts.items() for act in listed
    }
    tried = ("test_case", "edit_test_case", "remove_test_case")
    return dict.fromkeys(tried, one.pk), {**numbers, **dict.fromkeys(tried, tests.number)}
