"""Quality as programs read it."""

import pytest
from tests import making
from tests.quality.starting import all_of_it

from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def test_everything_is_there_to_read(visit, made):
    it = all_of_it(made)
    client, at = visit(Role.MEMBER), f"/api/v1/projects/{made.project.key}"
    assert client.get(f"{at}/quality").json()["requirements"] == 1
    (covered,) = client.get(f"{at}/quality/coverage").json()
    assert covered["is_proved"] is False
    assert len(covered["proofs"]) == 3
    (handed,) = client.get(f"{at}/deliverables").json()["items"]
    assert client.get(f"{at}/deliverables/{handed['number']}").json()["title"] == "Skjema <A>"
    for part in ("requirements", "reviews", "rounds", "nonconformities"):
        (row,) = client.get(f"{at}/quality/{part}").json()["items"]
        assert client.get(f"{at}/quality/{part}/{row['number']}").json()["id"] == row["id"]
    whole = client.get(f"{at}/quality/rounds/{it.round.number}").json()
    assert [one["title"] for one in whole["cases"]] == ["Send inn <D>"]
    assert client.get(f"{at}/quality/nonconformities?grade=C").json()["count"] == 0


def test_whoever_does_not_see_the_project_finds_nothing(client, made):
    all_of_it(made)
    other = making.project()
    client.force_login(
        other.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    for part in ("quality", "deliverables", "quality/rounds"):
        assert client.get(f"/api/v1/projects/{made.project.key}/{part}").status_code == 404


def test_the_coverage_goes_out_as_a_file(visit, made):
    all_of_it(made)
    answer = visit(Role.MEMBER).get(f"/p/{made.project.key}/quality/coverage?format=csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert "Kontrakt § 4" in rows[1]
