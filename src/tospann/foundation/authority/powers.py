"""The table in code: roles, powers, and how strongly each role holds each power."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What a person is in a project, or (the last three) in the organisation."""

    COORDINATOR = "coordinator"
    MANAGER = "manager"
    OWNER = "owner"
    STEERING = "steering"
    BENEFIT_RESPONSIBLE = "benefit_responsible"
    MEMBER = "member"
    GUEST = "guest"
    PORTFOLIO_LEADER = "portfolio_leader"
    LINE_MANAGER = "line_manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


PROJECT_ROLES = (
    Role.OWNER,
    Role.MANAGER,
    Role.COORDINATOR,
    Role.STEERING,
    Role.BENEFIT_RESPONSIBLE,
    Role.MEMBER,
    Role.GUEST,
)
ORGANISATION_ROLES = (
    Role.ADMINISTRATOR,
    Role.PORTFOLIO_LEADER,
    Role.LINE_MANAGER,
    Role.AUDITOR,
)
ROLE_LABELS: Mapping[Role, Promise] = {
    Role.COORDINATOR: _("Project coordinator"),
    Role.MANAGER: _("Project manager"),
    Role.OWNER: _("Project owner"),
    Role.STEERING: _("Steering group"),
    Role.BENEFIT_RESPONSIBLE: _("Benefit manager"),
    Role.MEMBER: _("Team member"),
    Role.GUEST: _("Guest"),
    Role.PORTFOLIO_LEADER: _("Portfolio leader"),
    Role.LINE_MANAGER: _("Line manager"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}
# Who outranks whom when a case is decided. What a manager may decide, an owner may too.
RANK: Mapping[Role, int] = {
    Role.MEMBER: 0,
    Role.BENEFIT_RESPONSIBLE: 0,
    Role.COORDINATOR: 1,
    Role.MANAGER: 2,
    Role.LINE_MANAGER: 2,
    Role.STEERING: 3,
    Role.OWNER: 3,
    Role.PORTFOLIO_LEADER: 3,
}


class Power(StrEnum):
    """What a command needs. The table below says who holds it, and how strongly."""

    START_PROJECT = "start_project"
    RUN_ORGANISATION = "run_organisation"
    EDIT_PACKS = "edit_packs"
    HAND_IN_IDEAS = "hand_in_ideas"
    WEIGH_IDEAS = "weigh_ideas"
    KEEP_WEBHOOKS = "keep_webhooks"
    ACCEPT_FOUNDING = "accept_founding"
    EDIT_PROJECT = "edit_project"
    EDIT_GOALS = "edit_goals"
    EDIT_BENEFITS = "edit_benefits"
    EDIT_PLAN = "edit_plan"
    REPORT_PROGRESS = "report_progress"
    KEEP_REGISTERS = "keep_registers"
    OWN_ACTIONS = "own_actions"
    RAISE = "raise"
    KEEP_MINUTES = "keep_minutes"
    PREPARE = "prepare"
    PREPARE_GATE = "prepare_gate"
    DECIDE_GATE = "decide_gate"
    START_PHASE = "start_phase"
    APPOINT = "appoint"
    SET_LIMITS = "set_limits"
    CHANGE_BASELINE = "change_baseline"
    EDIT_BUDGET = "edit_budget"
    RELEASE_RESERVE = "release_reserve"
    RELEASE_OWNERS_RESERVE = "release_owners_reserve"
    DRAFT_REPORT = "draft_report"
    PUBLISH_REPORT = "publish_report"
    KEEP_DOCUMENTS = "keep_documents"
    ORDER_DOCUMENTS = "order_documents"
    APPROVE_DOCUMENT = "approve_document"
    SHARE = "share"
    SHARE_OUTSIDE = "share_outside"
    SET_SHARING = "set_sharing"
    USE_ROOM = "use_room"
    DISCUSS = "discuss"
    DECIDE = "decide"
    DECIDE_CASE = "decide_case"
    SEE_RATES = "see_rates"
    ASK_FOR_PEOPLE = "ask_for_people"
    OFFER_PEOPLE = "offer_people"
    DECIDE_PORTFOLIO = "decide_portfolio"
    OWN_HOURS = "own_hours"
    APPROVE_HOURS = "approve_hours"
    KEEP_COSTS = "keep_costs"
    CLOSE_MONTH = "close_month"
    KEEP_CONTRACTS = "keep_contracts"
    SIGN_CONTRACTS = "sign_contracts"
    VERIFY_INVOICE = "verify_invoice"
    KEEP_TEAM = "keep_team"
    KEEP_LESSONS = "keep_lessons"
    CLOSE_PROJECT = "close_project"
    KEEP_QUALITY = "keep_quality"
    TEST = "test"
    APPROVE_QUALITY = "approve_quality"
    KEEP_STAKEHOLDERS = "keep_stakeholders"
    OWN_ACCOUNT = "own_account"


class Strength(IntEnum):
    NONE = 0
    PROPOSE = 1
    DECIDE = 2


_P, _D = Strength.PROPOSE, Strength.DECIDE
_C, _M, _O, _S = Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.STEERING
_B, _T = Role.BENEFIT_RESPONSIBLE, Role.MEMBER
_L, _PL = Role.LINE_MANAGER, Role.PORTFOLIO_LEADER
POWERS: Mapping[Power, Mapping[Role, Strength]] = {
    # Whoever belongs to the organisation may also start a project (rulings.py).
    Power.START_PROJECT: {Role.ADMINISTRATOR: _D, Role.PORTFOLIO_LEADER: _D},
    Power.RUN_ORGANISATION: {Role.ADMINISTRATOR: _D},
    # Whoever belongs to the organisation may hand in an idea, and propose a scenario (rulings.py).
    Power.HAND_IN_IDEAS: {Role.PORTFOLIO_LEADER: _D},
    Power.WEIGH_IDEAS: {Role.ADMINISTRATOR: _D, Role.PORTFOLIO_LEADER: _D},
    Power.KEEP_WEBHOOKS: {Role.ADMINISTRATOR: _D, _M: _D},
    Power.EDIT_PACKS: {Role.ADMINISTRATOR: _D, Role.PORTFOLIO_LEADER: _D},
    Power.ACCEPT_FOUNDING: {_O: _D},
    Power.EDIT_PROJECT: {_C: _D, _M: _D},
    Power.EDIT_GOALS: {_C: _P, _M: _D, _O: _D},
    Power.EDIT_BENEFITS: {_C: _P, _M: _P, _B: _D},
    Power.EDIT_PLAN: {_C: _D, _M: _D, _T: _P},
    Power.REPORT_PROGRESS: {_C: _D, _M: _D, _T: _D},
    Power.KEEP_REGISTERS: {_C: _D, _M: _D},
    Power.OWN_ACTIONS: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D, _T: _D},
    Power.RAISE: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D, _T: _D},
    Power.KEEP_MINUTES: {_C: _D, _M: _D},
    Power.PREPARE: {_C: _D, _M: _D, _O: _D, _B: _D, _T: _D},
    Power.PREPARE_GATE: {_C: _D, _M: _D},
    Power.DECIDE_GATE: {_C: _P, _M: _P, _O: _D, _S: _D},
    Power.START_PHASE: {_C: _P, _M: _D, _O: _D},
    Power.APPOINT: {_C: _P, _M: _D, _O: _D},
    Power.SET_LIMITS: {_C: _P, _M: _P, _O: _D},
    Power.CHANGE_BASELINE: {_C: _P, _M: _P, _O: _D},
    Power.EDIT_BUDGET: {_C: _D, _M: _D, _O: _D},
    Power.RELEASE_RESERVE: {_C: _P, _M: _D, _O: _D},
    Power.RELEASE_OWNERS_RESERVE: {_C: _P, _M: _P, _O: _D},
    Power.DRAFT_REPORT: {_C: _D, _M: _D},
    Power.PUBLISH_REPORT: {_C: _P, _M: _D},
    Power.KEEP_DOCUMENTS: {_C: _D, _M: _D, _O: _D, _B: _D, _T: _D},
    Power.ORDER_DOCUMENTS: {_C: _D, _M: _D},
    Power.APPROVE_DOCUMENT: {_C: _P, _M: _D, _O: _D},
    Power.SHARE: {_C: _D, _M: _D, _O: _D, _T: _P},
    Power.SHARE_OUTSIDE: {_C: _P, _M: _D, _O: _D},
    Power.SET_SHARING: {_C: _P, _M: _D, _O: _D},
    # What somebody may do there is drawn by what is shared with her (rooms).
    Power.USE_ROOM: {Role.GUEST: _D},
    Power.DISCUSS: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D, _T: _D},
    Power.DECIDE: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D},
    # Which case is whose is said by its verdict; the authority matrix may name anybody here.
    Power.DECIDE_CASE: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D, _T: _D},
    # A line manager sees the rates of those she manages besides: resources/rates.py.
    Power.SEE_RATES: {_C: _D, _M: _D, _O: _D},
    Power.ASK_FOR_PEOPLE: {_C: _P, _M: _D},
    # In the organisation; whose people they are is asked of each (resources).
    Power.OFFER_PEOPLE: {_L: _D},
    Power.DECIDE_PORTFOLIO: {_PL: _D},
    Power.OWN_HOURS: {_C: _D, _M: _D, _O: _D, _T: _D, _B: _D},
    Power.APPROVE_HOURS: {_C: _D, _M: _D},
    Power.KEEP_COSTS: {_C: _D, _M: _D, _O: _D},
    Power.CLOSE_MONTH: {_C: _P, _M: _D},
    Power.KEEP_CONTRACTS: {_C: _D, _M: _D},
    Power.SIGN_CONTRACTS: {_C: _P, _M: _D, _O: _D},
    Power.VERIFY_INVOICE: {_M: _D},
    Power.KEEP_TEAM: {_C: _D, _M: _D},
    Power.KEEP_LESSONS: {_C: _D, _M: _D, _O: _D, _T: _D, _B: _D},
    Power.CLOSE_PROJECT: {_C: _P, _M: _P, _O: _D},
    Power.KEEP_QUALITY: {_C: _D, _M: _D},
    Power.TEST: {_C: _D, _M: _D, _T: _D},
    Power.APPROVE_QUALITY: {_C: _P, _M: _D, _O: _D},
    Power.KEEP_STAKEHOLDERS: {_C: _D, _M: _D},
    Power.OWN_ACCOUNT: {},
}
POWER_LABELS: Mapping[Power, Promise] = {
    Power.START_PROJECT: _("start projects"),
    Power.RUN_ORGANISATION: _("run the organisation's settings"),
    Power.KEEP_WEBHOOKS: _("keep webhooks"),
    Power.EDIT_PACKS: _("edit template packs"),
    Power.HAND_IN_IDEAS: _("hand in ideas and proposals to the portfolio"),
    Power.WEIGH_IDEAS: _("say what ideas are scored on"),
    Power.ACCEPT_FOUNDING: _("accept roles and authority matrix"),
    Power.EDIT_PROJECT: _("edit the project's information"),
    Power.EDIT_GOALS: _("change goals and success criteria"),
    Power.EDIT_BENEFITS: _("change the benefits realisation plan"),
    Power.EDIT_PLAN: _("change the plan"),
    Power.REPORT_PROGRESS: _("report progress on own tasks"),
    Power.KEEP_REGISTERS: _("keep checklists and registers"),
    Power.OWN_ACTIONS: _("work with own actions"),
    Power.RAISE: _("raise risks, problems and flags"),
    Power.KEEP_MINUTES: _("call meetings and keep minutes"),
    Power.PREPARE: _("prepare cases"),
    Power.PREPARE_GATE: _("prepare gates"),
    Power.DECIDE_GATE: _("decide gates"),
    Power.START_PHASE: _("start phases"),
    Power.APPOINT: _("appoint people to roles"),
    Power.SET_LIMITS: _("set limits and tolerances"),
    Power.CHANGE_BASELINE: _("change the approved baseline"),
    Power.EDIT_BUDGET: _("change the budget"),
    Power.RELEASE_RESERVE: _("release the manager's reserve"),
    Power.RELEASE_OWNERS_RESERVE: _("release the owner's reserve"),
    Power.DRAFT_REPORT: _("draft status reports"),
    Power.PUBLISH_REPORT: _("publish status reports"),
    Power.KEEP_DOCUMENTS: _("add and change documents"),
    Power.ORDER_DOCUMENTS: _("keep folders and documents in order"),
    Power.APPROVE_DOCUMENT: _("approve and publish documents"),
    Power.SHARE: _("share inside the organisation"),
    Power.SHARE_OUTSIDE: _("share outside the organisation"),
    Power.SET_SHARING: _("decide the rules for sharing"),
    Power.USE_ROOM: _("answer in the room"),
    Power.DISCUSS: _("take part in discussions"),
    Power.DECIDE: _("record decisions"),
    Power.DECIDE_CASE: _("decide cases"),
    Power.SEE_RATES: _("see rates and cost of hours"),
    Power.ASK_FOR_PEOPLE: _("ask for people and agree on them"),
    Power.OFFER_PEOPLE: _("offer people to projects"),
    Power.DECIDE_PORTFOLIO: _("decide between projects"),
    Power.OWN_HOURS: _("keep one's own timesheet"),
    Power.APPROVE_HOURS: _("approve timesheets"),
    Power.KEEP_COSTS: _("record costs"),
    Power.CLOSE_MONTH: _("close a month"),
    Power.KEEP_CONTRACTS: _("keep contracts, notices and invoices"),
    Power.SIGN_CONTRACTS: _("enter into and change contracts"),
    Power.VERIFY_INVOICE: _("verify invoices"),
    Power.KEEP_TEAM: _("keep responsibilities and skills of the team"),
    Power.KEEP_LESSONS: _("note and share lessons"),
    Power.CLOSE_PROJECT: _("close the project"),
    Power.KEEP_QUALITY: _("keep requirements, deliverables, reviews and test rounds"),
    Power.TEST: _("record results of tests and reviews"),
    Power.APPROVE_QUALITY: _("approve reviews and accept nonconformities"),
    Power.KEEP_STAKEHOLDERS: _("keep and read judgements of stakeholders"),
    Power.OWN_ACCOUNT: _("keep one's own account"),
}
