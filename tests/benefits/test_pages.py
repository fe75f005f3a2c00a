"""The pages of benefits: who is let in, what is shown, and how many questions they cost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests import making
from tests.benefits.planned import benefit, benefit_manager, indicator, measure

from tospann.benefits import commands, jobs, queries
from tospann.benefits.models import Benefit, BenefitKind, Change, Measurement, Moment
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.notifications.models import Notification
from tospann.people.actors import actor_for

pytestmark = pytest.mark.django_db
LIST_QUERIES = 14
ONE_QUERIES = 15
MAP_QUERIES = 8
TODAY = timezone.localdate()


@pytest.fixture
def made():
    return benefit_manager(making.project("Svømmehall"))


@pytest.fixture
def nina(made):
    return actor_for(made.people[Role.BENEFIT_RESPONSIBLE])


def at(made, name, *more):
    return reverse(name, args=[made.project.key, *more])


def filled(made, nina, number=1):
    """A benefit with an indicator that is measured at the start, and a change that leads to it."""
    one = benefit(made, nina, title=f"Lavere <kost> {number}", value_per_year=Decimal(250_000))
    of = indicator(nina, one, "60", start_on=TODAY, end_on=TODAY + timedelta(days=90))
    measure(nina, of, "100")
    commands.plan_change(
        nina, made.project, id=new_id(), title=f"Nye vaktlag {number}", benefits=[one.pk]
    )
    return one


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_questions_however_long(visit, made, nina, rows, django_assert_num_queries):
    for number in range(rows):
        one = filled(made, nina, number)
    client = visit(Role.BENEFIT_RESPONSIBLE)
    for name, more, most, shown in (
        ("benefits", (), LIST_QUERIES, "Lavere &lt;kost&gt;"),
        ("benefit_map", (), MAP_QUERIES, "Nye vaktlag"),
        ("benefit", (one.number,), ONE_QUERIES, "Nye vaktlag"),
    ):
        client.get(at(made, name, *more))
        with django_assert_num_queries(most):
            text = client.get(at(made, name, *more)).text
        assert shown in text
        assert "<kost>" not in text


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_in_both_languages(visit, made, nina, language):
    one = filled(made, nina)
    change, planned = Change.objects.get(), Measurement.objects.get(value=None)
    of = planned.indicator_id
    client = visit(Role.BENEFIT_RESPONSIBLE)
    client.cookies["django_language"] = language
    for name, more in (
        *((name, ()) for name in ("benefits", "measurements", "line_changes", "benefit_map")),
        *((name, ()) for name in ("new_benefit", "new_line_change")),
        *((name, (one.number,)) for name in ("benefit", "edit_benefit", "benefit_state")),
        *((name, (one.number,)) for name in ("hand_over_benefit", "new_indicator")),
        *((name, (change.pk,)) for name in ("line_change", "edit_line_change")),
        *((name, (change.pk,)) for name in ("line_change_state", "remove_line_change")),
        *((name, (of,)) for name in ("edit_indicator", "remove_indicator", "plan_measurement")),
        *((name, (planned.pk,)) for name in ("measure", "move_measurement")),
        ("remove_measurement", (planned.pk,)),
    ):
        assert client.get(at(made, name, *more)).status_code == 200, name
    assert visit(Role.GUEST).get(at(made, "benefits")).status_code == 404


def test_a_benefit_from_the_form_to_the_gauge(visit, made, nina):
    client = visit(Role.BENEFIT_RESPONSIBLE)
    typed = {"title": "Kortere ventetid", "kind": "priced", "value_per_year": "1 200 000,50"}
    assert client.post(at(made, "new_benefit"), typed).status_code == 302
    one = Benefit.objects.get()
    assert one.value_per_year == Decimal("1200000.50")
    typed = {"name": "Dager", "target": "7,5", "unit": "dager", "start_on": "i dag"}
    assert client.post(at(made, "new_indicator", one.number), typed).status_code == 302
    planned = Measurement.objects.get()
    wrong = client.post(at(made, "measure", planned.pk), {"value": "mange"})
    assert (wrong.status_code, "mange" in wrong.text) == (422, True)
    assert client.post(at(made, "measure", planned.pk), {"value": "15"}).status_code == 302
    text = client.get(at(made, "benefit", one.number)).text
    assert "Fra 15 til 7,5 dager" in text or "From 15 to 7" in text
    handed = {"owner": str(made.owner.person_id), "measure_on": "1.6.2029, 1.6.2030"}
    assert client.post(at(made, "hand_over_benefit", one.number), handed).status_code == 302
    assert Measurement.objects.filter(moment=Moment.AFTER).count() == 2


def test_whoever_may_not_decide_is_told_and_proposes(visit, made, nina):
    one = filled(made, nina)
    text = visit(Role.COORDINATOR).get(at(made, "benefit", one.number)).text
    assert "edit" in text
    typed = {"title": "Annet", "kind": "qualitative"}
    assert visit(Role.COORDINATOR).post(at(made, "new_benefit"), typed).status_code == 302
    assert Benefit.objects.count() == 1
    assert visit(Role.MEMBER).get(at(made, "new_benefit")).status_code == 403
    stale = {"title": "Ny", "kind": "priced", "version": "0"}
    answer = visit(Role.BENEFIT_RESPONSIBLE).post(at(made, "edit_benefit", one.number), stale)
    assert answer.status_code == 409


def test_the_lists_as_a_workbook(visit, made, nina, tmp_path):
    filled(made, nina)
    client = visit(Role.MEMBER)
    for name, said in (
        ("benefits", "Lavere <kost> 1"),
        ("measurements", "Energi"),
        ("line_changes", "Ø1"),
    ):
        path = tmp_path / f"{name}.xlsx"
        answer = client.get(at(made, name) + "?format=xlsx")
        path.write_bytes(answer.getvalue())
        cells = [cell for row in load_workbook(path).active.values for cell in row]
        assert said in cells, name


def test_the_api_tells_how_they_stand(visit, made, nina):
    one = filled(made, nina)
    client, root = visit(Role.MEMBER), f"/api/v1/projects/{made.project.key}/benefits"
    listed = client.get(root).json()
    assert (listed["count"], listed["items"][0]["attained_percent"]) == (1, 0)
    whole = client.get(f"{root}/{one.number}").json()
    assert [m["value"] for m in whole["indicators"][0]["measurements"]] == ["100.000", None]
    assert client.get(f"{root}/standing").json()["expected_per_year"] == "250000.00"
    assert client.get(f"{root}/changes").json()["items"][0]["benefit_ids"] == [str(one.pk)]
    assert visit(Role.GUEST).get(root).status_code == 404


def test_whoever_measures_is_told_on_the_day_once(made, nina):
    indicator(
        nina, benefit(made, nina, BenefitKind.OTHERS), "1",
        start_on=TODAY, end_on=TODAY + timedelta(days=1),
    )  # fmt: skip
    assert [jobs.tell_what_is_measured_today.call() for _twice in range(2)] == [1, 0]
    assert Notification.objects.get().person_id == nina.person_id
    assert queries.standing(made.project).measurements_due == 1
