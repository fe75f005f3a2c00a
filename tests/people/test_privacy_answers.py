"""Every table that points to a person, and what becomes of it when she is erased."""

import io
import json
import zipfile

import pytest
from django.db.models import Q
from tests import making
from tests.people.test_privacy import erased, places

from tospann.foundation.ids import new_id
from tospann.people.models import Person
from tospann.people.privacy import erasing, exporting, traces
from tospann.resources.models import Absence, Employment, Rate, Unit
from tospann.sharing.models import AccessLog

pytestmark = pytest.mark.django_db
GOES = "goes: it is about her alone"
STAYS = "stays under the pseudonym: it is part of what was done together"
FINAL = "stays under the pseudonym: it is signed, published or proves itself"
CLEARED = "stays under the pseudonym, without where she was"
ANSWERS = {
    **dict.fromkeys(
        (
            *("account.emailaddress", "mfa.authenticator", "usersessions.usersession"),
            "socialaccount.socialaccount",
            *("people.organisationrole", "people.deputy", "people.apitoken", "people.apppassword"),
            *("people.savedview", "notifications.notification", "notifications.preference"),
            *("jobs.progress", "home.letteranswer", "actions.reminder", "meetings.kepttext"),
            *("planning.stagedimport", "risks.stagedrisks", "budget.stagedcosts"),
            *("timesheets.stagedhours", "documents.openaddress", "documents.passingfile"),
            *("resources.personskill", "resources.employment", "resources.absence"),
            *("resources.rate", "resources.load", "team.pulsevoter", "mailbox.feed"),
            "closing.answered",
        ),
        GOES,
    ),
    **dict.fromkeys(
        (
            *("projects.membership", "projects.gatecriterion", "sharing.share"),
            *("documents.document", "documents.version", "documents.lock"),
            *("documents.neededdocument", "documents.attachment", "blanks.filled"),
            *("blanks.edition", "blanks.comment", "blanks.wordtemplate", "actions.action"),
            *("actions.comment", "actions.actionlink", "stakeholders.contact"),
            *("stakeholders.note", "stakeholders.promise", "cases.case", "cases.remark"),
            *("budget.costbatch", "budget.cost", "budget.costparty", "budget.closedmonth"),
            *("risks.risk", "registers.line"),
            *("risks.problem", "risks.deviation", "planning.activity", "planning.draft"),
            *("contracts.contract", "contracts.notice", "contracts.changeorder"),
            *("contracts.invoice", "contracts.procurement", "conflicts.conflict"),
            *("portfolio.idea", "portfolio.scenario"),
            *("timesheets.week", "timesheets.sheet", "resources.unit", "resources.request"),
            *("resources.offer", "resources.agreement", "meetings.meeting"),
            *("meetings.agendaitem", "meetings.attendance", "meetings.remark"),
            *("meetings.itemdraft", "team.responsibility", "team.duty", "team.retrospective"),
            *("team.thought", "team.lesson", "team.deliveredletter", "team.memo"),
            *("reports.statusreport", "reports.reportsending", "rooms.room"),
            *("quality.requirement", "quality.deliverable", "quality.review", "quality.reviewer"),
            *("quality.testround", "quality.testcase", "quality.testresult"),
            "quality.nonconformity",
            *("mailbox.mailaddress", "mailbox.message"),
            *("benefits.benefit", "benefits.change", "benefits.indicator"),
            *("benefits.measurement", "stakeholders.judgement", "stakeholders.told"),
            "stakeholders.communicationitem",
            *("rooms.acceptancerequest", "rooms.question", "rooms.registerview"),
            *("reports.checkpoint", "webhooks.webhook"),
            *("cases.waiver", "cases.bundle", "archiving.package"),
            *("closing.closing", "closing.evaluation", "closing.survey"),
        ),
        STAYS,
    ),
    **dict.fromkeys(
        (
            *("foundation.auditentry", "planning.revision", "cases.assent", "cases.decision"),
            *("contracts.delivery", "meetings.publishedminutes", "reports.signedreport"),
            *("reports.externaledition", "reports.editionwithdrawal"),
        ),
        FINAL,
    ),
    "sharing.accesslog": CLEARED,
}


def pointing():
    return {m._meta.label_lower for m in traces.models() if traces.pointing(m)}


def hers(model, person):
    wanted = Q(pk__in=[])
    for field in traces.pointing(model):
        wanted |= Q(**{field.attname: person.pk})
    return model._base_manager.filter(wanted)


def counted(person):
    """How many rows of each table point to her."""
    found = {m._meta.label_lower: hers(m, person).count() for m in traces.models()}
    return {label: number for label, number in found.items() if number}


def told(person):
    with zipfile.ZipFile(io.BytesIO(exporting.export(person))) as file:
        return json.loads(file.read("person.json"))["tables"]


def test_every_table_that_points_to_a_person_has_an_answer():
    """A new table fails here until somebody has said what becomes of it."""
    assert pointing() - ANSWERS.keys() == set()
    assert ANSWERS.keys() - pointing() == set()


def test_what_is_removed_is_what_the_answers_say():
    assert {label for label, said in ANSWERS.items() if said == GOES} == set(erasing._HERS_ALONE)
    assert {label for label, said in ANSWERS.items() if said == CLEARED} == set(erasing._CLEARED)


def test_what_line_managers_keep_of_her_and_where_she_was_is_gone():
    made = making.project()
    somebody = making.person("Kåre Ødegård", email="kare@example.org")
    unit = Unit(id=new_id(), name="Bygg", manager=made.people["manager"])
    making.inside(lambda: _kept(unit, somebody))
    AccessLog.objects.create(
        project_id=made.project.pk,
        subject="documents.document:x",
        what="opened",
        person_id=somebody.pk,
        name=somebody.name,
        address="192.0.2.7",
    )
    assert {"resources.absence", "resources.rate", "resources.employment"} <= told(somebody).keys()
    erased(somebody)
    for model in (Absence, Employment, Rate):
        assert not model.objects.filter(person=somebody).exists()
    assert places("192.0.2.7", "Kåre Ødegård") == set()
    assert AccessLog.objects.get().person_id == somebody.pk


def _kept(unit, somebody):
    unit.save()
    Employment(id=new_id(), person=somebody, unit=unit, percent=100, starts_on="2026-01-01").save()
    Absence(
        id=new_id(), person=somebody, kind="leave", starts_on="2026-02-01", ends_on="2026-02-03"
    ).save()
    Rate(id=new_id(), person=somebody, amount=950, valid_from="2026-01-01").save()


@pytest.mark.long
def test_in_a_demo_each_table_does_what_its_answer_says():
    """Everybody who is in the most tables: told of in full, then as answered."""
    from tospann.demo.seed import seed

    seed()
    people = list(Person.objects.filter(is_active=True))
    heir, *others = sorted(people, key=lambda one: -len(counted(one)))[:4]
    for one in others:
        before, whole = counted(one), told(one)
        assert before.keys() <= whole.keys()
        for label, number in before.items():
            assert len(whole[label]) >= number, label
        done = erased(one, heir.pk)
        after = counted(one)
        for label, number in before.items():
            if ANSWERS.get(label) == GOES:
                assert after.get(label, 0) == 0, label
            elif ANSWERS.get(label) in (FINAL, CLEARED):
                assert after[label] >= number, label
        assert done.removed
        one.refresh_from_db()
        assert one.name in json.dumps(told(one), ensure_ascii=False)
