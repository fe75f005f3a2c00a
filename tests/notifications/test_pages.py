"""The inbox page: mine only, in my language, with a literal number of queries."""

import pytest
from django.urls import reverse
from tests import making

from tospann.foundation.authority import Sentence
from tospann.notifications.models import Kind, Notification, Preference
from tospann.notifications.telling import tell

pytestmark = pytest.mark.django_db
GIVEN = Sentence("You are given the action “%(title)s”.", {"title": "Ring <leverandøren>"})


@pytest.fixture
def kari():
    making.organisation()
    return making.person("Kari Nordmann")


@pytest.fixture
def signed_in(client, kari):
    client.force_login(kari, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def fill(person, number, project=None):
    for one in range(number):
        tell([person.pk], Kind.ACTION, GIVEN, "/healthz", key=f"{project}{one}", project=project)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_empty_inbox_says_what_will_be_here(signed_in, language):
    signed_in.cookies["language"] = language
    assert 'class="empty"' in signed_in.get("/inbox").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    signed_in, kari, rows, django_assert_num_queries
):
    fill(kari, rows, making.project().project)
    with django_assert_num_queries(QUERIES):
        page = signed_in.get("/inbox")
    assert page.text.count("Ring &lt;leverandøren&gt;") == 2 * rows, "once more for screen readers"


QUERIES = 7


def test_the_inbox_is_for_those_who_are_signed_in(client):
    assert client.get("/inbox").status_code == 302


def test_one_sees_and_changes_only_ones_own(signed_in):
    fill(making.person(), 1)
    other = Notification.objects.get()
    assert "Ring" not in signed_in.get("/inbox").text
    for address in (reverse("inbox_notice", args=[other.pk]), "/inbox/99999999"):
        assert signed_in.get(address).status_code == 404
    mark = reverse("inbox_mark", args=[other.pk])
    assert signed_in.post(mark, {"read": "1"}).status_code == 404
    signed_in.post("/inbox/all-read")
    other.refresh_from_db()
    assert not other.is_read


def test_opening_marks_as_read_and_goes_there_but_looking_ahead_does_not(signed_in, kari):
    fill(kari, 1)
    notice = Notification.objects.get()
    address = reverse("inbox_notice", args=[notice.pk])
    signed_in.get(address, headers={"Sec-Purpose": "prefetch"})
    notice.refresh_from_db()
    assert not notice.is_read
    assert signed_in.get(address).url == "/healthz"
    notice.refresh_from_db()
    assert notice.is_read


def test_a_link_that_leads_out_of_the_portal_is_not_followed(signed_in, kari):
    tell([kari.pk], Kind.NEWS, GIVEN, "https://evil.example/", key="x")
    notice = Notification.objects.get()
    assert signed_in.get(reverse("inbox_notice", args=[notice.pk])).url == "/inbox"


def test_marking_one_gives_back_the_row_alone(signed_in, kari):
    fill(kari, 1)
    notice = Notification.objects.get()
    mark = reverse("inbox_mark", args=[notice.pk])
    row = signed_in.post(mark, {"read": "1"}, headers={"HX-Request": "true"}).text
    assert 'data-read="yes"' in row
    assert "<html" not in row
    signed_in.post(mark, {"read": "0"})
    notice.refresh_from_db()
    assert not notice.is_read


def test_marking_all_of_one_project_leaves_the_others(signed_in, kari):
    one, two = making.project("En").project, making.project("To").project
    fill(kari, 2, one)
    fill(kari, 1, two)
    signed_in.post("/inbox/all-read", {"project": one.key})
    left = Notification.objects.filter(read_at__isnull=True)
    assert [notice.project_key for notice in left] == [two.key]
    assert signed_in.get(f"/inbox?project={one.key}&show=unread").text.count("notice-") == 0
    assert "notice-" in signed_in.get(f"/inbox?project={two.key}&show=unread").text


@pytest.mark.parametrize("query", ["page=x", "page=999999", "project=%00", "show=æ", "project=NO"])
def test_an_address_that_makes_no_sense_shows_what_there_is(signed_in, kari, query):
    fill(kari, 1)
    assert signed_in.get(f"/inbox?{query}").status_code == 200


def test_unread_stands_first(signed_in, kari):
    fill(kari, 3)
    newest = Notification.objects.order_by("-pk").first()
    signed_in.get(reverse("inbox_notice", args=[newest.pk]))
    text = signed_in.get("/inbox").text
    assert text.index('data-read="no"') < text.index('data-read="yes"')


def test_one_chooses_how_to_be_told(signed_in, kari):
    form = signed_in.get("/inbox/preferences")
    assert form.status_code == 200
    wishes = {kind.value: "daily" for kind in Kind} | {"mentioned": "none", "monday": "none"}
    assert signed_in.post("/inbox/preferences", wishes).status_code == 302
    kept = {p.kind: p.how for p in Preference.objects.filter(person=kari)}
    assert kept == {
        "decision": "daily", "asked": "daily", "due": "daily", "mentioned": "none",
        "monday": "none", "meeting": "daily",
    }  # fmt: skip
    signed_in.post("/inbox/preferences", wishes | {"mentioned": "immediate"})
    assert not Preference.objects.filter(kind="mentioned").exists()


def test_a_wish_that_makes_no_sense_changes_nothing(signed_in):
    answer = signed_in.post("/inbox/preferences", {"decision": "by pigeon"})
    assert answer.status_code == 422
    usual = {kind.value: "daily" for kind in Kind}
    assert signed_in.post("/inbox/preferences", usual).status_code == 422, "a letter has no summary"
    assert not Preference.objects.exists()
