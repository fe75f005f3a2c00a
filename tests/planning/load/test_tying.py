"""Resources of a plan are told to be people: proposed by name and address, said at once, undone."""

import pytest
from django.urls import reverse
from tests import making

import planengine as engine
from tospann.cases.models import Case
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.models import AuditEntry
from tospann.foundation.reactions import carry_out_owed
from tospann.foundation.undo import undo
from tospann.planning import commands, store
from tospann.planning.load.tying import Because, Known, ties
from tospann.planning.models import Plan
from tospann.projects import commands as projects
from tospann.resources.models import Load

pytestmark = pytest.mark.django_db
QUERIES = 10


def at(made, name="plan_resources"):
    return reverse(name, args=[made.project.key])


def add(made, *resources):
    """Resources beside the crane, each on the first task."""
    edits = [engine.AddResource(one) for one in resources]
    edits += [
        engine.AddAssignment(engine.Assignment(10 + one.uid, 1, one.uid)) for one in resources
    ]
    head = Plan.objects.get(project=made.project)
    stored = [engine.edit_to_json(one) for one in edits]
    commands.apply_edits(made.coordinator, head, base_revision=head.revision, edits=stored)


@pytest.fixture
def eva(made):
    one = making.person("Eva Berg", email="eva@example.org")
    projects.appoint(SYSTEM, made.project, person=one.pk, role=Role.MEMBER)
    return one


def people_in(made):
    plan = store.load(Plan.objects.get(project=made.project)).plan
    return {one.uid: one.person for one in plan.resources}


def test_who_has_the_same_name_is_proposed_and_said_in_one_go(client, made, eva):
    add(made, engine.Resource(2, "eva  BERG"), engine.Resource(3, "Snekker", email="X@EXAMPLE.org"))
    joiner = making.person("Jo Lie", email="x@example.org")
    projects.appoint(SYSTEM, made.project, person=joiner.pk, role=Role.MEMBER)
    client.force_login(made.people[Role.COORDINATOR])
    assert at(made) in client.get(reverse("plan_load", args=[made.project.key])).text
    shown = client.get(at(made)).text
    assert "Eva Berg" in shown
    assert "Jo Lie" in shown
    form = client.get(at(made, "tie_resources")).text
    assert f'value="{eva.pk}" selected' in form
    assert f'value="{joiner.pk}" selected' in form
    head = Plan.objects.get(project=made.project)
    said = {"base_revision": head.revision, "resource_1": ""}
    said |= {"resource_2": str(eva.pk), "resource_3": str(joiner.pk)}
    assert client.post(at(made, "tie_resources"), said).status_code == 302
    assert people_in(made) == {1: None, 2: str(eva.pk), 3: str(joiner.pk)}
    for _round in range(3):
        carry_out_owed()
    assert set(Load.objects.filter(planned__gt=0).values_list("person", flat=True)) >= {eva.pk}
    entry = AuditEntry.objects.filter(command="planning.apply_edits").latest("at")
    undo(made.coordinator, entry)
    assert people_in(made) == {1: None, 2: None, 3: None}


def test_what_makes_no_sense_is_refused_and_what_was_chosen_stays(client, made, eva):
    add(made, engine.Resource(2, "Eva"), engine.Resource(3, "Berg"))
    client.force_login(made.people[Role.COORDINATOR])
    revision = Plan.objects.get(project=made.project).revision
    send = at(made, "tie_resources")
    both = {"base_revision": revision, "resource_2": str(eva.pk), "resource_3": str(eva.pk)}
    answer = client.post(send, both)
    assert answer.status_code == 422
    fields = [part for part in answer.text.split('name="resource_')[1:] if part[0] in "23"]
    assert fields
    assert all(f'value="{eva.pk}" selected' in part for part in fields)
    outsider = making.person()
    alone = {"base_revision": revision, "resource_2": str(outsider.pk)}
    assert client.post(send, alone).status_code == 422
    assert client.post(send, {"base_revision": revision, "resource_2": "noen"}).status_code == 422
    one = {"resource_1": "", "resource_2": str(eva.pk), "resource_3": ""}
    assert client.post(send, one | {"base_revision": 0}).status_code in (409, 422)
    assert set(people_in(made).values()) == {None}
    assert client.post(send, one | {"base_revision": revision}).status_code == 302
    again = Plan.objects.get(project=made.project).revision
    assert client.post(send, one | {"base_revision": again}).status_code == 302, "nothing to do"
    assert Plan.objects.get(project=made.project).revision == again


def test_the_team_reads_it_and_whoever_plans_says_it(client, made, eva):
    add(made, engine.Resource(2, "Eva Berg"))
    client.force_login(made.people[Role.OWNER])
    shown = client.get(at(made))
    assert "Eva Berg" in shown.text
    assert at(made, "tie_resources") not in shown.text
    assert client.get(at(made, "tie_resources")).status_code == 403
    client.force_login(making.person())
    assert client.get(at(made)).status_code == 404
    client.force_login(made.people[Role.MEMBER])
    found = client.get(f"/api/v1/projects/{made.project.key}/plan/resources").json()
    assert [(one["uid"], one["person"], one["because"]) for one in found] == [
        (1, None, None),
        (2, None, "name"),
    ]
    assert found[1]["proposed"] == str(eva.pk)


def test_a_member_proposes_who_is_who(client, made, eva):
    add(made, engine.Resource(2, "Eva Berg"))
    client.force_login(made.people[Role.MEMBER])
    send, head = at(made, "tie_resources"), Plan.objects.get(project=made.project)
    said = {"base_revision": head.revision, "resource_1": "", "resource_2": str(eva.pk)}
    asked = client.post(send, said)
    assert asked.status_code in (200, 422)
    assert set(people_in(made).values()) == {None}
    client.post(send, said | {"propose": "1"})
    assert set(people_in(made).values()) == {None}
    assert Case.objects.filter(project=made.project).count() == 1


def test_more_resources_take_no_more_queries(client, made, eva, django_assert_num_queries):
    client.force_login(made.people[Role.COORDINATOR])
    for number in (1, 3):
        add(made, *(engine.Resource(10 * number + n, f"Ny {number}{n}") for n in range(number)))
        store._kept.clear()
        with django_assert_num_queries(QUERIES):
            assert f"Ny {number}0" in client.get(at(made)).text


def test_nobody_is_proposed_twice_or_where_two_have_the_name():
    eva, twin, bo = (
        Known(making.new_id(), name, address)
        for name, address in (("Eva Berg", "e@x.no"), ("Per Dal", "p@x.no"), ("Bo", "b@x.no"))
    )
    other = Known(making.new_id(), "per dal", "q@x.no")
    plan = engine.Plan(
        start=0,
        resources=(
            engine.Resource(1, "Eva Berg"),
            engine.Resource(2, "Noen", email="E@X.no"),
            engine.Resource(3, "Per Dal"),
            engine.Resource(4, "Bo", person=str(bo.id)),
            engine.Resource(5, "Bo"),
            engine.Resource(6, "Sand", engine.ResourceKind.MATERIAL),
        ),
    )
    found = {one.uid: one for one in ties(plan, [eva, twin, other, bo])}
    assert (found[1].proposed, found[1].because) == (eva, Because.NAME)
    assert [found[uid].proposed for uid in (2, 3, 4, 5)] == [None] * 4
    assert found[4].person == bo.id
    assert 6 not in found
