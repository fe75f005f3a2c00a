"""The demo's money: suppliers and their invoices, what is ordered and accrued, frames, funding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tospann.budget import commands
from tospann.budget.models import Budget, BudgetLine, CostType
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import SYSTEM, Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.people.queries import organisation
from tospann.projects.models import Project

COORDINATOR, MANAGER, OWNER = "ingrid.lund", "kari.nordmann", "tor.haugen"
Paid = tuple[int, str, str, str, int]
"""Days before today, account, supplier, text, and kroner without VAT."""


@dataclass(frozen=True)
class Books:
    """What one project's books hold, beside what its lines were reported to cost."""

    types: Mapping[str, str]
    orders: Sequence[tuple[str, str, str, int, int]] = ()
    """Account, supplier, what for, kroner, and in how many days it is expected."""
    accruals: Sequence[tuple[str, str, str, int]] = ()
    invoices: Sequence[Paid] = ()
    frames: tuple[int, int, int, int] | None = None
    """Base estimate, unspecified, expected addition and contingency, in thousands."""
    cuts: Sequence[tuple[str, int, int, str]] = ()
    funding: Sequence[tuple[str, int, int, bool]] = ()


BOOKS = {
    "SVH": Books(
        types={
            "1": "labour",
            "2": "purchase",
            "3": "purchase",
            "4": "purchase",
            "8": "labour",
            "9": "equipment",
        },
        orders=(
            ("3", "Nordvik Rør AS", "Rør og ventilasjon, entreprise E3", 18_650_000, 210),
            ("4", "Elektro Vest AS", "Elektro, entreprise E4", 9_480_000, 240),
            ("9", "Sportsgulv Norge AS", "Gulv og tribuner", 3_120_000, 300),
        ),
        accruals=(
            ("2", "Bygg og Bad Entreprenør AS", "Utført i perioden, faktura ventes", 1_240_000),
        ),
        invoices=(
            (9, "2", "Bygg og Bad Entreprenør AS", "Avdrag 7, råbygg", 2_386_450),
            (9, "3", "Nordvik Rør AS", "Avdrag 2, bunnledninger", 418_300),
            (6, "8", "Arkitektkontoret Lund", "Detaljprosjektering", 186_750),
            (4, "4", "Elektro Vest AS", "Føringsveier plan 1", 233_910),
            (3, "2", "Betong & Forskaling AS", "Tillegg armering akse 4", 97_425),
        ),
        frames=(149_500, 8_500, 10_000, 18_000),
        cuts=(
            ("Utvendig klatrevegg", 1_900_000, 60, "Mindre tilbud til barn og unge"),
            ("Solceller på tak", 3_400_000, 120, "Høyere driftskostnad i 20 år"),
            ("Kafé innredes senere", 850_000, 200, "Enklere servering det første året"),
        ),
        funding=(
            ("Fjordvik kommune", 136_000_000, 46_000_000, True),
            ("Spillemidler", 38_000_000, 0, True),
            ("Sparebankstiftelsen", 12_000_000, 6_000_000, True),
        ),
    ),
    "NSS": Books(
        types={"1": "labour", "2": "purchase", "3": "purchase", "4": "labour", "8": "travel"},
        orders=(
            ("3", "Systemhuset AS", "Lisenser og leveranse, avtale 2", 540_000, 60),
            ("4", "Integra Data AS", "Integrasjoner, avrop 3", 310_000, 45),
        ),
        accruals=(("4", "Integra Data AS", "Timer forrige måned, ikke fakturert", 64_000),),
        invoices=(
            (4, "3", "Systemhuset AS", "Milepæl 4: testmiljø", 127_500),
            (3, "4", "Integra Data AS", "Avrop 3, uke 45–46", 58_240),
            (2, "8", "Reisebyrået Fjord", "Kurs i Bergen, fire personer", 18_966),
        ),
        funding=(
            ("Fjordvik kommune", 7_800_000, 5_200_000, True),
            ("Digitaliseringsstøtte", 900_000, 300_000, False),
        ),
    ),
}


def beside(cast: Cast, key: str) -> Sequence[clock.Beside]:
    """What the books hold; the small project has none."""
    found = BOOKS.get(key)
    return () if found is None else [_kept(cast, key, found)]


def rates() -> None:
    """The organisation's exchange rates, one for each of the last four quarters."""
    today = timezone.localdate()
    for currency, values in {
        "EUR": ("11.62", "11.71", "11.84", "11.78"),
        "USD": ("10.94", "10.71", "10.28", "10.12"),
        "SEK": ("1.0210", "1.0345", "1.0502", "1.0571"),
    }.items():
        for back, rate in zip((360, 270, 180, 90), values, strict=True):
            commands.set_exchange_rate(
                SYSTEM,
                organisation(),
                id=new_id(),
                currency=currency,
                valid_from=today - timedelta(days=back),
                rate=Decimal(rate),
                note="Norges Bank",
            )


def _kept(cast: Cast, key: str, books: Books) -> clock.Beside:
    yield -40, 10
    who, project = _actor(cast, COORDINATOR), Project.objects.get(key=key)
    _typed(who, key, books)
    _framed(cast, who, project, books)
    orders = [_ordered(who, key, one) for one in books.orders]
    yield -2, 10
    _accrued(who, key, books)
    _invoiced(who, project, key, books, orders)
    yield -1, 15
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    commands.close_month(_actor(cast, MANAGER), project, id=new_id(), month=last.replace(day=1))
    _late(who, project, key, books, last)


def _typed(who: Actor, key: str, books: Books) -> None:
    for code, cost_type in books.types.items():
        line = _line(key, code)
        values: dict[str, Any] = {
            name: getattr(line, name)
            for name in ("name", "code", "amount", "is_running", "starts_on", "ends_on")
        }
        more: dict[str, Any] = {"phase": line.phase_id, "activity_uid": line.activity_uid}
        commands.change_line(
            who, line, cost_type=CostType(cost_type), vat_code="standard", **values, **more
        )


def _framed(cast: Cast, who: Actor, project: Project, books: Books) -> None:
    head = Budget.objects.get(project=project)
    if books.frames:
        names = ("base_estimate", "unspecified", "expected_addition", "contingency")
        amounts = {name: Decimal(one * 1000) for name, one in zip(names, books.frames, strict=True)}
        source = "Usikkerhetsanalyse før investeringsbeslutningen"
        commands.set_frames(_actor(cast, OWNER), head, frames_source=source, **amounts)
    for name, saves, days, lost in books.cuts:
        by = timezone.localdate() + timedelta(days=days)
        values: dict[str, Any] = {"name": name, "decide_by": by, "consequence": lost}
        commands.add_cut(who, project, id=new_id(), amount=Decimal(saves), **values)
    for name, amount, received, agreed in books.funding:
        paid: dict[str, Any] = {"amount": Decimal(amount), "received": Decimal(received)}
        commands.add_funding(who, project, id=new_id(), name=name, is_agreed=agreed, **paid)


def _ordered(who: Actor, key: str, order: tuple[str, str, str, int, int]) -> Any:
    code, supplier, text, amount, days = order
    return commands.commit(
        who,
        _line(key, code),
        id=new_id(),
        text=text,
        supplier=supplier,
        amount=Decimal(amount),
        due_on=timezone.localdate() + timedelta(days=days),
    )


def _accrued(who: Actor, key: str, books: Books) -> None:
    first = timezone.localdate().replace(day=1)
    for code, supplier, text, amount in books.accruals:
        values: dict[str, Any] = {"text": text, "supplier": supplier, "amount": Decimal(amount)}
        day = first - timedelta(days=1)
        commands.accrue(who, _line(key, code), id=new_id(), booked_on=day, **values)


def _invoiced(who: Actor, project: Project, key: str, books: Books, orders: Sequence[Any]) -> None:
    """The voucher journal of the month, each against its order where there is one."""
    against = {(one.line_id, one.supplier): one.pk for one in orders}
    today, rows = timezone.localdate(), []
    for number, (back, code, supplier, text, amount) in enumerate(books.invoices, 1):
        line = _line(key, code)
        rows.append(
            commands.CostRow(
                line=line.pk,
                booked_on=today - timedelta(days=back),
                amount=Decimal(amount),
                supplier=supplier,
                text=text,
                external_id=f"{key}-{4100 + number}",
                commitment=against.get((line.pk, supplier)),
            )
        )
    commands.record_costs(who, project, id=new_id(), rows=rows, source="csv")


def _late(who: Actor, project: Project, key: str, books: Books, day: Any) -> None:
    """An invoice that came after the month was closed."""
    _back, code, supplier, _text, _amount = books.invoices[-1]
    row = commands.CostRow(
        line=_line(key, code).pk,
        booked_on=day,
        amount=Decimal("12480.50"),
        supplier=supplier,
        text="Kom etter at måneden var lukket",
        external_id=f"{key}-4199",
    )
    commands.record_costs(who, project, id=new_id(), rows=[row], source="manual")


def _line(key: str, code: str) -> BudgetLine:
    return BudgetLine.objects.get(project__key=key, code=code)


def _actor(cast: Cast, key: str) -> Actor:
    return actor_for(cast[key])
