"""Who acts, the limits that apply, and the ruling: decide, propose or no, with a sentence."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext_noop

from tospann.foundation.authority.deciders import (
    Deciders,
    Named,
    decides_as,
    strictest,
)
from tospann.foundation.authority.powers import POWERS, RANK, Power, Role, Strength
from tospann.foundation.authority.sentences import MEASURES, Sentence, at_rank
from tospann.foundation.ids import ORGANISATION_SCOPE

UNKNOWN: Mapping[str, Decimal] = {"unknown": Decimal(1)}
"""The measures of what cannot be measured beforehand: every limit on its kind counts as passed."""


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
    people: tuple[Named, ...] = ()
    quorum: int = 0
    in_order: bool = False
    four_eyes: bool = False
    within_days: int | None = None
    escalates_to: tuple[Role, ...] = ()

    @property
    def who(self) -> Deciders:
        return Deciders(
            self.deciders,
            self.people,
            self.mode,
            self.quorum,
            self.in_order,
            self.four_eyes,
            self.within_days,
            self.escalates_to,
        )


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
    """What a decision allows: exactly these operations, whatever the decider's own powers.

    An ordinary decision stays in its own project. One made across projects names every project it
    reaches in ``scopes``, and is carried out by an act of the organisation alone.
    """

    case_id: uuid.UUID
    decision_id: uuid.UUID
    operations: frozenset[str]
    scopes: frozenset[uuid.UUID] = frozenset()


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
    link: str = ""
    """What a signed link that somebody was sent is about, when that is how she came."""
    shares: frozenset[uuid.UUID] = frozenset()
    """The shares by which somebody from outside, without an account, has come."""

    @property
    def came_as(self) -> str:
        """What the audit log calls whoever acted."""
        return "link" if self.link else self.kind

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
    who: Deciders = field(default_factory=Deciders)
    authority: str = ""
    measures: Mapping[str, Decimal] = field(default_factory=dict)
    """What it rests on, of a verdict on several operations."""

    @property
    def deciders(self) -> tuple[Role, ...]:
        """The roles that decide instead (people may be named beside them: ``who``)."""
        return self.who.roles

    @property
    def mode(self) -> str:
        return self.who.mode

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
_LINK = gettext_noop("The link you were sent lets you answer for yourself.")
_INSIDE = gettext_noop("Everybody in the organisation may start a project.")
_ASKS = gettext_noop("Everybody in the organisation may hand in an idea or a proposal.")
_NO_ROLE = gettext_noop("You have no role here that may %(power)s.")
_PROPOSES = gettext_noop("You may propose this; %(deciders)s decides.")
_ALWAYS = gettext_noop("Needs %(deciders)s: that is who decides such matters in this project.")
_BELOW = gettext_noop(
    "Needs %(deciders)s: %(measure)s becomes %(value)s, the least allowed is %(limit)s."
)
_BY_POWER = gettext_noop("Needs %(deciders)s: only they may %(power)s.")
_NAMED = gettext_noop("You may %(power)s: the authority matrix names you.")
_UNKNOWN = gettext_noop(
    "Needs %(deciders)s: what this comes to can only be measured when it is carried out."
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
    if power is Power.OWN_ACCOUNT and actor.kind == "link":
        return Ruling(Strength.DECIDE, Sentence(_LINK), authority="link")
    if power is Power.OWN_ACCOUNT and actor.person_id is not None:
        return Ruling(Strength.DECIDE, Sentence(_OWN), authority="own")
    if power is Power.START_PROJECT and actor.kind == "person" and not _only_reads(actor):
        return Ruling(Strength.DECIDE, Sentence(_INSIDE), authority="person")
    if power is Power.HAND_IN_IDEAS and actor.kind == "person":
        return Ruling(Strength.DECIDE, Sentence(_ASKS), authority="person")
    roles = actor.all_roles(scope_id)
    table = POWERS[power]
    ceiling = max((table.get(role, Strength.NONE) for role in roles), default=Strength.NONE)
    if ceiling is Strength.NONE:
        return Ruling(Strength.NONE, Sentence(_NO_ROLE, {"power": f"power:{power}"}))
    limit = _limit(rules_of(scope_id), kind, measures) if kind else None
    if limit is not None:
        return _within_limit(actor, power, scope_id, ceiling, limit)
    if ceiling is Strength.DECIDE:
        return _may(actor, power, scope_id, (r for r in roles if table.get(r) is Strength.DECIDE))
    who = by_power(power)
    return Ruling(Strength.PROPOSE, Sentence(_PROPOSES, {"deciders": who.shown()}), who)


def _only_reads(actor: Actor) -> bool:
    """Who audits starts nothing that she may have to audit."""
    return Role.AUDITOR in actor.organisation_roles


def verdict(
    power: Power,
    scope_id: uuid.UUID,
    kind: str = "",
    measures: Mapping[str, Decimal] | None = None,
) -> Ruling:
    """Who decides such a matter and why, whoever asks."""
    limit = _limit(rules_of(scope_id), kind, measures) if kind else None
    if limit is not None:
        return Ruling(Strength.PROPOSE, limit[1], limit[0])
    who = by_power(power)
    values = {"deciders": who.shown(), "power": f"power:{power}"}
    return Ruling(Strength.PROPOSE, Sentence(_BY_POWER, values), who)


def strictest_of(rulings: Sequence[Ruling]) -> Ruling:
    """The verdict that satisfies them all, with the sentence of the one that weighs most."""
    who = strictest([ruling.who for ruling in rulings])
    weighs = max(rulings, key=lambda ruling: ruling.who.rank)  # the first of equals
    because = weighs.because
    if who.shown() != weighs.who.shown():
        because = Sentence(because.msgid, {**because.values, "deciders": who.shown()})
    return Ruling(Strength.PROPOSE, because, who)


def by_power(power: Power) -> Deciders:
    """The roles that hold the power, where the project has drawn no limit."""
    table = POWERS[power]
    return Deciders(tuple(role for role, held in table.items() if held is Strength.DECIDE))


def _within_limit(
    actor: Actor,
    power: Power,
    scope_id: uuid.UUID,
    ceiling: Strength,
    limit: tuple[Deciders, Sentence],
) -> Ruling:
    who, because = limit
    by = decides_as(actor.all_roles(scope_id), actor.person_id, who)
    if by is None or ceiling is not Strength.DECIDE or not who.is_one:
        return Ruling(Strength.PROPOSE, because, who)
    if by == "person":
        values = {"power": f"power:{power}"}
        return Ruling(Strength.DECIDE, Sentence(_NAMED, values), authority="person")
    return _may(actor, power, scope_id, [Role(by)])


def _limit(
    rules: Sequence[Rule], kind: str, measures: Mapping[str, Decimal] | None
) -> tuple[Deciders, Sentence] | None:
    """Who satisfies every row that applies, and the sentence of the strictest of them."""
    found = [
        Ruling(Strength.PROPOSE, because, row.who)
        for row in rules
        if row.kind == kind and (because := _why(row, measures)) is not None
    ]
    if not found:
        return None
    answer = strictest_of(found)
    return answer.who, answer.because


def _why(row: Rule, measures: Mapping[str, Decimal] | None) -> Sentence | None:
    if not row.measure:
        return Sentence(_ALWAYS, {"deciders": row.who.shown()})
    if measures is not None and measures.get("unknown"):
        return Sentence(_UNKNOWN, {"deciders": row.who.shown()})
    given = measures or {}
    # What lower deciders have let through adds up before a limit that is above them.
    value = given.get(at_rank(row.measure, row.who.rank), given.get(row.measure))
    if value is None or row.limit is None:
        return None
    if not (value > row.limit if row.operator == ">" else value < row.limit):
        return None
    unit = MEASURES[row.measure].unit if row.measure in MEASURES else ""
    return Sentence(
        _ABOVE if row.operator == ">" else _BELOW,
        {
            "deciders": row.who.shown(),
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
