"""What somebody did about quality."""

from django.utils.translation import ngettext_lazy as _n

QUALITY = {
    "quality.accept_nonconformity": _n(
        "accepted a nonconformity as it is", "accepted %(n)s nonconformities as they are", "n"
    ),
    "quality.act_on_nonconformity": _n(
        "added a corrective action", "added %(n)s corrective actions", "n"
    ),
    "quality.act_on_review": _n(
        "made an action of a quality review", "made %(n)s actions of quality reviews", "n"
    ),
    "quality.add_cases": _n("added tests to a round", "added tests to %(n)s rounds", "n"),
    "quality.add_deliverable": _n("added a deliverable", "added %(n)s deliverables", "n"),
    "quality.add_requirement": _n("added a requirement", "added %(n)s requirements", "n"),
    "quality.answer_deliverable": _n(
        "answered whether a deliverable is accepted",
        "answered whether %(n)s deliverables are accepted",
        "n",
    ),
    "quality.approve_review": _n(
        "approved a quality review", "approved %(n)s quality reviews", "n"
    ),
    "quality.change_case": _n("changed a test", "changed %(n)s tests", "n"),
    "quality.change_deliverable": _n("changed a deliverable", "changed %(n)s deliverables", "n"),
    "quality.change_nonconformity": _n(
        "changed a nonconformity", "changed %(n)s nonconformities", "n"
    ),
    "quality.change_requirement": _n("changed a requirement", "changed %(n)s requirements", "n"),
    "quality.change_review": _n("changed a quality review", "changed %(n)s quality reviews", "n"),
    "quality.change_round": _n("changed a test round", "changed %(n)s test rounds", "n"),
    "quality.correct_nonconformity": _n(
        "corrected a nonconformity", "corrected %(n)s nonconformities", "n"
    ),
    "quality.end_round": _n("ended a test round", "ended %(n)s test rounds", "n"),
    "quality.hand_over_nonconformity": _n(
        "handed over a nonconformity", "handed over %(n)s nonconformities", "n"
    ),
    "quality.perform_review": _n(
        "carried out a quality review", "carried out %(n)s quality reviews", "n"
    ),
    "quality.plan_review": _n("planned a quality review", "planned %(n)s quality reviews", "n"),
    "quality.plan_round": _n("planned a test round", "planned %(n)s test rounds", "n"),
    "quality.put_deliverable_forward": _n(
        "put a deliverable forward", "put %(n)s deliverables forward", "n"
    ),
    "quality.raise_nonconformity": _n(
        "raised a nonconformity", "raised %(n)s nonconformities", "n"
    ),
    "quality.record_result": _n(
        "recorded the result of a test", "recorded the results of %(n)s tests", "n"
    ),
    "quality.remove_case": _n("removed a test", "removed %(n)s tests", "n"),
    "quality.reopen_nonconformity": _n(
        "reopened a nonconformity", "reopened %(n)s nonconformities", "n"
    ),
    "quality.reopen_review": _n("reopened a quality review", "reopened %(n)s quality reviews", "n"),
    "quality.reopen_round": _n("went on with a test round", "went on with %(n)s test rounds", "n"),
    "quality.restore_requirement": _n(
        "let a requirement apply again", "let %(n)s requirements apply again", "n"
    ),
    "quality.take_deliverable_back": _n(
        "took a deliverable back", "took %(n)s deliverables back", "n"
    ),
    "quality.verify_nonconformity": _n("verified a correction", "verified %(n)s corrections", "n"),
    "quality.waive_requirement": _n("waived a requirement", "waived %(n)s requirements", "n"),
}
