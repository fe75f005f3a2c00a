"""Long work shows how far it has come, may be left, and is nobody else's business."""

import pytest
from tests import making

from tospann.foundation.authority import Sentence
from tospann.jobs import progress
from tospann.jobs.models import Progress

pytestmark = pytest.mark.django_db
QUERIES = 5


@pytest.fixture
def kari():
    making.organisation()
    return making.person("Kari")


@pytest.fixture
def signed_in(client, kari):
    client.force_login(kari, "allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def work(kari):
    return progress.begin(kari.pk, Sentence("Importing the plan"))


def test_waiting_running_and_done(signed_in, work, django_assert_num_queries):
    address = progress.address(work)
    with django_assert_num_queries(QUERIES):
        page = signed_in.get(address).text
    assert "Importing the plan" in page
    assert "hx-get" in page
    progress.report(work.pk, 30, 120)
    assert 'value="25"' in signed_in.get(address).text
    progress.finish(work.pk, "/p/X/plan")
    page = signed_in.get(address).text
    assert 'href="/p/X/plan"' in page
    assert f'hx-get="{address}"' not in page, "it asks no more"


def test_the_fragment_is_the_fragment(signed_in, work):
    part = signed_in.get(progress.address(work), headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert f'id="progress-{work.pk}"' in part


def test_a_failure_says_why_and_another_try_begins_anew(signed_in, work):
    with pytest.raises(ZeroDivisionError), progress.reported(work.pk):
        assert 1 / 0
    assert 'role="alert"' in signed_in.get(progress.address(work)).text
    with progress.reported(work.pk):
        progress.report(work.pk, 1, 2)
    assert Progress.objects.get().state == "running"


def test_what_can_never_work_is_told_and_not_tried_again(signed_in, work):
    with progress.reported(work.pk):
        raise progress.WorkFailed(Sentence("The file is “%(what)s”.", {"what": "<empty>"}))
    assert "The file is “&lt;empty&gt;”." in signed_in.get(progress.address(work)).text


def test_nobody_sees_the_work_of_others(client, work):
    stranger = making.person()
    client.force_login(stranger, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(progress.address(work)).status_code == 404
    client.logout()
    assert client.get(progress.address(work)).status_code == 302
