"""Arguments that fit their type, and yet would break what is read afterwards."""

import pytest
from tests import making
from tests.api.conftest import Caller, token_of

from tospann.foundation.authority import Role
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.projects.models import Project

pytestmark = pytest.mark.django_db


def test_a_project_cannot_take_the_organisations_place_in_the_audit_log():
    making.organisation()
    answer = Caller(token_of(making.person())).post(
        "/commands/projects.found_project",
        {
            "arguments": {
                "id": str(ORGANISATION_SCOPE),
                "key": "ZERO",
                "name": "Everything",
                "start": "2027-01-04",
                "finish": "2027-12-17",
            }
        },
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "id")
    assert not Project.objects.exists()


@pytest.mark.parametrize("limit", ["1e400", "9" * 60, 1e300, "NaN", "0.123456", "-1e-4000"])
def test_a_limit_that_cannot_be_kept_is_refused_and_the_matrix_can_still_be_read(limit):
    made = making.project()
    owner = Caller(token_of(made.people[Role.OWNER]))
    rule = {"kind": "authority", "measure": "cost", "deciders": ["owner"]}
    path = (made.project.key, "cases.add_authority_rule")
    assert owner.command(*path, **rule, limit=limit).status_code == 422
    assert owner.command(*path, **rule, limit="12.50").status_code == 200
    assert owner.command(*path, **rule, limit=1000).status_code == 200
