"""What the demo's projects may cost, have cost, and are heading for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tospann.budget import commands
from tospann.budget.models import Budget, BudgetLine
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import Actor
from tospann.foundation.commands import submit
from tospann.people.actors import actor_for

COORDINATOR, MANAGER, OWNER = "ingrid.lund", "kari.nordmann", "tor.haugen"


@dataclass(frozen=True)
class Money:
    """A project's budget, in thousands: accounts, reserves, and how it has gone since."""

    approved_on: int
    accounts: Mapping[str, int]
    manager: int
    owner: int
    costs: Sequence[tuple[int, Mapping[str, tuple[int, int | None]]]] = ()
    """On a day: what each account has cost, and what it is expected to end at."""
    raises: Sequence[tuple[int, str, str, int]] = ()
    """On a day, somebody raises an account (or proposes to, when it is not hers to decide)."""
    releases: Sequence[tuple[int, str, int]] = ()
    """On a day, so much of the manager's reserve to an account."""


MONEY = {
    "SVH": Money(
        approved_on=-425,
        accounts={
            "1": 14_500,
            "2": 62_000,
            "3": 24_800,
            "4": 12_400,
            "5": 5_600,
            "6": 3_200,
            "7": 9_500,
            "8": 21_000,
            "9": 5_000,
        },
        manager=10_000,
        owner=18_000,
        costs=(
            (-380, {"8": (1_900, None)}),
            (-320, {"8": (4_100, None)}),
            (-260, {"8": (6_800, None)}),
            (-200, {"8": (9_300, None)}),
            (-150, {"8": (11_800, None)}),
            (-104, {"1": (1_150, None), "2": (2_600, None), "8": (13_900, 21_600)}),
            (-66, {"1": (4_100, None), "2": (9_800, None), "8": (15_900, 21_600)}),
            (-38, {"1": (5_200, None), "3": (1_450, None), "8": (16_700, 22_000)}),
            (
                -12,
                {
                    "1": (6_300, 14_900),
                    "2": (21_400, 64_100),
                    "3": (2_900, None),
                    "4": (1_150, None),
                    "7": (1_800, None),
                    "8": (17_600, 22_400),
                },
            ),
        ),
        releases=((-58, "2", 1_400),),
    ),
    "NSS": Money(
        approved_on=-205,
        accounts={
            "1": 1_450,
            "2": 380,
            "3": 3_200,
            "4": 900,
            "5": 640,
            "6": 520,
            "7": 450,
            "8": 760,
        },
        manager=400,
        owner=700,
        costs=(
            (-200, {"1": (290, None), "2": (140, None)}),
            (-172, {"1": (410, None), "2": (265, None)}),
            (-142, {"1": (510, None), "2": (345, None)}),
            (-111, {"1": (600, None), "2": (395, 395), "3": (520, None)}),
            (-80, {"1": (690, None), "3": (1_260, None), "4": (90, None)}),
            (-58, {"1": (780, None), "3": (1_790, None), "4": (205, None)}),
            (-42, {"1": (880, None), "2": (395, 395), "3": (2_210, None), "4": (310, None)}),
            (
                -5,
                {
                    "1": (1_040, 1_520),
                    "3": (2_690, 3_350),
                    "4": (545, 1_060),
                    "5": (420, None),
                    "6": (365, 560),
                },
            ),
        ),
        raises=((-47, MANAGER, "4", 95), (-2, COORDINATOR, "6", 112)),
        releases=((-33, "6", 60),),
    ),
}


def beside(cast: Cast, key: str) -> Sequence[clock.Beside]:
    """What happens to a project's money; the small one has no budget."""
    money = MONEY.get(key)
    if money is None:
        return ()
    return [_begun(cast, key, money), *_since(cast, key, money)]


def _since(cast: Cast, key: str, money: Money) -> Sequence[clock.Beside]:
    return [
        *(_cost(cast, key, day, costs) for day, costs in money.costs),
        *(_raise(cast, key, *one) for one in money.raises),
        *(_release(cast, key, *one) for one in money.releases),
    ]


def _begun(cast: Cast, key: str, money: Money) -> clock.Beside:
    yield money.approved_on - 6, 14
    for code, amount in money.accounts.items():
        line = _line(key, code)
        commands.change_line(_actor(cast, COORDINATOR), line, **_values(line, _kroner(amount)))
    commands.set_reserves(
        _actor(cast, OWNER),
        Budget.objects.get(project__key=key),
        manager_reserve=_kroner(money.manager),
        owner_reserve=_kroner(money.owner),
    )
    yield money.approved_on, 11
    commands.approve_budget(_actor(cast, OWNER), Budget.objects.get(project__key=key))


def _cost(
    cast: Cast, key: str, day: int, costs: Mapping[str, tuple[int, int | None]]
) -> clock.Beside:
    yield day, 9
    for code, (spent, forecast) in costs.items():
        commands.report_cost(
            _actor(cast, COORDINATOR),
            _line(key, code),
            spent=_kroner(spent),
            forecast=None if forecast is None else _kroner(forecast),
        )


def _raise(cast: Cast, key: str, day: int, who: str, code: str, by: int) -> clock.Beside:
    yield day, 13
    line = _line(key, code)
    values = _values(line, line.amount + _kroner(by))
    submit(_actor(cast, who), commands.change_line.on(line), **values)


def _release(cast: Cast, key: str, day: int, code: str, amount: int) -> clock.Beside:
    yield day, 13
    line = _line(key, code)
    commands.release_managers_reserve(_actor(cast, MANAGER), line, amount=_kroner(amount))


def _values(line: BudgetLine, amount: Decimal) -> dict[str, Any]:
    return {
        "name": line.name,
        "code": line.code,
        "amount": amount,
        "phase": line.phase_id,
        "is_running": line.is_running,
    }


def _line(key: str, code: str) -> BudgetLine:
    return BudgetLine.objects.get(project__key=key, code=code)


def _kroner(thousands: int) -> Decimal:
    return Decimal(thousands * 1000)


def _actor(cast: Cast, key: str) -> Actor:
    return actor_for(cast[key])
