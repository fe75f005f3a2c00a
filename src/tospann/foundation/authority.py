"""Who may do what: roles, powers, limits as data, and a ruling that always carries a sentence.

A power is held in one of two strengths: DECIDE (the change happens at once) or PROPOSE (it becomes
a case for whoever may decide). That ceiling is a table in code. Below the ceiling, the project's
authority rules (data) draw the limits: *kind × measure × limit → who decides*.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from tospann.foundation.ids import ORGANISATION_SCOPE


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
    PREPARE = "prepare"
    PREPARE_GATE = "prepare_gate"
    DECIDE_GATE = "decide_gate"
    START_PHASE = "start_phase"
    APPOINT = "appoint"
    SET_LIMITS = "set_limits"
    CHANGE_BASELINE = "change_baseline"
    DRAFT_REPORT = "draft_report"
    PUBLISH_REPORT = "publish_report"
    DISCUSS = "discuss"
    DECIDE = "decide"
    OWN_ACCOUNT = "own_account"


class Strength(IntEnum):
    NONE = 0
    PROPOSE = 1
    DECIDE = 2


_P, _D = Strength.PROPOSE, Strength.DECIDE
_C, _M, _O, _S = Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.STEERING
_B, _T = Role.BENEFIT_RESPONSIBLE, Role.MEMBER
POWERS: Mapping[Power, Mapping[Role, Strength]] = {
    Power.START_PROJECT: {
        Role.ADMINISTRATOR: _D,
        Role.PORTFOLIO_LEADER: _D,
        _C: _D,
        _M: _D,
        _O: _D,
    },
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
    Power.PREPARE: {_C: _D, _M: _D, _O: _D, _B: _D, _T: _D},
    Power.PREPARE_GATE: {_C: _D, _M: _D},
    Power.DECIDE_GATE: {_C: _P, _M: _P, _O: _D, _S: _D},
    Power.START_PHASE: {_C: _P, _M: _D, _O: _D},
    Power.APPOINT: {_C: _P, _M: _D, _O: _D},
    Power.SET_LIMITS: {_C: _P, _M: _P, _O: _D},
    Power.CHANGE_BASELINE: {_C: _P, _M: _P, _O: _D},
    Power.DRAFT_REPORT: {_C: _D, _M: _D},
    Power.PUBLISH_REPORT: {_C: _P, _M: _D},
    Power.DISCUSS: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D, _T: _D},
    Power.DECIDE: {_C: _D, _M: _D, _O: _D, _S: _D, _B: _D},
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
    Power.PREPARE: _("prepare cases"),
    Power.PREPARE_GATE: _("prepare gates"),
    Power.DECIDE_GATE: _("decide gates"),
    Power.START_PHASE: _("start phases"),
    Power.APPOINT: _("appoint people to roles"),
    Power.SET_LIMITS: _("set limits and tolerances"),
    Power.CHANGE_BASELINE: _("change the approved baseline"),
    Power.DRAFT_REPORT: _("draft status reports"),
    Power.PUBLISH_REPORT: _("publish status reports"),
    Power.DISCUSS: _("take part in discussions"),
    Power.DECIDE: _("decide cases"),
    Power.OWN_ACCOUNT: _("keep one's own account"),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence that can be stored and is translated when shown. Values may be roles or powers."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.msgid) % {k: _shown(v) for k, v in self.values.items()}

    def to_json(self) -> dict[str, Any]:
        return {"msgid": self.msgid, "values": dict(self.values)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Sentence":
        return cls(stored.get("msgid", ""), stored.get("values", {}))


def _shown(value: Any) -> str:
    """``role:owner`` → «Prosjekteier»; anything else as it is."""
    text = str(value)
    prefix, _colon, rest = text.partition(":")
    if prefix == "role" and rest:
        return roles_text(Role(part) for part in rest.split("+"))
    if prefix == "power" and rest:
        return str(POWER_LABELS[Power(rest)])
    if prefix == "measure" and rest:
        return str(MEASURES[rest].label) if rest in MEASURES else rest
    if prefix == "amount" and rest:
        number, unit = rest.split(":", 1)
        return amount_text(Decimal(number), unit)
    return text


def roles_text(roles: Iterable[Role]) -> str:
    """“project manager or project owner”, in the language of the reader."""
    names = [str(ROLE_LABELS[role]).lower() for role in roles]
    return gettext(" or ").join(names)


def amount_text(value: Decimal, unit: str) -> str:
    """``12`` + ``days`` → “12 working days”; money without decimals, grouped by spaces."""
    number = f"{value.normalize():,f}".replace(",", "\u00a0")
    match unit:
        case "days":
            return gettext("%(number)s working days") % {"number": number}
        case "NOK":
            return gettext("NOK %(number)s") % {"number": number}
        case "percent":
            return gettext("%(number)s per cent") % {"number": number}
    return number


@dataclass(frozen=True)
class Measure:
    """A computed consequence that limits can be set on."""

    key: str
    label: Promise
    unit: str


MEASURES: dict[str, Measure] = {}


def measure(key: str, label: Promise, unit: str) -> Measure:
    """Register a measure. The capability that can compute it does so, nobody else."""
    MEASURES[key] = Measure(key, label, unit)
    return MEASURES[key]


@dataclass(frozen=True)
class Rule:
    """One row of the authority matrix. Without a measure it always applies to its kind."""

    kind: str
    deciders: tuple[Role, ...]
    measure: str = ""
    limit: Decimal | None = None
    mode: str = "any"
    phase_id: uuid.UUID | None = None
    operator: str = ">"
    """``>``: above the limit; ``<``: below it (what is left of a reserve)."""


RuleSource = Callable[[uuid.UUID], Sequence[Rule]]
_rule_source: RuleSource = lambda project_id: ()  # noqa: E731  # replaced when the app is ready


def rules_come_from(source: RuleSource) -> None:
    """Called once by the capability that stores the authority matrix."""
    global _rule_source  # noqa: PLW0603  # set once, when the app is ready
    _rule_source = source


def rules_of(project_id: uuid.UUID) -> Sequence[Rule]:
    return () if project_id == ORGANISATION_SCOPE else _rule_source(project_id)


@dataclass(frozen=True)
class Held:
    """A role in a project, own or as a deputy (``for_name`` is then who it is held for)."""

    role: Role
    for_name: str = ""


@dataclass(frozen=True)
class Mandate:
    """What a decision allows: exactly these operations, whatever the decider's own powers."""

    case_id: uuid.UUID
    decision_id: uuid.UUID
    operations: frozenset[str]


@dataclass(frozen=True)
class Actor:
    """Whoever makes a change or reads: a person, an external party, or the system itself."""

    kind: str
    person_id: uuid.UUID | None
    name: str
    roles: Mapping[uuid.UUID, tuple[Held, ...]] = field(default_factory=dict)
    organisation_roles: frozenset[Role] = frozenset()
    mandate: Mandate | None = None
    scopes: frozenset[str] | None = None
    """For an API token: ``read`` and/or ``write``; None means no restriction."""

    def roles_in(self, project_id: uuid.UUID) -> frozenset[Role]:
        """The actor's roles in the project, own and held as a deputy."""
        return frozenset(held.role for held in self.roles.get(project_id, ()))

    def all_roles(self, scope_id: uuid.UUID) -> frozenset[Role]:
        """Roles that count in a scope; in the organisation, any project role counts too."""
        if scope_id != ORGANISATION_SCOPE:
            return self.roles_in(scope_id) | self.organisation_roles
        everywhere = {held.role for roles in self.roles.values() for held in roles}
        return frozenset(everywhere) | self.organisation_roles

    def under(self, mandate: Mandate) -> "Actor":
        return replace(self, mandate=mandate)

    def deputises_as(self, project_id: uuid.UUID, role: Role) -> str:
        """For whom the actor holds the role, or "" when it is (also) her own."""
        held = [h for h in self.roles.get(project_id, ()) if h.role is role]
        if not held or any(not h.for_name for h in held):
            return ""
        return held[0].for_name


SYSTEM = Actor(kind="system", person_id=None, name="Tospann")
"""Acts when the portal itself does something: schedules, imports of packs, retention."""


@dataclass(frozen=True)
class Ruling:
    """The answer: how strong, who decides otherwise, and a sentence that says why."""

    strength: Strength
    because: Sentence
    deciders: tuple[Role, ...] = ()
    mode: str = "any"
    authority: str = ""

    @property
    def may_decide(self) -> bool:
        return self.strength is Strength.DECIDE

    @property
    def may_propose(self) -> bool:
        return self.strength is Strength.PROPOSE

    @property
    def is_refused(self) -> bool:
        return self.strength is Strength.NONE

    def __str__(self) -> str:
        return str(self.because)


_MAY = gettext_noop("You may %(power)s as %(role)s.")
_SYSTEM = gettext_noop("The portal does this itself.")
_OWN = gettext_noop("Everybody keeps their own account.")
_NO_ROLE = gettext_noop("You have no role here that may %(power)s.")
_PROPOSES = gettext_noop("You may propose this; %(deciders)s decides.")
_ALWAYS = gettext_noop("Needs %(deciders)s: that is who decides such matters in this project.")
_BELOW = gettext_noop(
    "Needs %(deciders)s: %(measure)s becomes %(value)s, the least allowed is %(limit)s."
)
_ABOVE = gettext_noop("Needs %(deciders)s: %(measure)s becomes %(value)s, the limit is %(limit)s.")


def rule(
    actor: Actor,
    power: Power,
    scope_id: uuid.UUID,
    kind: str = "",
    measures: Mapping[str, Decimal] | None = None,
) -> Ruling:
    """Whether the actor may decide, may only propose, or neither.

    Without ``measures`` it is the ceiling; with them, the project's limits are applied as well.
    """
    if actor.kind == "system":
        return Ruling(Strength.DECIDE, Sentence(_SYSTEM), authority="system")
    if power is Power.OWN_ACCOUNT and actor.person_id is not None:
        return Ruling(Strength.DECIDE, Sentence(_OWN), authority="own")
    roles = actor.all_roles(scope_id)
    table = POWERS[power]
    ceiling = max((table.get(role, Strength.NONE) for role in roles), default=Strength.NONE)
    if ceiling is Strength.NONE:
        return Ruling(Strength.NONE, Sentence(_NO_ROLE, {"power": f"power:{power}"}))
    limit = _strictest(rules_of(scope_id), kind, measures) if kind else None
    if limit is not None:
        return _within_limit(actor, power, scope_id, ceiling, limit)
    if ceiling is Strength.DECIDE:
        return _may(actor, power, scope_id, (r for r in roles if table.get(r) is Strength.DECIDE))
    deciders = tuple(role for role, strength in table.items() if strength is Strength.DECIDE)
    return Ruling(Strength.PROPOSE, Sentence(_PROPOSES, {"deciders": _roles(deciders)}), deciders)


def may_decide_for(roles: Iterable[Role], deciders: Sequence[Role]) -> Role | None:
    """The role by which somebody with these roles may decide what belongs to ``deciders``."""
    held = set(roles)
    for role in deciders:
        if role in held:
            return role
    lowest = min((RANK.get(role, 9) for role in deciders), default=9)
    above = [role for role in held if RANK.get(role, -1) > lowest]
    return max(above, key=lambda role: RANK[role], default=None)


def _within_limit(
    actor: Actor,
    power: Power,
    scope_id: uuid.UUID,
    ceiling: Strength,
    limit: tuple[Rule, Sentence],
) -> Ruling:
    decides, because = limit
    by = may_decide_for(actor.all_roles(scope_id), decides.deciders)
    if by is not None and ceiling is Strength.DECIDE and decides.mode == "any":
        return _may(actor, power, scope_id, [by])
    return Ruling(Strength.PROPOSE, because, decides.deciders, decides.mode)


def _strictest(
    rules: Sequence[Rule], kind: str, measures: Mapping[str, Decimal] | None
) -> tuple[Rule, Sentence] | None:
    """The applicable rule whose deciders rank highest, and the sentence that explains it."""
    found: list[tuple[int, int, Rule, Sentence]] = []
    for number, row in enumerate(rules):
        if row.kind != kind:
            continue
        because = _why(row, measures)
        if because is not None:
            rank = min((RANK.get(role, 0) for role in row.deciders), default=0)
            found.append((rank, -number, row, because))
    if not found:
        return None
    _rank, _order, row, because = max(found, key=lambda item: (item[0], item[1]))
    return row, because


def _why(row: Rule, measures: Mapping[str, Decimal] | None) -> Sentence | None:
    if not row.measure:
        return Sentence(_ALWAYS, {"deciders": _roles(row.deciders)})
    value = (measures or {}).get(row.measure)
    if value is None or row.limit is None:
        return None
    if not (value > row.limit if row.operator == ">" else value < row.limit):
        return None
    unit = MEASURES[row.measure].unit if row.measure in MEASURES else ""
    return Sentence(
        _ABOVE if row.operator == ">" else _BELOW,
        {
            "deciders": _roles(row.deciders),
            "measure": f"measure:{row.measure}",
            "value": f"amount:{value}:{unit}",
            "limit": f"amount:{row.limit}:{unit}",
        },
    )


def _may(actor: Actor, power: Power, scope_id: uuid.UUID, roles: Iterable[Role]) -> Ruling:
    best = max(roles, key=lambda role: (RANK.get(role, 0), role))
    deputy = actor.deputises_as(scope_id, best)
    authority = f"{best} for {deputy}" if deputy else str(best)
    values = {"power": f"power:{power}", "role": f"role:{best}"}
    return Ruling(Strength.DECIDE, Sentence(_MAY, values), authority=authority)


def _roles(roles: Iterable[Role]) -> str:
    return "role:" + "+".join(roles)
