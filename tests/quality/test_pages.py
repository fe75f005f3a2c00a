"""Every page of quality, for whom it is, with one and with three of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import making
from tests.quality.starting import all_of_it

from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db
LISTS = {
    "quality": 14,
    "requirements": 9,
    "deliverables": 9,
    "quality_reviews": 9,
    "test_rounds": 9,
    "nonconformities": 9,
    "coverage": 9,
}


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>")


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


@pytest.mark.parametrize("times", [1, 3])
def test_lists_ask_the_same_number_of_questions(visit, made, times):
    all_of_it(made, times)
    browser = visit(Role.COORDINATOR)
    wrong = {}
    for name, number in LISTS.items():
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(at(made, name))
        assert answer.status_code == 200, name
        assert "<A>" not in answer.content.decode()
        if len(asked) != number:
            wrong[name] = len(asked)
    assert not wrong, wrong


ONES = {
    "requirement": 1,
    "deliverable": 1,
    "quality_review": 1,
    "test_round": 1,
    "nonconformity": 1,
}


def test_each_thing_has_a_page_its_forms_and_its_acts(visit, made):
    it = all_of_it(made)
    rows = dict(
        zip(ONES, (it.requirement, it.deliverable, it.review, it.round, it.fault), strict=True)
    )
    browser = visit(Role.COORDINATOR)
    for name, row in rows.items():
        for address in (name, f"edit_{name}"):
            answer = browser.get(at(made, address, row.number))
            assert answer.status_code == 200, address
            assert row.title.replace("<", "&lt;").replace(">", "&gt;") in answer.content.decode()
    for address in (
        "waive_requirement",
        "forward_deliverable",
        "perform_quality_review",
        "act_on_quality_review",
        "add_cases_to_test_round",
        "end_test_round",
        "correct_nonconformity",
        "verify_nonconformity",
        "accept_nonconformity",
        "reopen_nonconformity",
        "hand_over_nonconformity",
        "act_on_nonconformity",
    ):
        row = next(row for name, row in rows.items() if address.endswith(name))
        assert browser.get(at(made, address, row.number)).status_code == 200, address
    assert browser.get(it.case.get_absolute_url()).status_code == 200
    assert browser.get(at(made, "edit_test_case", it.round.number, it.case.pk)).status_code == 200
    for name in rows:
        assert browser.get(at(made, f"new_{name}")).status_code == 200
