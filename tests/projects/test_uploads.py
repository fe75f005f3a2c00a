"""Every page that takes a file refuses one that is too large before any of it is read."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import making

from tospann.budget import commands as budget
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning

PAGES = ["plan_import", "import_costs", "import_hours", "risk_excel", "read_budget"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    made = making.project()
    planning.start_plan(made.coordinator, made.project)
    budget.start_budget(made.manager, made.project, id=new_id())
    return made


class Untouched:
    """A body that must not be read."""

    def read(self, *_args):
        raise AssertionError("the body was read")

    readline = __iter__ = __next__ = close = read


def posted(client, made, name):
    return client.generic(
        "POST",
        reverse(name, args=[made.project.key]),
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
        **{"wsgi.input": Untouched()},
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_file_that_is_too_large_is_not_read(visit, made, name):
    answer = posted(visit(Role.MANAGER), made, name)
    assert answer.status_code == 413
    assert "for stor" in answer.text


@pytest.mark.parametrize("name", PAGES[1:])
def test_whoever_may_not_is_refused_before_the_size(visit, made, name):
    assert posted(visit(Role.MEMBER), made, name).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_it_is_guarded_against_forgery(made, name):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(made.people[Role.MANAGER])
    assert strict.post(reverse(name, args=[made.project.key])).status_code == 403
