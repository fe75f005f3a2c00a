"""Benefits at closing: handed over to the line, measured by whoever owns them there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.benefits import planned

from tospann.benefits import commands as benefits
from tospann.benefits.models import BenefitState, Indicator, Measurement, Moment
from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.closing import commands
from tospann.closing.queries import readiness
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.projects.commands import appoint

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PAGE_QUERIES = 11


@pytest.fixture
def made():
    return planned.benefit_manager(making.project("Svømmehall"))


@pytest.fixture
def line(made):
    """Whoever takes over in the line, on the project's team."""
    person = making.person("Liv Linje")
    appoint(SYSTEM, made.project, person=person.pk, role=Role.MEMBER)
    return person


def at(made, name, *args):
    return reverse(name, args=[made.project.key, *args])


def benefit(made, title="Lavere driftskostnad <1>"):
    nina = made.actor(Role.BENEFIT_RESPONSIBLE)
    one = planned.benefit(made, nina, title=title)
    planned.indicator(nina, one, responsible=made.people[Role.COORDINATOR].pk)
    return one


def point(made):
    return {one.key: one for one in readiness.points(made.project)}["benefits"]


def typed(line, day):
    return {"owner": line.pk, "measure_on": day.strftime("%d.%m.%Y"), "note": "Avtalt <2>"}


def again(record):
    return type(record).objects.get(pk=record.pk)


def test_a_benefit_is_left_until_the_line_has_it_and_lands_on_its_desk(visit, made, line, client):
    one = benefit(made)
    assert (point(made).count, point(made).names) == (1, (str(one),))
    day = TODAY() + timedelta(days=3)
    there = at(made, "closing_hand_over", one.number)
    answer = visit(Role.BENEFIT_RESPONSIBLE).post(there, {**typed(line, day), "version": 1})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert answer["Location"] == at(made, "closing_benefits")
    found = again(one)
    assert (found.owner, found.state) == (line, BenefitState.REALISING)
    assert point(made).is_done
    page = client.get(at(made, "closing_benefits")).content.decode()
    assert "Liv Linje" in page
    assert "Avtalt &lt;2&gt;" in page
    closing = commands.begin_closing(made.coordinator, made.project, id=new_id())
    submit(made.owner, commands.close_project.on(closing), text="Ferdig")
    assert again(made.project).state == "closed"
    assert Measurement.objects.filter(moment=Moment.AFTER, due_on=day).count() == 1
    assert Indicator.objects.get().responsible == line
    client.force_login(line, "allauth.account.auth_backends.AuthenticationBackend")
    assert "Energi" in client.get("/").content.decode()


def test_whoever_does_not_decide_the_plan_proposes_it(visit, made, line):
    one = benefit(made)
    there = at(made, "closing_hand_over", one.number)
    day = TODAY() + timedelta(days=300)
    assert visit(Role.MEMBER).get(there).status_code == 403
    answer = visit(Role.COORDINATOR).post(there, {**typed(line, day), "version": one.version})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert again(one).handed_over_at is None
    case = Case.objects.get()
    assert case.deciders == [Role.BENEFIT_RESPONSIBLE]
    nina = made.actor(Role.BENEFIT_RESPONSIBLE)
    submit(nina, cases.decide.on(case), alternative="A", reason="Avtalt med linjen")
    assert again(one).owner == line
    assert point(made).is_done


def test_a_benefit_that_is_given_up_says_why_instead(made, visit):
    one = benefit(made)
    nina = made.actor(Role.BENEFIT_RESPONSIBLE)
    benefits.set_benefit_state(
        nina, one, state=BenefitState.GIVEN_UP, reason="Bygget blir leid ut <3>"
    )
    assert point(made).is_done
    assert "leid ut &lt;3&gt;" in visit(Role.OWNER).get(at(made, "closing_benefits")).text


def test_handed_over_without_anything_to_measure_after_is_still_left(made, line):
    one = benefit(made)
    nina = made.actor(Role.BENEFIT_RESPONSIBLE)
    benefits.hand_over_benefit(nina, one, owner=line.pk, measure_on=[TODAY()])
    assert point(made).is_done
    benefits.remove_measurement(nina, Measurement.objects.get(moment=Moment.AFTER))
    assert point(made).count == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_however_many_there_are(
    visit, made, rows, django_assert_num_queries
):
    for n in range(rows):
        benefit(made, f"Gevinst {n}")
    client = visit(Role.MANAGER)
    client.get(at(made, "closing_benefits"))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(at(made, "closing_benefits"))


def test_a_project_without_benefits_says_so_and_others_see_nothing(visit, made, client):
    assert point(made).is_done
    assert visit(Role.MANAGER).get(at(made, "closing_benefits")).status_code == 200
    other = making.project("Et annet")
    assert client.get(at(other, "closing_benefits")).status_code == 404
