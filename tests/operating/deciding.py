"""A project whose cases change everything a decision can change, for processes that are killed or
race each other."""

SETTING = """
import json
import sys
from datetime import date, timedelta
from decimal import Decimal
import planengine as engine
from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine
from tospann.cases import commands as cases
from tospann.cases.models import Case, CaseState, Decision
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import run
from tospann.people.actors import actor_for
from tospann.people.models import Organisation, Person
from tospann.people.commands import create_api_token
from tospann.planning import commands as planning
from tospann.planning.models import Plan, Revision, RevisionKind
from tospann.projects import commands as projects
from tospann.projects.models import Goal, Project
from tospann.actions.models import Action

def somebody(name, *roles):
    found = Person.objects.filter(name=name).first()
    if found is None:
        found = Person(name=name, email=name.lower() + "@example.org")
        run(SYSTEM, "test.making", Organisation.objects.get(), None, lambda _a, _s: found.save())
        for role in roles:
            projects.appoint(SYSTEM, project, person=found.pk, role=role)
    return actor_for(found)

project = Project.objects.filter(key="RACE").first()
if project is None:
    project = projects.found_project(
        SYSTEM, Organisation.objects.get(), id=new_id(), key="RACE", name="Hall",
        start=date(2027, 1, 1), finish=date(2027, 12, 31))
coordinator = somebody("Kari", Role.COORDINATOR)
manager = somebody("Anne", Role.MANAGER)
owner = somebody("Tor", Role.OWNER)
if not Plan.objects.exists():
    rows = [engine.Activity(uid, f"Row {uid}", duration=480) for uid in range(1, 41)]
    planning.start_plan(coordinator, project, edits=[
        engine.edit_to_json(engine.AddActivity(one)) for one in rows])
    cases.add_authority_rule(SYSTEM, project, kind="baseline", deciders=[Role.MANAGER])
    budget.start_budget(manager, project, id=new_id())
    budget.add_line(manager, project, id=new_id(), name="Bygg", amount=Decimal(1000))

def prepared():
    '''A case with a renamed row, a frozen plan, more money and a goal, waiting for a decision.'''
    head = Plan.objects.get()
    case = cases.open_case(coordinator, project, id=new_id(), title="Sak", recommendation="Ja")
    edits = [engine.edit_to_json(engine.RenameActivity(7, f"Case {case.number}"))]
    line = BudgetLine.objects.get()
    operations = [
        planning.apply_edits.operation(head, {"base_revision": head.revision, "edits": edits}),
        *([planning.set_baseline.operation(head, {"base_revision": head.revision + 1})]
          if len(head.baselines) < 50 else []),
        budget.change_line.operation(
            line, {"name": "Bygg", "code": line.code, "amount": str(line.amount + 1)}),
        projects.add_goal.operation(project, {
            "id": str(new_id()), "level": "output_goal", "description": f"Goal {case.number}"}),
    ]
    cases.set_alternative(coordinator, case, id=new_id(), key="A", title="Ja",
                          operations=[one.to_json() for one in operations])
    case.refresh_from_db()
    cases.edit_case(coordinator, case, title="Sak", recommendation="Ja", recommended="A")
    case.refresh_from_db()
    return cases.submit_case(coordinator, case)
"""
FAULTS = """
from tospann.config.operating.verify import audit_faults

def faults():
    '''Whatever is half done, in words: every decision is whole, and nothing else is there.'''
    found = list(audit_faults())
    decided = {d.case.number: d for d in Decision.objects.select_related("case")}
    goals = {g.description for g in Goal.objects.all()}
    conditions = {a.born_in for a in Action.objects.all()}
    edits = Revision.objects.filter(kind=RevisionKind.EDIT, number__gt=1).order_by("number")
    renamed = [said["edits"][0]["name"] for said in edits.values("edits")]
    frozen = Revision.objects.filter(kind=RevisionKind.BASELINE).count()
    for case in Case.objects.all():
        number, is_decided = case.number, case.number in decided
        there = {
            "decided": case.state == CaseState.DECIDED,
            "goal": f"Goal {number}" in goals,
            "condition": is_decided and decided[number].ref in conditions,
            "plan": f"Case {number}" in renamed,
        }
        if set(there.values()) != {is_decided}:
            found.append(f"case {number}: decision {is_decided}, {there}")
    asked = sum(
        "planning.set_baseline" in str(d.case.alternatives.get(key="A").operations)
        for d in decided.values())
    head = Plan.objects.get()
    amount = BudgetLine.objects.get().amount
    if frozen != asked or len(renamed) != len(decided) or amount != 1000 + len(decided):
        found.append(f"{len(decided)} decisions, {frozen} frozen, {len(renamed)} renamed, {amount}")
    if head.revision != 1 + len(decided) + asked:
        found.append(f"revision {head.revision} after {len(decided)} decisions")
    return found
"""
