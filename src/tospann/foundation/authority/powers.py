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
    DISCUSS = "discuss"
    DECIDE = "decide"
    DECIDE_CASE = "decide_case"
    OWN_ACCOUNT = "own_account"


class Strength(IntEnum):
    NONE = 0
    PROPOSE = 1
    DECIDE = 2


_P, _D = Strength.PROPOSE, Strength.DECIDE
_C, _M, _O, _S = Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.STEERING
_B, _T = Role.BENEFIT_RESPONSIBLE, Role.MEMBER
POWERS: Mapping[Power, Mapping[Role, Strength]] = {
    # Whoever belongs to the organisation may also start a project (rulings.py).
    Power.START_PROJECT: {Role.ADMINISTRATOR: _D, Role.PORTFOLIO_LEADER: _D},
    Power.RUN_ORGANISATION: {Role.ADMINISTRATOR: _D},
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
    Power.DISCUSS: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D, _T: _D},
    Power.DECIDE: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D},
    # Which case is whose is said by its verdict; the authority matrix may name anybody here.
    Power.DECIDE_CASE: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D, _T: _D},
    Power.OWN_ACCOUNT: {},
}
POWER_LABELS: Mapping[Power, Promise] = {
    Power.START_PROJECT: _("start projects"),
    Power.RUN_ORGANISATION: _("run the organisation's settings"),
    Power.EDIT_PACKS: _("edit template packs"),
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
    Power.DISCUSS: _("take part in discussions"),
    Power.DECIDE: _("record decisions"),
    Power.DECIDE_CASE: _("decide cases"),
    Power.OWN_ACCOUNT: _("keep one's own account"),
}
