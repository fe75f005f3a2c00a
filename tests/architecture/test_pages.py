"""Every page for every role: seen, not there, or sign in first, as the tables below say.

And every address that changes something: whoever has no power gets 403 or 404, and nothing happens.
"""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from tests import making
from tests.architecture import (
    closing_tables,
    contract_tables,
    gate_tables,
    idea_tables,
    mailbox_tables,
    quality_tables,
    served_tables,
    webhook_tables,
)
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
from tospann.blanks import commands as blanks
from tospann.blanks import keeping
from tospann.blanks.models import Earlier, Edition
from tospann.budget import commands as budget
from tospann.budget.importing import staging as cost_files
from tospann.budget.models import BudgetLine
from tospann.cases import commands as cases
from tospann.cases.models import AuthorityRule, Decision
from tospann.conflicts.commands import open_conflict
from tospann.conflicts.models import Involved
from tospann.demo.seed import seed
from tospann.documents import blobs
from tospann.documents import commands as documents
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
from tospann.registers import commands as registers
from tospann.reports.checkpoints import commands as checkpoints
from tospann.reports.editions import issuing
from tospann.reports.editions.making import Chosen
from tospann.reports.models import SignedReport
from tospann.resources.models import Agreement, Employment, Offer
from tospann.risks import commands as risks
from tospann.rooms import commands as rooms
from tospann.sharing import commands as sharing
from tospann.sharing.queries import grant_of
from tospann.sharing.seeing import visitor
from tospann.stakeholders import commands as stakeholders
from tospann.team import commands as team
from tospann.team import thoughts

pytestmark = pytest.mark.django_db
UNDER_A_PERSON = (
    "admin_person",
    "admin_person_data",
    "admin_person_data_file",
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
    "help_with_action",
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
DOCUMENT = (
    *("document", "document_file", "version_file", "new_version", "document_preview"),
    *("change_document", "document_act"),
)
BUDGET_LINE = (
    *("budget_line", "edit_budget_line", "remove_budget_line", "report_cost"),
    *("move_money", "release_managers", "release_owners", "set_periods"),
)
DRAFT = (
    *("plan_draft", "draft_panel", "draft_rows", "draft_operations", "draft_take_out"),
    *("draft_put_back", "draft_delay", "draft_amount", "draft_drop_amount", "draft_choose"),
    *("draft_settings", "discard_draft", "take_up_draft", "apply_draft", "submit_draft"),
    *("draft_freeze", "draft_load"),
)
SIGNED_REPORTS = ("report", "check_report", "report_pdf", "report_slides", "send_report")
WRITTEN = (
    *("filled", "save_filled", "filled_news", "send_filled", "rename_filled", "discard_filled"),
    *("filled_pdf", "filled_docx", "comment_on_filled", "settle_filled_comment", "use_earlier"),
)
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
        head = Plan.objects.get(project=self.project)
        self.revision, self.baseline = head.revision, str(head.baseline_revision)

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
                    "ask": "name",
                    "act": "trash",
                    "version": 1,
                    "work": uuid4(),
                    "line": uuid4(),
                    "baseline": self.baseline,
                    "name": "project_proposal",
                    "section": "background",
                    "part": "phases",
                    "item": "delivery",
                    "series": "steering",
                    "uidb36": "1",
                    "rest": "projects",
                    "own": "dependency",
                    "label": "documents.document",
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


def told_about_the_work(of):
    """A checkpoint report of the member's, and an external edition: their addresses' numbers."""
    uid = Activity.objects.filter(project=of.project, kind="task").exclude(state="done")[0].uid
    checkpoints.send_checkpoint(
        of.actor("coordinator"), of.project, id=new_id(), activity=uid, state="green", done="Går"
    )
    signed = SignedReport.objects.get(project=of.project, number=1)
    out = issuing.make(of.actor("coordinator"), signed, Chosen(title="Ut", shows_state=True))
    routes = ("external_edition", "external_edition_pdf", "withdraw_external_edition")
    return {
        **dict.fromkeys(("checkpoint", "answer_checkpoint"), 1),
        **dict.fromkeys(routes, out.result.number),
        "new_external_edition": 1,
    }


def view_of_register(of):
    """A view of the actions, to be shared."""
    made = rooms.make_register_view(
        *(of.actor("coordinator"), of.project),
        id=new_id(),
        of="actions",
        title="Tiltak",
        columns=["title"],
    )
    return dict.fromkeys(("register_view", "remove_register_view"), made.pk)


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
    device = people.create_app_password(SYSTEM, of.people["member"], id=new_id(), name="PC").kept.pk
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
        "account_revoke_app_password": device,
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
    pks["cover_for"] = of.people["member"].pk
    team_pks, team_numbers = working_together(of)
    pks |= team_pks
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
    folder, paper, wanted = papers(of)
    pks |= dict.fromkeys(("change_folder", "move_folder", "folder_act"), folder.pk)
    pks |= dict.fromkeys(("change_needed", "answer_needed", "remove_needed"), wanted.pk)
    promise, kept = (promise_of(of, "member") for _one in range(2))
    stakeholders.keep_promise(of.actor("member"), kept)
    drafted = drafting.open_draft(of.actor("coordinator"), Plan.objects.get(project=project), "A")
    drafting.share(drafted, shared=True)
    pks |= dict.fromkeys(DRAFT, drafted.pk) | view_of_register(of)
    numbers = {
        **dict.fromkeys(("draft_take_out", "draft_put_back"), 1),
        **dict.fromkeys(MEETING, meeting.number),
        **dict.fromkeys(MINUTES, minutes.number),
        **dict.fromkeys(("note", "edit_note"), note.number),
        **dict.fromkeys(PROMISES, promise.number),
        "reopen_promise": kept.number,
        **dict.fromkeys(ACTIONS, action.number),
        "reopen_action": done.number,
        **dict.fromkeys(DOCUMENT, paper.number),
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
        **told_about_the_work(of),
        **dict.fromkeys(DRAFT_REPORTS, 3),
        **team_numbers,
        **dict.fromkeys(("conflict", "decide_conflict"), conflict_of(of).number),
    }
    filled_pks, filled_numbers = filled_in(of)
    time_pks, time_numbers = peoples_time(of)
    money_pks, money_numbers = money_of(of)
    pks |= shared_outside(of) | filled_pks | time_pks | money_pks
    agreed_pks, agreed_numbers = contract_tables.things(of)
    good_pks, good_numbers = quality_tables.things(of)
    ended_pks, ended_numbers = closing_tables.things(of)
    served_pks, served_numbers = served_tables.things(of)
    gate_pks, gate_numbers = gate_tables.things(of)
    pks |= agreed_pks | good_pks | ended_pks | served_pks | gate_pks | webhook_tables.things(of)
    mail_pks, mail_numbers = mailbox_tables.things(of)
    pks |= mail_pks
    numbers |= mail_numbers
    numbers |= filled_numbers | time_numbers | money_numbers | agreed_numbers | good_numbers
    numbers |= ended_numbers | served_numbers | gate_numbers | idea_tables.things(of)
    return pks, numbers


def peoples_time(of):
    """An offer that waits for the project, an agreement, a unit and who works there."""
    offer = Offer.objects.filter(project=of.project, state="open")[0]
    agreement = Agreement.objects.filter(project=of.project)[0]
    employment = Employment.objects.all()[0]
    asked = ("people_request", "withdraw_people_request", "counter_offer", "accept_offer")
    return {
        **dict.fromkeys(("counter_offer", "accept_offer"), offer.pk),
        **dict.fromkeys(("new_absence", "add_skill"), of.people["member"].pk),
        **dict.fromkeys(("edit_unit", "employ"), employment.unit_id),
        "end_employment": employment.pk,
    }, {
        **dict.fromkeys(asked, offer.request.number),
        **dict.fromkeys(("agreement", "end_agreement"), agreement.number),
    }


def working_together(of):
    """A row of the matrix, a memo of the member's, an open and a closed retrospective."""
    who, project = of.actor("coordinator"), of.project
    row = team.add_responsibility(
        who, project, id=new_id(), title="Anbud", accountable=of.people["member"].pk
    )
    memo = team.write_memo(who, project, id=new_id(), person=of.people["member"].pk)
    now, before = (
        team.open_retrospective(who, project, id=new_id(), title=title) for title in ("Nå", "Før")
    )
    said, kept = (thoughts.say(who, one, "try", "Tavle", named=True) for one in (now, before))
    team.close_retrospective(who, before)
    pks = {
        "edit_responsibility": row.pk,
        "remove_responsibility": row.pk,
        "memo": memo.pk,
        "remove_thought": said.pk,
        "act_on_thought": kept.pk,
        "learn_from_thought": kept.pk,
    }
    opened = ("retrospective", "add_thought", "remove_thought", "close_retrospective")
    closed = ("act_on_thought", "learn_from_thought")
    return pks, dict.fromkeys(opened, now.number) | dict.fromkeys(closed, before.number)


def conflict_of(of):
    """Somebody the project and another one want at once."""
    today = timezone.localdate()
    found = open_conflict(
        SYSTEM, Organisation.objects.get(), id=new_id(), person=of.people["guest"].pk,
        starts_on=today, ends_on=today, weeks=[], hours_over=8,
    )  # fmt: skip
    Involved.objects.create(conflict=found, project=of.project)
    return found


def money_of(of):
    """Something promised, accrued, cut, paid for and recorded; a file that waits; a rate."""
    who, project = of.actor("coordinator"), of.project
    line = BudgetLine.objects.filter(project=project)[0]
    promised = budget.commit(who, line, id=new_id(), text="Avrop", amount=Decimal(1000))
    accrued = budget.accrue(
        who, line, id=new_id(), text="Levert", amount=Decimal(5), booked_on=date(2026, 1, 5)
    )
    cut = budget.add_cut(who, project, id=new_id(), name="Utemøbler", amount=Decimal(10))
    paying = budget.add_funding(who, project, id=new_id(), name="Staten", amount=Decimal(10))
    batch = budget.record_costs(
        who,
        project,
        id=new_id(),
        rows=[budget.CostRow(line=line.pk, booked_on=date(2026, 1, 5), amount=Decimal(1))],
    )
    file = BytesIO(f"Dato;Beløp;Post\n5.1.2026;12,50;B{line.number}\n".encode())
    waiting = cost_files.stage(who, project, file, "costs.csv")
    rate = budget.set_exchange_rate(
        SYSTEM,
        Organisation.objects.get(),
        id=new_id(),
        currency="EUR",
        valid_from=date(2026, 1, 1),
        rate=Decimal("11.5"),
    )
    return {
        "change_commitment": promised.pk,
        "release_accrual": accrued.pk,
        "change_cut": cut.pk,
        **dict.fromkeys(("change_funding", "remove_funding"), paying.pk),
        **dict.fromkeys(("cost_import", "record_cost_import"), waiting.pk),
        "remove_exchange_rate": rate.pk,
    }, dict.fromkeys(("cost_batch", "reverse_costs"), batch.number)


def shared_outside(of):
    """A document that is shared by a link, asked to be accepted, and a question about it."""
    who, project = of.actor("manager"), of.project
    kept = blobs.put_bytes(b"Tilbud")
    document = documents.add_document(
        who, project, id=new_id(), name="Tilbud.txt", media_type="text/plain",
        sha256=kept.sha256, size=kept.size,
    )  # fmt: skip
    reference = f"documents.document:{document.pk}"
    share = sharing.share_outside(who, project, id=new_id(), reference=reference, kind="link")
    asked = rooms.ask_acceptance(
        who, project, id=new_id(), share=share.pk, document=document.pk, title="Tilbudet"
    )
    item = rooms.publish_item(
        who, project, id=new_id(), kind="milestone", item="1", title="Milepæl"
    )
    actor = visitor(project.pk, [grant_of(share)])
    question = rooms.ask_question(actor, project, id=new_id(), text="Når?")
    of_share = ("share", "change_share", "stop_share", "pause_share", "confirm_share", "see_as")
    return {
        **dict.fromkeys((*of_share, "fetch_link"), share.pk),
        **dict.fromkeys(("who_sees", "new_share", "ask_to_accept"), document.pk),
        "what_can": of.people["member"].pk,
        "withdraw_request": asked.pk,
        "withdraw_from_room": item.pk,
        **dict.fromkeys(("answer_room_question", "assign_room_question"), question.pk),
    }


def papers(of):
    """A folder, a document in it, and one that is needed."""
    who, project = of.actor("coordinator"), of.project
    folder = documents.add_folder(who, project, id=new_id(), name="Diverse")
    kept = blobs.put_bytes(b"Innhold")
    paper = documents.add_document(
        who,
        project,
        id=new_id(),
        name="Notat.txt",
        folder=folder.pk,
        sha256=kept.sha256,
        size=kept.size,
        media_type="text/plain",
    )
    wanted = documents.ask_for_document(who, project, id=new_id(), title="Plan for opplæring")
    return folder, paper, wanted


def filled_in(of):
    """A document that is being written, one that waits, and what was said of the first."""
    writer, project = of.actor("coordinator"), of.project
    said = {"background": keeping.Typed("Hvorfor")}
    written, waiting = (
        blanks.start_filled(writer, project, id=new_id(), blank="project_proposal")
        for _one in range(2)
    )
    for text in ("Hvorfor", "Derfor"):
        keeping.keep(writer, written, {"background": keeping.Typed(text)}, "nb")
    comment = blanks.comment_on(
        of.actor("member"), written, id=new_id(), section="background", text="Fint"
    )
    edition = Edition(project=project, filled=waiting, number=1, content_hash="0" * 64)
    making.inside(edition.save, project)
    keeping.keep(writer, waiting, said, "nb")
    for_all = {"key": "project_proposal", "name": "a.docx", "size": 1, "sha256": "0" * 64}
    blanks.set_word_template(
        SYSTEM, Organisation.objects.get(), id=new_id(), known=[], unknown=[], **for_all
    )
    numbers = dict.fromkeys(WRITTEN, written.number)
    numbers |= dict.fromkeys(("edition", "reopen_filled", "revise_filled"), waiting.number)
    earlier = Earlier.objects.get(filled=written).pk
    return {"settle_filled_comment": comment.pk, "use_earlier": earlier}, numbers


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
    own = registers.add_line(
        *(who, of.project),
        id=new_id(),
        key="dependency",
        title="Nett",
        values={"direction": "we_need"},
    )
    lines = ("register_line", "edit_register_line", "move_register_line")
    acts = ("{}", "edit_{}", "close_{}", "hand_over_{}", "reopen_{}", "act_on_{}", "{}_as_case")
    numbers = {act.format(name): row.number for name, row in made.items() for act in acts}
    return numbers | dict.fromkeys(lines, own.number)


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
