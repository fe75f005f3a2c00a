"""Every page for every role: seen, not there, or sign in first, as the tables below say.

And every address that changes something: whoever has no power gets 403 or 404, and nothing happens.
"""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from tests.architecture.page_tables import (
    ALIKE,
    CHANGES,
    INSIDE,
    NOT_SIGNED_IN,
    OTHERWISE,
    OUTSIDE_DEMO,
    OWN_AFFAIRS,
    PUBLIC,
    ROLES,
    SEEN_BY,
    SIGNED_OUT,
)

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.cases import commands as cases
from tospann.cases.models import AuthorityRule, Decision
from tospann.demo.seed import seed
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.meetings.models import Meeting, Remark
from tospann.notifications.models import Notification
from tospann.packs import commands as packs
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.people.models import Organisation, Person
from tospann.planning import imports
from tospann.planning.drafts import drafting
from tospann.planning.models import Activity, Plan
from tospann.planning.simulate import commands as uncertain
from tospann.projects import commands as projects
from tospann.projects.models import GateCriterion, Goal, Membership, Project, SuccessCriterion
from tospann.risks import commands as risks
from tospann.stakeholders import commands as stakeholders

pytestmark = pytest.mark.django_db
UNDER_A_PERSON = (
    "admin_person",
    "admin_change_person",
    "admin_change_email",
    "admin_give_role",
    "admin_take_role",
    "admin_deactivate",
    "admin_reactivate",
    "admin_password_link",
)
MINUTES = ("minutes_pdf", "lock_minutes", "new_remark")
MEETING = (
    "meeting",
    "edit_meeting",
    "move_meeting",
    "call_meeting",
    "cancel_meeting",
    "new_item",
    "quick_item",
    "add_due",
    "new_attendee",
    "start_meeting",
    "end_meeting",
    "reopen_meeting",
    "publish_minutes",
    "answer_invitation",
    "live",
    "live_state",
    "live_start",
    "live_end",
    "live_turn",
    "live_item",
    "live_attendance",
)
UNDER_A_KEY = ("mfa_remove_webauthn", "mfa_edit_webauthn")
ACTIONS = (
    "action",
    "edit_action",
    "hand_over_action",
    "drop_action",
    "complete_action",
    "action_toggle",
    "action_row",
    "action_cell",
    "move_action",
    "begin_action",
    "action_late",
    "answer_late",
    "action_stuck",
    "action_unstuck",
    "remind_action",
    "comment_on_action",
    "add_action_link",
)
PROMISES = (
    "promise",
    "edit_promise",
    "keep_promise",
    "break_promise",
    "withdraw_promise",
    "hand_over_promise",
)
BUDGET_LINE = (
    *("budget_line", "edit_budget_line", "remove_budget_line", "report_cost"),
    *("move_money", "release_managers", "release_owners"),
)
DRAFT = (
    *("plan_draft", "draft_panel", "draft_rows", "draft_operations", "draft_take_out"),
    *("draft_put_back", "draft_delay", "draft_amount", "draft_drop_amount", "draft_choose"),
    *("draft_settings", "discard_draft", "take_up_draft", "apply_draft", "submit_draft"),
)
SIGNED_REPORTS = ("report", "check_report", "report_pdf", "report_slides", "send_report")
DRAFT_REPORTS = (
    "save_report",
    "discard_report",
    "take_back_report",
    "return_report",
    "sign_report",
)
KEYS_OF = {
    "demo_sign_in": "manager",
    "account_confirm_email": "no-such-key",
    "account_reset_password_from_key": "no-such-key",
    **dict.fromkeys(
        (
            "pack",
            "download_pack",
            "copy_pack",
            "replace_pack",
            "retire_pack",
            "edit_pack",
            "edit_pack_item",
            "add_pack_item",
            "remove_pack_item",
            "move_pack_item",
        ),
        "ours",
    ),
}
PLAN = Path(__file__).parents[1] / "planengine/fixtures/pier.xml"


def _names(patterns, space=""):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        else:
            yield space + one.name, one.pattern


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True
        atomic.__enter__()
        seed()
        yield Everybody()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


class Everybody:
    """The demo's people and some more, each with a client of her own."""

    def __init__(self):
        self.project = Project.objects.get(key="NSS")
        self.people = {
            role: Person.objects.get(email__startswith=f"{name}@")
            for role, name in (
                ("coordinator", "ingrid.lund"),
                ("manager", "kari.nordmann"),
                ("owner", "tor.haugen"),
                ("member", "amina.said"),
                ("guest", "erik.moen"),
                ("portfolio_leader", "liv.solberg"),
            )
        }
        for role in ("steering", "auditor", "administrator", "elsewhere", "deactivated"):
            self.people[role] = self._new(role)
        self._give_roles()
        self.clients = {role: Client() for role in ROLES}
        for role, client in self.clients.items():
            if role != "anonymous":
                client.force_login(self.people[role])
        people.deactivate_person(SYSTEM, self.people["deactivated"])
        self.pks, self.numbers = things(self)
        self.revision = Plan.objects.get(project=self.project).revision

    def _new(self, role):
        return people.invite_person(
            SYSTEM,
            Organisation.objects.get(),
            id=new_id(),
            email=f"{role}@example.org",
            name=role.title(),
        )

    def _give_roles(self):
        for role in ("auditor", "administrator"):
            people.give_organisation_role(SYSTEM, self.people[role], role=Role(role))
        other = Project.objects.get(key="FLY")
        for project, who, role in (
            (self.project, "steering", Role.STEERING),
            (self.project, "deactivated", Role.MANAGER),
            (other, "elsewhere", Role.MANAGER),
        ):
            projects.appoint(SYSTEM, project, person=self.people[who].pk, role=role)

    def actor(self, role):
        return actor_for(self.people[role])

    def address(self, route):
        """The route with things of the project NSS in it."""
        for name, pattern in _names(get_resolver().url_patterns):
            if name == route:
                known = {
                    "key": KEYS_OF.get(route, "NSS"),
                    "pk": self.pks.get(route, 1),
                    "number": self.numbers.get(route),
                    "code": "G3",
                    "area": "time",
                    "uid": self.pks["activity"],
                    "notice": self.pks["notice"],
                    "entry_id": 1,
                    "what": "state",
                    "work": uuid4(),
                    "line": uuid4(),
                    "name": "project_proposal",
                    "part": "phases",
                    "item": "delivery",
                    "series": "steering",
                    "uidb36": "1",
                    "rest": "projects",
                }
                wanted = _all_of(route, pattern)
                return reverse(route, kwargs={one: known[one] for one in wanted})
        raise AssertionError(route)

    def filled_in(self, sent):
        """What a form sends, with this project's own values."""
        plan = SimpleUploadedFile("pier.xml", PLAN.read_bytes(), "text/xml")
        values = {
            "PERSON": str(self.people["manager"].pk),
            "PROMISER": f"person:{self.people['manager'].pk}",
            "REVISION": str(self.revision),
            "UID": str(self.pks["activity"]),
            "PLAN": plan,
        }
        return {
            name: value if isinstance(value, list) else values.get(value, value)
            for name, value in sent.items()
        }


def _all_of(route, pattern):
    """The arguments of the whole address, also those of the folder it lies in."""
    own = set(pattern.converters or pattern.regex.groupindex)
    return own | {"pk"} if route in (*UNDER_A_PERSON, *UNDER_A_KEY) else own


def things(of):
    """The records the addresses lead to, by the route's name."""
    project = of.project

    def first(model, **wanted):
        return model.objects.filter(project=project, **wanted).order_by("pk")[0].pk

    goal, success = first(Goal), first(SuccessCriterion)
    with PLAN.open("rb") as file:
        staged = imports.stage(of.actor("coordinator"), project, file, PLAN.name).pk
    member = Membership.objects.get(project=project, person=of.people["member"]).pk
    organisation = Organisation.objects.get()
    packs.copy_pack(SYSTEM, organisation, of="it_delivery", key="ours", name="Our own")
    token = people.create_api_token(
        SYSTEM, of.people["member"], id=new_id(), name="Mine", scopes=["read"]
    ).token.pk
    today = timezone.localdate()
    deputy = people.appoint_deputy(
        SYSTEM,
        of.people["member"],
        id=new_id(),
        deputy=of.people["manager"].pk,
        starts_on=today,
        ends_on=today + timedelta(days=3),
    ).pk
    pks = {
        **dict.fromkeys(("edit_goal", "remove_goal", "new_success"), goal),
        **dict.fromkeys(("edit_success", "assess_success", "remove_success"), success),
        **dict.fromkeys(("set_term", "release", "leave_project"), member),
        **dict.fromkeys(UNDER_A_PERSON, of.people["member"].pk),
        **dict.fromkeys(("authority_rule", "remove_authority_rule"), first(AuthorityRule)),
        "settle_criterion": first(GateCriterion, gate__code="G3", state="open"),
        "import_report": staged,
        "account_end_deputy": deputy,
        "account_revoke_token": token,
        "activity": Activity.objects.filter(project=project).order_by("uid")[1].uid,
        "notice": Notification.objects.filter(person=of.people["manager"]).first().pk,
    }
    action = Action.objects.filter(project=project, owner=of.people["member"], state="open")[0]
    done = Action.objects.filter(project=project, state="done")[0]
    linked = actions.add_link(
        of.actor("manager"), action, id=new_id(), title="Tegning", address="https://example.org/"
    )
    pks["remove_action_link"] = linked.pk
    event = uncertain.add_uncertain_event(
        of.actor("coordinator"), project, id=new_id(), name="Streik", probability=9, cost=[1, 2, 3]
    )
    pks |= dict.fromkeys(("edit_event", "remove_event"), event.pk)
    waiting = a_case(of, recommendation="Utsett pilot.")
    cases.submit_case(of.actor("coordinator"), waiting)
    decided = Decision.objects.filter(project=project)[0]
    draft = a_case(of)
    contact = stakeholders.add_contact(of.actor("member"), project, id=new_id(), name="Per Aas")
    pks |= dict.fromkeys(("contact", "edit_contact", "remove_contact"), contact.pk)
    meeting, minutes = (
        Meeting.objects.filter(project=project, state=state)[0]
        for state in ("planned", "published")
    )
    item, called = meeting.items.all()[0].pk, meeting.attendances.all()[0].pk
    pks |= dict.fromkeys(("edit_item", "move_item", "remove_item", "live_turn"), item)
    pks |= dict.fromkeys(("remove_attendee", "answer_invitation", "live_attendance"), called)
    pks["answer_remark"] = first(Remark)
    note = stakeholders.note_call(
        of.actor("member"), project, id=new_id(), who="Ola Berg", text="Ringte"
    )
    promise, kept = (promise_of(of, "member") for _one in range(2))
    stakeholders.keep_promise(of.actor("member"), kept)
    drafted = drafting.open_draft(of.actor("coordinator"), Plan.objects.get(project=project), "A")
    drafting.share(drafted, shared=True)
    pks |= dict.fromkeys(DRAFT, drafted.pk)
    numbers = {
        **dict.fromkeys(("draft_take_out", "draft_put_back"), 1),
        **dict.fromkeys(MEETING, meeting.number),
        **dict.fromkeys(MINUTES, minutes.number),
        **dict.fromkeys(("note", "edit_note"), note.number),
        **dict.fromkeys(PROMISES, promise.number),
        "reopen_promise": kept.number,
        **dict.fromkeys(ACTIONS, action.number),
        "reopen_action": done.number,
        **dict.fromkeys(
            (
                "case",
                "decision_waits",
                "withdraw_case",
                "remark",
                "return_case",
                "decide",
                "refresh_case",
            ),
            waiting.number,
        ),
        **dict.fromkeys(("edit_case", "submit_case"), draft.number),
        "decision": decided.number,
        "past_rows": 1,
        **register_rows(of),
        **dict.fromkeys(BUDGET_LINE, 7),
        **dict.fromkeys(SIGNED_REPORTS, 1),
        **dict.fromkeys(DRAFT_REPORTS, 3),
    }
    return pks, numbers


def promise_of(of, role):
    return stakeholders.record_promise(
        of.actor(role), of.project, id=new_id(), text="Svare", to_name="Fylket"
    )


def register_rows(of):
    """A risk, a problem and a deviation of the member's, for every page of theirs."""
    who, owner = of.actor("coordinator"), of.people["member"].pk
    made = {
        "risk": risks.raise_risk(who, of.project, id=new_id(), title="Regn", owner=owner),
        "problem": risks.raise_problem(who, of.project, id=new_id(), title="Hull", owner=owner),
        "deviation": risks.raise_deviation(
            who, of.project, id=new_id(), title="For dyrt", owner=owner
        ),
    }
    acts = ("{}", "edit_{}", "close_{}", "hand_over_{}", "reopen_{}", "act_on_{}", "{}_as_case")
    return {act.format(name): row.number for name, row in made.items() for act in acts}


def a_case(of, **written):
    who = of.actor("coordinator")
    return cases.open_case(who, of.project, id=new_id(), title="Utsette pilot", **written)


def test_every_address_has_its_place_in_a_table():
    names = {name for name, _pattern in _names(get_resolver().url_patterns)}
    known = PUBLIC | set(SEEN_BY) | set(ALIKE) | OUTSIDE_DEMO | set(OTHERWISE)
    assert names - known - set(OWN_AFFAIRS) - set(CHANGES) == set()
    assert known | set(OWN_AFFAIRS) | set(CHANGES) <= names


def _expected(route, role, address):
    if route in PUBLIC:
        return 200
    if role in NOT_SIGNED_IN:
        return SIGNED_OUT.get(route, "sign in")
    if route in ALIKE:
        return ALIKE[route]
    return 200 if role in SEEN_BY[route] else _refusal(address, role)


def _refusal(address, role):
    return 403 if address.startswith("/p/") and role in INSIDE else 404


def _got(answer):
    leads_to = answer.headers.get("Location", "")
    return "sign in" if leads_to.startswith("/account/login/") else answer.status_code


def test_every_page_for_every_role(portal):
    wrong = []
    for route in sorted(PUBLIC | set(SEEN_BY) | set(ALIKE)):
        address = portal.address(route)
        for role, client in portal.clients.items():
            got, wanted = _got(client.get(address)), _expected(route, role, address)
            if got != wanted:
                wrong.append(f"{route} as {role}: {got}, not {wanted} ({address})")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_demos_pages_are_not_there_outside_the_demo(portal):
    for route in OUTSIDE_DEMO:
        for client in portal.clients.values():
            assert client.get(portal.address(route)).status_code in {404, 405}
            assert client.post(portal.address(route)).status_code == 404


def test_without_power_a_change_is_refused_and_nothing_happens(portal):
    wrong = []
    for route, (may, sent) in CHANGES.items():
        address = portal.address(route)
        for role in [one for one in ROLES if one not in may]:
            before = AuditEntry.objects.count()
            got = _got(portal.clients[role].post(address, portal.filled_in(sent)))
            wanted = "sign in" if role in NOT_SIGNED_IN else _refusal(address, role)
            if got != wanted:
                wrong.append(f"{route} as {role}: {got}, not {wanted} ({address})")
            if AuditEntry.objects.count() != before:
                wrong.append(f"{route} as {role}: something was done")
    assert not wrong, "\n" + "\n".join(wrong)
