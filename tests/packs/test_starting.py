"""Starting a project from each pack, in both languages: everything the pack holds is there."""

import re
from datetime import date

import pytest
from tests import making

from tospann.blanks.models import Blank
from tospann.cases.models import AuthorityRule
from tospann.documents.models import Folder
from tospann.foundation import audit
from tospann.foundation.authority import Role, rule
from tospann.foundation.authority.powers import Power
from tospann.foundation.commands import COMMANDS
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.meetings.models import Series
from tospann.packs import commands
from tospann.packs.commands import Starter
from tospann.packs.library import PACKS, document, pack
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.planning.models import Activity, ActivityLink, Plan
from tospann.projects.models import (
    ChoiceList,
    Gate,
    GateCriterion,
    Membership,
    Phase,
    Project,
    RegisterDefinition,
    Tolerance,
)
from tospann.ui.holidays import is_working_day

pytestmark = pytest.mark.django_db
START, FINISH = date(2027, 1, 11), date(2028, 6, 16)
# phases, gates, checklist points
HARD = {
    "public_sector": (6, 6, 53),
    "construction": (8, 6, 28),
    "it_delivery": (5, 5, 22),
    "small_general": (3, 2, 9),
}


def begin(which, language="nb", **values):
    starter = making.person("Starter")
    manager, owner = making.person("Manager"), making.person("Owner")
    people = values.pop(
        "people",
        [
            Starter(person=manager.pk, role=Role.MANAGER),
            Starter(person=owner.pk, role=Role.OWNER),
        ],
    )
    project = commands.start_project(
        actor_for(starter),
        making.organisation(),
        id=new_id(),
        **{
            "key": "NF",
            "name": "Nytt fagsystem",
            "start": START,
            "finish": FINISH,
            "pack": which,
            "language": language,
            "people": people,
            **values,
        },
    )
    return project, starter, manager, owner


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("key", PACKS)
def test_everything_in_the_pack_is_in_the_project(key, language):
    chosen = pack(key)
    project, *_people = begin(key, language)
    mine = {"project": project}
    every = [point for gate in chosen.gates for point in gate.criteria]
    points = sum(not point.rule for point in every)
    assert (Phase.objects.filter(**mine).count(), Gate.objects.filter(**mine).count(), points) == (
        HARD[key]
    )
    names = [phase.name.in_language(language) for phase in chosen.phases]
    assert list(Phase.objects.filter(**mine).values_list("name", flat=True)) == names
    checks = GateCriterion.objects.filter(**mine, kind="check")
    assert checks.count() == points
    rules = GateCriterion.objects.filter(**mine, kind="rule")
    assert rules.count() == len(every) - points == (0 if key == "small_general" else 1)
    documents = GateCriterion.objects.filter(**mine, kind="document")
    assert documents.count() == sum(len(gate.documents) for gate in chosen.gates)
    assert set(documents.values_list("text", flat=True)) == {
        document(one).name.in_language(language) for gate in chosen.gates for one in gate.documents
    }
    for gate in chosen.gates:
        made = Gate.objects.get(**mine, code=gate.code)
        assert made.name == gate.name.in_language(language)
        assert made.deciders == list(gate.deciders)
        assert (made.is_binding, made.mode, made.ends.key) == (gate.binding, gate.mode, gate.after)
        assert (made.opens.key if made.opens else None) == gate.leads_into
    counts = {
        RegisterDefinition: len(chosen.registers),
        Blank: len(chosen.documents),
        Folder: len(chosen.folders),
        Series: len(chosen.meetings),
        Tolerance: len(chosen.tolerances),
        AuthorityRule: len(chosen.authority),
        Activity: len(chosen.plan),
        ActivityLink: sum(len(item.predecessors) for item in chosen.plan),
    }
    assert {model: model.objects.filter(**mine).count() for model in counts} == counts
    lists = set(ChoiceList.objects.filter(**mine).values_list("key", flat=True))
    assert {one.key for one in chosen.choices} < lists
    assert {"roles", "goal_levels", "status_areas", "risk_matrix", "pack_settings"} < lists
    assert project.role_labels == {
        one.role: one.label.in_language(language) for one in chosen.roles
    }
    assert (project.pack_key, project.pack_version) == (key, chosen.version)
    assert set(chosen.settings.menu) <= set(project.modules)
    assert list(audit.verify()) == []


@pytest.mark.parametrize("key", PACKS)
def test_nothing_is_left_in_the_other_language(key):
    project, *_people = begin(key, "en")
    norwegian = {"Prosjektleder", "Prosjekteier", "Byggherre", "Byggestart", "Avslutte"}
    shown = [
        *Phase.objects.filter(project=project).values_list("name", "description"),
        *Gate.objects.filter(project=project).values_list("name", "decider_label"),
        *Activity.objects.filter(project=project).values_list("name"),
        *Folder.objects.filter(project=project).values_list("name"),
        *ChoiceList.objects.filter(project=project).values_list("values"),
        *RegisterDefinition.objects.filter(project=project).values_list("title", "columns"),
        *Series.objects.filter(project=project).values_list("name", "agenda"),
    ]
    assert not [row for row in shown if any(f"'{word}'" in str(row) for word in norwegian)]
    assert "'nb'" not in str(shown)


@pytest.mark.parametrize("key", PACKS)
def test_the_plan_is_laid_out_on_working_days_and_ends_with_the_project(key):
    project, *_people = begin(key)
    lines = list(Activity.objects.filter(project=project))
    milestones = [line for line in lines if line.kind == "milestone"]
    assert max(line.finish for line in lines) == FINISH
    if key != "construction":  # whose building is in use after the closing gate
        assert max(line.finish for line in milestones) == FINISH
    assert min(line.start for line in lines) == START
    for line in lines:
        assert is_working_day(line.start), line.name
        assert is_working_day(line.finish), line.name
    by_uid = {line.uid: line for line in lines}
    for link in ActivityLink.objects.filter(project=project):
        before, after = by_uid[link.predecessor], by_uid[link.successor]
        if after.kind == "milestone":
            assert after.finish >= before.finish
        else:
            assert after.start >= before.finish, (before.name, after.name)
    due = dict(Gate.objects.filter(project=project).values_list("code", "due_on"))
    assert set(due.values()) <= {line.finish for line in milestones}
    phases = [p for p in Phase.objects.filter(project=project) if p.starts_on]
    assert [p.starts_on for p in phases] == sorted(p.starts_on for p in phases)
    assert Plan.objects.get(project=project).revision == 1


@pytest.mark.parametrize("days", [0, 1, 6, 30])
def test_a_plan_longer_than_the_project_is_squeezed_into_it(days):
    finish = date.fromordinal(START.toordinal() + days)
    project, *_people = begin("it_delivery", finish=finish)
    lines = Activity.objects.filter(project=project)
    assert max(line.finish for line in lines) <= finish
    assert all(line.start <= line.finish for line in lines)


def test_it_is_one_act_made_of_acts_a_person_could_have_done():
    project, starter, *_others = begin("construction")
    outer = AuditEntry.objects.get(command="packs.start_project")
    assert outer.person_id == starter.pk
    inside = AuditEntry.objects.filter(scope_id=project.pk)
    assert inside.count() > 60
    assert set(inside.values_list("person_id", flat=True)) == {starter.pk}
    assert set(inside.values_list("command", flat=True)) <= set(COMMANDS)


def test_the_starter_prepares_it_unless_given_another_role():
    project, starter, *_others = begin("it_delivery")
    assert Membership.objects.get(project=project, person=starter).role == Role.COORDINATOR
    boss = making.person("Boss")
    people = [Starter(person=boss.pk, role=Role.OWNER), Starter(person=boss.pk, role=Role.MANAGER)]
    started = commands.start_project(
        actor_for(boss),
        making.organisation(),
        id=new_id(),
        key="BB",
        name="Alene",
        finish=FINISH,
        start=START,
        pack="small_general",
        people=people,
    )
    roles = set(Membership.objects.filter(project=started).values_list("role", flat=True))
    assert roles == {"owner", "manager"}


def test_small_projects_are_active_at_once_and_others_wait_for_their_owner():
    assert begin("small_general", key="AA")[0].state == "active"
    assert begin("construction", key="BB")[0].state == "founding"


def test_somebody_can_be_invited_on_the_way():
    people = [
        Starter(email="NY@example.org", name="Ny Leder", role=Role.MANAGER),
        Starter(email="ny@example.org", role=Role.OWNER),
    ]
    project, *_others = begin("small_general", people=people)
    invited = Person.objects.get(email="ny@example.org")
    roles = Membership.objects.filter(project=project, person=invited)
    assert set(roles.values_list("role", flat=True)) == {"manager", "owner"}
    assert not invited.has_usable_password()


# What each pack lets whom decide, as it is in force in the project: the ruling on a kind without
# a measure, and on one measure just below and just above a limit.
IN_FORCE = [
    ("construction", Role.COORDINATOR, "plan", {}, True),
    ("construction", Role.COORDINATOR, "plan", {"finish_change_days": 1}, False),
    ("construction", Role.MANAGER, "plan", {"finish_change_days": 10}, True),
    ("construction", Role.MANAGER, "plan", {"finish_change_days": 11}, False),
    ("it_delivery", Role.COORDINATOR, "plan", {"finish_change_days": 3}, True),
    ("it_delivery", Role.COORDINATOR, "plan", {"finish_change_days": 4}, False),
    ("it_delivery", Role.MANAGER, "plan", {"milestone_change_days": 6}, True),
    ("small_general", Role.COORDINATOR, "plan", {"finish_change_days": 5}, True),
    ("small_general", Role.COORDINATOR, "plan", {"finish_change_days": 6}, False),
    ("small_general", Role.MANAGER, "plan", {"finish_change_days": 60}, True),
]


@pytest.mark.parametrize(("key", "role", "kind", "measures", "may"), IN_FORCE)
def test_the_packs_limits_are_in_force(key, role, kind, measures, may):
    project, starter, manager, _owner = begin(key)
    actor = actor_for(starter if role is Role.COORDINATOR else manager)
    ruling = rule(actor, Power.EDIT_PLAN, project.pk, kind, measures)
    assert ruling.may_decide is may
    assert ruling.may_propose is not may


def test_nobody_below_the_owner_widens_limits():
    from tospann.cases.commands import add_authority_rule

    project, starter, manager, owner = begin("it_delivery")
    for person in (starter, manager):
        with pytest.raises(NotAllowed):
            add_authority_rule(actor_for(person), project, kind="plan", deciders=[Role.COORDINATOR])
    add_authority_rule(actor_for(owner), project, kind="plan", deciders=[Role.MANAGER])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"pack": "no_such_pack"}, "pack"),
        ({"finish": date(2026, 1, 1)}, "finish"),
        ({"finish": date(2399, 1, 1)}, "finish"),
        ({"people": []}, "people"),
        ({"people": [{"role": "manager"}]}, "people"),
        ({"people": [{"role": "owner", "email": "no address"}]}, "people.0.email"),
        ({"people": [{"role": "auditor", "email": "a@example.org"}]}, None),
        ({"people": [{"role": "king", "email": "a@example.org"}]}, "people.0.role"),
        ({"key": "a key"}, "key"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"language": "de"}, "language"),
        ({"purpose": "a\x00b"}, None),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left_behind(values, field):
    with pytest.raises(Invalid) as refused:
        begin("small_general", **values)
    if field:
        assert refused.value.field == field
    assert not Project.objects.exists()
    assert not Folder.objects.exists()


def test_a_taken_key_is_refused_and_nothing_is_half_started():
    begin("small_general")
    with pytest.raises(Invalid, match="NF"):
        begin("construction")
    assert Project.objects.count() == 1
    assert Phase.objects.count() == 3


def test_guests_start_nothing():
    outsider = making.person(is_external=True)
    with pytest.raises(NotAllowed):
        commands.start_project(
            actor_for(outsider),
            making.organisation(),
            id=new_id(),
            key="XX",
            name="X",
            finish=FINISH,
            pack="small_general",
            people=[Starter(person=outsider.pk, role=Role.MANAGER)],
        )


def test_the_small_packs_menu_has_six_entries_and_no_register(client):
    project, _starter, manager, _owner = begin("small_general")
    client.force_login(manager, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/p/{project.key}/").content.decode()
    side = page[page.index('<nav class="side"') :]
    menu = side[side.index("<ul>") : side.index("</ul>")]
    pages = re.findall(rf'href="/p/{project.key}/([^"]*)"', menu)
    assert pages == ["", "plan/chart", "tasks", "meetings", "documents", "reports"]
