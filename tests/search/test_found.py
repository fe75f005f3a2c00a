"""What is found, in which order, and by whom; on both databases alike."""

import pytest
from tests import making

from tospann.actions import commands as actions
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.projects import commands as projects
from tospann.search import indexing, queries
from tospann.search.models import Built, Entry

pytestmark = pytest.mark.django_db


def action(made, title, description=""):
    one = actions.add_action(
        made.coordinator,
        made.project,
        id=new_id(),
        title=title,
        description=description,
        owner=made.manager.person_id,
    )
    carry_out_owed()
    return one


def titles(actor, text):
    return [hit.title for hit in queries.found(actor, text)]


@pytest.fixture
def made():
    return making.project()


@pytest.mark.parametrize("asked", ["prosjektet", "PROSJEKTER", "prosjektene", "prosjekt"])
def test_inflections_find_each_other(made, asked):
    action(made, "Evaluere prosjekter")
    assert titles(made.member, asked) == ["Evaluere prosjekter"]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("prosjekt", "Sykehusprosjektet går i gang"),
        ("prosjekt", "Prosjektlederen ringer"),
        ("prosjekt", "Ny hovedprosjektplan"),
        ("sykehus prosjekt", "Sykehusprosjektet går i gang"),
        ("leverandrør", "Snakke med leverandøren"),
        ("entrepenør", "Møte entreprenøren"),
    ],
)
def test_parts_of_compounds_and_near_misses_are_found(made, asked, title):
    action(made, title)
    assert titles(made.member, asked) == [title]


def test_what_is_nothing_like_it_is_not_found(made):
    action(made, "Snakke med leverandøren")
    assert titles(made.member, "elefant") == []


def test_a_title_comes_before_a_text_and_a_whole_word_before_a_part(made):
    in_text = action(made, "Rydde", "Kontrakten ligger på bordet")
    part = action(made, "Kontraktsmøte")
    whole = action(made, "Skrive under kontrakten")
    found = queries.found(made.member, "kontrakt")
    assert [hit.key for hit in found] == [str(one.pk) for one in (whole, part, in_text)]


def test_the_number_of_a_thing_finds_it_first(made):
    one = action(made, "Bestille kran")
    other = action(made, f"Se {made.project.key}-{one.number}")
    hits = queries.found(made.member, f"{made.project.key}-{one.number}")
    assert [hit.key for hit in hits] == [str(one.pk), str(other.pk)]


def test_the_index_follows_changes(made):
    one = action(made, "Bestille kran")
    actions.change_action(
        made.coordinator, one, title="Leie lift", description="", priority="normal"
    )
    carry_out_owed()
    assert titles(made.member, "kran") == []
    assert titles(made.member, "lift") == ["Leie lift"]


def test_what_is_gone_is_not_found(made):
    one = action(made, "Bestille kran")
    key = str(one.pk)
    making.inside(one.delete)
    indexing.keep("actions.action", [key])
    assert titles(made.member, "kran") == []


def test_nobody_finds_what_she_may_not_see(made):
    action(made, "Hemmelig anskaffelse")
    other = making.project("Et annet prosjekt")
    assert titles(other.member, "anskaffelse") == []
    assert titles(made.guest, "anskaffelse") == []


def test_made_again_the_index_says_the_same(made):
    for number in range(5):
        action(made, f"Kontrakt {number}", "kontrakten " * number)
    before = titles(made.member, "kontrakt")
    entries = list(Entry.objects.order_by("reference").values_list("reference", "digest"))
    Entry.objects.all().delete()
    assert titles(made.member, "kontrakt") == []
    indexing.rebuild()
    assert titles(made.member, "kontrakt") == before
    left = Entry.objects.filter(label="actions.action").order_by("reference")
    assert list(left.values_list("reference", "digest")) == entries
    assert sum(indexing.rebuild().values()) == 0


def test_an_index_of_another_form_is_made_again(made):
    assert not indexing.is_complete()
    indexing.rebuild()
    assert indexing.is_complete()
    Built.objects.update(form="0")
    assert not indexing.is_complete()


def test_goals_and_projects_follow_too(made):
    goal = new_id()
    projects.add_goal(
        made.manager, made.project, id=goal, description="Færre ulykker", level="outcome_goal"
    )
    carry_out_owed()
    assert titles(made.member, "ulykke") == ["Færre ulykker"]
