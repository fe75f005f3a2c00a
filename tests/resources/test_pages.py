"""The pages of people's time: what they show to whom, and how much they ask of the database."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests import making
from tests.resources.making_people import agreed, asked, line, offered

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.foundation.records import save_all
from tospann.foundation.transactions import run
from tospann.people import commands as people
from tospann.people.models import Person
from tospann.projects import commands as projects
from tospann.resources import commands
from tospann.resources.models import Absence, Agreement, Employment, PersonSkill, Request, Unit

pytestmark = pytest.mark.django_db
TEAM_QUERIES = {"team_load": 14, "agreements": 7}
LINE_QUERIES = {"line": 16, "line_request": 13, "capacity": 12}
REQUEST_QUERIES = 12


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel("2027-01-11T08:00:00+01:00", tick=False):
        yield


@pytest.fixture
def made():
    return making.project("Svømmehall <nord>", key="NF")


@pytest.fixture
def hers():
    return line()


def at(name, *args):
    return reverse(name, args=["NF", *args])


def into(client, person):
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def working(made, hers, number):
    """So many more people of the unit, each with a request, an offer and an agreement."""
    for n in range(number):
        somebody = making.person(f"Medarbeider <{n}>")
        commands.employ(
            SYSTEM, somebody, id=new_id(), unit=hers.unit.pk, starts_on=date(2026, 1, 1)
        )
        commands.set_skill(SYSTEM, somebody, id=new_id(), name="Python")
        commands.record_absence(
            SYSTEM, somebody, id=new_id(), starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 13)
        )
        agreed(made, hers, person=somebody.pk, starts_on=date(2027, 1, 4))
        offered(asked(made, hers, role=f"Rolle <{n}>"), hers)
    carry_out_owed()


def counted(client, pages, rows):
    """How many questions each page asks, once it has been asked before."""
    found = {}
    for name, page in pages.items():
        client.get(page)
        with CaptureQueriesContext(connection) as asked_for:
            text = client.get(page).text
        found[name] = len(asked_for)
        assert text.count("Medarbeider &lt;") >= rows, name
    return found


@pytest.mark.parametrize("rows", [1, 3])
def test_load_and_agreements_ask_the_same_number_of_questions(visit, made, hers, rows):
    working(made, hers, rows)
    pages = {name: at(name) for name in TEAM_QUERIES}
    assert counted(visit(Role.MANAGER), pages, rows) == TEAM_QUERIES


@pytest.mark.parametrize("rows", [1, 3])
def test_the_line_managers_pages_ask_the_same_number_of_questions(client, made, hers, rows):
    working(made, hers, rows)
    request = Request.objects.filter(state="offered").first()
    pages = {
        "line": reverse("line"),
        "line_request": reverse("line_request", args=[request.pk]),
        "capacity": reverse("capacity"),
    }
    assert counted(into(client, hers.manager), pages, rows) == LINE_QUERIES


@pytest.mark.parametrize("rows", [1, 3])
def test_a_request_asks_the_same_number_of_questions_however_many_offers(
    visit, made, hers, rows, django_assert_num_queries
):
    request = asked(made, hers)
    for _one in range(rows):
        offered(request, hers)
        request.refresh_from_db()
    client = visit(Role.MANAGER)
    client.get(request.get_absolute_url())
    with django_assert_num_queries(REQUEST_QUERIES):
        text = client.get(request.get_absolute_url()).text
    assert text.count("987,65") == rows


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER], ids=str)
def test_everybody_on_the_team_reads_load_and_agreements(visit, made, hers, role, language):
    agreement = agreed(made, hers)
    client = visit(role)
    client.cookies["language"] = language
    pages = [at("team_load"), at("agreements"), agreement.get_absolute_url()]
    pages.append(agreement.offer.request.get_absolute_url())
    for page in pages:
        assert "Kari Nordmann" in client.get(page).text


def test_a_week_that_is_too_full_says_so_in_words_and_numbers(visit, made, hers):
    other = making.project("Ny hall", key="HALL")
    days = {"starts_on": date(2027, 1, 11), "ends_on": date(2027, 1, 22)}
    agreed(made, hers, percent=70, **days)
    agreed(other, hers, percent=50, **days)
    carry_out_owed()
    with translation.override("en"):
        client = visit(Role.MANAGER)
        client.cookies["language"] = "en"
        made.people[Role.MANAGER].language = "en"
        made.people[Role.MANAGER].save()
        text = client.get(at("team_load")).text
    assert text.count("<b>120<i aria-hidden") == 2
    assert "weeks 2–3" in text
    assert "15 hours too many; the fullest week is 120 % taken." in text
    assert "Projects you do not see" in text
    assert "Ny hall" not in text


def test_the_coordinator_proposes_and_the_member_has_no_button(visit, made, hers):
    request = asked(made, hers)
    offered(request, hers)
    text = visit(Role.MEMBER).get(request.get_absolute_url()).text
    assert "/accept" not in text
    assert "/withdraw" not in text
    client = visit(Role.COORDINATOR)
    offer = request.offers.get()
    accept = reverse("accept_offer", args=["NF", request.number, offer.pk])
    assert accept in client.get(request.get_absolute_url()).text
    assert client.post(accept).status_code == 302
    assert not Agreement.objects.exists()
    counter = reverse("counter_offer", args=["NF", request.number, offer.pk])
    assert 'name="rate"' not in client.get(counter).text


def test_from_request_to_agreement_by_the_forms(client, made, hers):
    asks = into(client, made.people[Role.MANAGER])
    wanted = {"role": "Utvikler", "percent": "60", "starts_on": "1.2.2027", "ends_on": "30.4.2027"}
    sent = asks.post(at("ask_for_people"), wanted | {"person": str(hers.kari.pk)})
    assert sent.status_code == 302
    request = Request.objects.get()
    answers = into(client, hers.manager)
    assert "Kari Nordmann" in answers.get(reverse("line_request", args=[request.pk])).text
    make = reverse("make_offer", args=[request.pk])
    terms = {"percent": "40", "starts_on": "1.2.2027", "ends_on": "30.4.2027", "notice_days": "10"}
    wrong = answers.post(make, terms | {"person": str(hers.kari.pk), "ends_on": "1.1.2027"})
    assert wrong.status_code == 422
    assert 'value="40"' in wrong.text
    answers.post(make, terms | {"person": str(hers.kari.pk), "rate": "1\u00a0050,50"})
    offer = request.offers.get()
    assert (str(offer.rate), offer.percent) == ("1050.50", 40)
    asks = into(client, made.people[Role.MANAGER])
    counter = reverse("counter_offer", args=["NF", request.number, offer.pk])
    assert 'value="1\u00a0050,5' in asks.get(counter).text
    asks.post(counter, terms | {"percent": "50"})
    chosen = request.offers.get(side="project")
    answers = into(client, hers.manager)
    answers.post(reverse("accept_counter_offer", args=[request.pk, chosen.pk]))
    agreement = Agreement.objects.get()
    assert (agreement.percent, str(agreement.rate)) == (50, "1050.50")
    end = reverse("withdraw_person", args=[agreement.pk])
    answers.post(end, {"ends_on": "1.3.2027", "reason": "Trengs i drift"})
    agreement.refresh_from_db()
    assert agreement.ends_on == date(2027, 3, 1)


def test_whose_time_one_keeps_is_kept_by_small_forms(client, made, hers):
    own = into(client, hers.kari)
    away = reverse("new_absence", args=[hers.kari.pk])
    days = {"starts_on": "18.1.2027", "ends_on": "20.1.2027", "kind": "leave", "percent": "100"}
    assert own.post(away, days).status_code == 302
    assert own.post(away, days).status_code == 422
    assert own.post(reverse("add_skill", args=[hers.kari.pk]), {"name": "Go", "level": "2"})
    assert own.get(reverse("new_absence", args=[hers.ola.pk])).status_code == 404
    own.post(reverse("remove_absence", args=[Absence.objects.get().pk]))
    own.post(reverse("forget_skill", args=[PersonSkill.objects.get().pk]))
    assert not Absence.objects.exists()
    assert not PersonSkill.objects.exists()
    leads = into(client, hers.manager)
    rate = reverse("set_rate", args=[hers.kari.pk])
    assert leads.post(rate, {"amount": "900", "valid_from": "1.1.2027"}).status_code == 302
    assert "900" in leads.get(reverse("line")).text
    assert into(client, made.people[Role.MANAGER]).get(rate).status_code == 404


def test_an_administrator_keeps_units_and_who_works_there(client, made):
    keeper, leader = making.person(), making.person("Linjeleder <Lise>")
    people.give_organisation_role(SYSTEM, keeper, role=Role.ADMINISTRATOR)
    people.give_organisation_role(SYSTEM, leader, role=Role.LINE_MANAGER)
    client = into(client, keeper)
    client.post(reverse("new_unit"), {"name": "Drift", "manager": str(leader.pk)})
    unit = Unit.objects.get()
    sent = {"person": str(keeper.pk), "percent": "80", "hours_per_day": "7.5"}
    employ = reverse("employ", args=[unit.pk])
    assert client.post(employ, sent | {"starts_on": "1.1.2027"}).status_code == 302
    assert client.post(employ, sent | {"starts_on": "1.2.2027"}).status_code == 422
    text = client.get(reverse("units")).text
    assert "Linjeleder &lt;Lise&gt;" in text
    assert "80 %" in text
    employment = Employment.objects.get()
    client.post(reverse("end_employment", args=[employment.pk]), {"ends_on": "31.3.2027"})
    employment.refresh_from_db()
    assert employment.ends_on == date(2027, 3, 31)


def many_of_hers(hers, number):
    """So many more in her unit, by names in order."""
    named = [Person(email=f"v{n}@example.org", name=f"Ved {n:03}") for n in range(number)]
    employed = [Employment(person=one, unit=hers.unit, starts_on=date(2026, 1, 1)) for one in named]

    def employ(_act, _organisation):
        save_all(named)
        save_all(employed)

    run(SYSTEM, "tests.employ", making.organisation(), None, employ)


def test_a_line_managers_people_stand_on_pages_of_fifty(client, made, hers):
    many_of_hers(hers, 55)
    client = into(client, hers.manager)
    first, last = (client.get(reverse("line") + at).text for at in ("", "?page=2"))
    assert "Ved 000" in first
    assert "Ved 054" not in first
    assert "Ved 054" in last
    assert "Ved 000" not in last
    assert "&amp;page=2" in last  # the weeks before and after are those of the same people


def test_units_with_many_people_go_on_over_pages_and_every_unit_stands_on_one(client, made, hers):
    commands.add_unit(SYSTEM, making.organisation(), id=new_id(), name="Ingen ennå", manager=None)
    many_of_hers(hers, 120)
    keeper = making.person()
    people.give_organisation_role(SYSTEM, keeper, role=Role.ADMINISTRATOR)
    client = into(client, keeper)
    first, last = (client.get(reverse("units") + at).text for at in ("", "?page=2"))
    assert "Ingen ennå" in first
    assert "Ingen ennå" not in last
    assert all(hers.unit.name in text for text in (first, last))
    shown = [first.count(">Ved "), last.count(">Ved ")]
    assert shown == [98, 22]  # Kari and Ola come before them


def test_agreements_stand_in_the_tabs_of_a_project_that_uses_them(visit, made):
    tab, client = f'href="{at("agreements")}"', visit(Role.MANAGER)
    assert tab in client.get(at("team")).text
    projects.set_modules(made.manager, made.project, modules=["overview", "plan", "team"])
    assert tab not in client.get(at("team")).text
    form = {"modules": ["plan", "team"], "features": ["agreements"]}
    client.post(at("edit_modules"), form)
    made.project.refresh_from_db()
    assert "agreements" in made.project.modules
    assert tab in client.get(at("team")).text
    assert (
        "Ressursavtaler" in client.get(at("settings")).text
        or "Agreements on" in client.get(at("settings")).text
    )


def test_addresses_with_nonsense_show_the_weeks_of_today(visit, made):
    client = visit(Role.MEMBER)
    for asked_for in ("from=99999-01-01", "from=2027-13-40", "from=0001-01-01", "from=9999-12-31"):
        assert client.get(f"{at('team_load')}?{asked_for}").status_code == 200
