"""A project with everything that costs money, and what it must come to, worked out by itself."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st
from tests import making
from tests.budget import starting
from tests.control import following
from tests.control.following import FIRST

from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine, ExchangeRate
from tospann.contracts import commands as contracts
from tospann.contracts.models import Contract, Invoice
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.resources.models import Rate
from tospann.timesheets import commands as timesheets
from tospann.timesheets.models import Sheet

SUPPLIERS = ("Grus og Pukk AS", "Størk & Sønn", "Zimmer GmbH")
VAT = {"standard": 25, "medium": 15, "low": 12, "exempt": 0, "": 0}
AMOUNTS = st.decimals(min_value=0, max_value=50_000_000, places=2)
COSTS = st.decimals(min_value=-100_000, max_value=5_000_000, places=2)
POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=900_000, places=2)
CURRENCIES = st.sampled_from(["NOK", "NOK", "EUR", "SEK"])
DAYS = st.integers(-10, 40)
LINES = st.integers(0, 3)
QUARTERS = st.integers(0, 32).map(lambda quarters: Decimal(quarters) / 4)
BEFORE = date(2020, 1, 1)


@dataclass(frozen=True)
class Entry:
    """What is spent: on a line (from 1), on a day, in øre, to whom or by whose hours."""

    line: int
    day: date
    ore: int
    supplier: str = ""
    person: str = ""
    hours: Decimal = Decimal(0)
    is_accrued: bool = False
    is_cost: bool = True


@dataclass
class Booked:
    """A project as it was entered, and what it comes to."""

    made: object
    entries: list[Entry]
    contracts: dict[int, dict] = field(default_factory=dict)
    hours: dict[str, Decimal] = field(default_factory=dict)

    def by(self, key, *, costs_only=False):
        """Øre added up by what ``key`` says of an entry; nothing is left out."""
        found = defaultdict(int)
        for one in self.entries:
            if one.is_cost or not costs_only:
                found[key(one)] += one.ore
        return found

    def total(self, **only):
        return sum(self.by(lambda _one: 0, **only).values())


def rounded(value):
    """To the nearest whole, half away from zero."""
    whole, rest = divmod(abs(value), 1)
    up = int(whole) + (rest >= Fraction(1, 2))
    return up if value >= 0 else -up


def ore(amount, rate=1):
    """An amount in øre at a rate."""
    return rounded(Fraction(amount) * Fraction(rate) * 100)


EVERYTHING = st.fixed_dictionaries(
    {
        "amounts": st.lists(AMOUNTS, min_size=1, max_size=3),
        "with_vat": st.lists(st.booleans(), min_size=3, max_size=3),
        "shares": st.lists(st.floats(0, 1), min_size=4, max_size=4),
        "untied": st.booleans(),
        "rates": st.fixed_dictionaries(
            {
                name: st.decimals(min_value=Decimal("0.2"), max_value=15, places=4)
                for name in ("EUR", "SEK")
            }
        ),
        "costs": st.lists(
            st.tuples(
                LINES, DAYS, COSTS, CURRENCIES, st.sampled_from(sorted(VAT)), st.integers(0, 3)
            ),
            max_size=5,
        ),
        "accruals": st.lists(st.tuples(LINES, DAYS, POSITIVE, st.booleans()), max_size=3),
        "contracts": st.lists(
            st.tuples(CURRENCIES, st.decimals(min_value=0, max_value=20, places=2)),
            min_size=1,
            max_size=2,
        ),
        "invoices": st.lists(
            st.tuples(st.integers(0, 1), DAYS, POSITIVE, POSITIVE, LINES, st.integers(0, 4)),
            max_size=4,
        ),
        "pay": st.tuples(
            st.decimals(min_value=100, max_value=2000, places=2), st.sampled_from(["NOK", "EUR"])
        ),
        "weeks": st.lists(
            st.tuples(LINES, st.lists(QUARTERS, min_size=7, max_size=7), st.booleans()),
            max_size=2,
        ),
    }
)


def booked(given):
    """Everything entered through the commands, and the same worked out beside it."""
    made = following.followed(*given["amounts"])
    following.progress(made, given["shares"][: len(given["amounts"])])
    with_vat = given["with_vat"][: len(given["amounts"])]
    for number, counts in enumerate(with_vat, 1):
        line = line_of(made, number)
        given_line = starting.values(line, with_vat=counts)
        budget.change_line(made.manager, line, **given_line)
    for name, rate in given["rates"].items():
        kept = ExchangeRate(currency=name, valid_from=BEFORE, rate=rate)
        making.inside(kept.save)
    world = _World(made, with_vat, {"NOK": Decimal(1), **given["rates"]})
    world.costs(given["costs"])
    world.accruals(given["accruals"])
    world.invoices(given["contracts"], given["invoices"])
    world.weeks(given["weeks"], *given["pay"])
    if given["untied"]:
        following.untie(made, 1)
    return world.found


def line_of(made, number):
    return BudgetLine.objects.get(project=made.project, number=number)


class _World:
    def __init__(self, made, with_vat, rates):
        self.made, self.with_vat, self.rates = made, with_vat, rates
        self.found = Booked(made, [])

    def number(self, place):
        return place % len(self.with_vat) + 1

    def counted(self, number, amount, vat, currency):
        """What a cost counts for on its line, in øre."""
        whole = amount + vat if self.with_vat[number - 1] else amount
        return ore(whole, self.rates[currency])

    def costs(self, given):
        rows = []
        for place, after, amount, currency, code, whom in given:
            number, day = self.number(place), FIRST + timedelta(days=after)
            supplier = SUPPLIERS[whom] if whom < len(SUPPLIERS) else ""
            rows.append(
                budget.CostRow(
                    line=line_of(self.made, number).pk,
                    booked_on=day,
                    amount=amount,
                    vat_code=code,
                    currency=currency,
                    supplier=supplier,
                )
            )
            vat = Fraction(ore(Fraction(amount) * VAT[code] / 100), 100)
            counted = self.counted(number, Fraction(amount), vat, currency)
            self.found.entries.append(Entry(number, day, counted, supplier))
        if rows:
            made = self.made
            budget.record_costs(made.coordinator, made.project, id=new_id(), rows=rows)

    def accruals(self, given):
        made = self.made
        for place, after, amount, is_released in given:
            number, day = self.number(place), FIRST + timedelta(days=after)
            kept = budget.accrue(
                made.coordinator,
                line_of(made, number),
                id=new_id(),
                text="Levert",
                amount=amount,
                booked_on=day,
            )
            entry = Entry(number, day, ore(amount), is_accrued=True, is_cost=False)
            self.found.entries.append(entry)
            if is_released:
                later = day + timedelta(days=3)
                budget.release_accrual(made.coordinator, kept, released_on=later)
                back = Entry(number, later, -ore(amount), is_accrued=True, is_cost=False)
                self.found.entries.append(back)

    def invoices(self, agreed, given):
        made = self.made
        known = [self._contract(name, *one) for name, one in zip(SUPPLIERS, agreed, strict=False)]
        for which, after, amount, vat, place, steps in given:
            contract = known[which % len(known)]
            number, day = self.number(place), FIRST + timedelta(days=after)
            invoice = contracts.receive_invoice(
                made.coordinator,
                made.project,
                id=new_id(),
                contract=contract.pk,
                reference=f"F-{new_id().hex[-8:]}",
                invoiced_on=day,
                due_on=day + timedelta(days=30),
                amount=amount,
                vat=vat,
                line=line_of(made, number).pk,
            )
            self._passed_on(invoice, steps)
            self._count(contract, amount, vat, steps)
            if steps in {2, 3}:
                counted = self.counted(number, Fraction(amount), Fraction(vat), contract.currency)
                self.found.entries.append(Entry(number, day, counted, contract.party.name))

    def _contract(self, name, currency, percent):
        made = self.made
        party = contracts.add_party(made.coordinator, made.project, id=new_id(), name=name)
        contract = contracts.add_contract(
            made.coordinator,
            made.project,
            id=new_id(),
            title=f"Avtale med {name}",
            party=party.pk,
            value=Decimal(3_000_000),
            currency=currency,
            retained_percent=percent,
            line=line_of(made, 1).pk,
        )
        contracts.sign_contract(made.owner, contract, signed_on=FIRST - timedelta(days=30))
        kept = Contract.objects.get(pk=contract.pk)
        nothing = dict.fromkeys(("invoiced", "vat", "retained", "paid"), 0)
        self.found.contracts[kept.number] = {"currency": currency, "percent": percent, **nothing}
        return kept

    def _passed_on(self, invoice, steps):
        """0 received, 1 checked, 2 verified, 3 sent, 4 returned."""
        made = self.made
        fresh = lambda: Invoice.objects.get(pk=invoice.pk)  # noqa: E731
        if steps == 4:
            contracts.return_invoice(made.coordinator, fresh(), remarks="Feil mottaker")
            return
        if steps > 0:
            contracts.check_invoice(made.coordinator, fresh(), remarks="Avklart")
        if steps > 1:
            contracts.verify_invoice(made.manager, fresh())
        if steps > 2:
            contracts.send_invoice(made.manager, fresh(), sent_on=FIRST)

    def _count(self, contract, amount, vat, steps):
        if steps == 4:
            return
        sums = self.found.contracts[contract.number]
        held = ore(Fraction(amount) * Fraction(sums["percent"]) / 100)
        sums["invoiced"] += ore(amount)
        sums["vat"] += ore(vat)
        sums["retained"] += held
        if steps == 3:
            sums["paid"] += ore(amount) - held

    def weeks(self, given, pay, currency):
        made = self.made
        member = made.people[Role.MEMBER]
        rate = Rate(person=member, amount=pay, currency=currency, valid_from=BEFORE)
        making.inside(rate.save)
        for week, (place, hours, is_approved) in enumerate(given):
            number, monday = self.number(place), FIRST + timedelta(weeks=week)
            if not any(hours):
                continue
            line = timesheets.HoursLine(
                project=made.project.pk, uid=number, kind="", comment="", hours=hours
            )
            kept = timesheets.save_week(
                made.actor(Role.MEMBER), member, monday=monday, lines=[line], send=True
            )
            state = "approved" if is_approved else "submitted"
            self.found.hours[state] = self.found.hours.get(state, Decimal(0)) + sum(hours)
            if is_approved:
                sheet = Sheet.objects.get(week=kept, project=made.project)
                timesheets.approve_hours(made.manager, made.project, sheets=[sheet.pk])
                self._worked(number, monday, hours, pay, currency, member.name)

    def _worked(self, number, monday, hours, pay, currency, name):
        """One cost for each month of the week, on the last day worked in it."""
        months = defaultdict(list)
        for step, worked in enumerate(hours):
            if worked:
                day = monday + timedelta(days=step)
                months[day.month].append((day, worked))
        for rows in months.values():
            worked = sum(one for _day, one in rows)
            paid = Fraction(ore(Fraction(worked) * Fraction(pay)), 100)
            counted = self.counted(number, paid, Fraction(0), currency)
            self.found.entries.append(
                Entry(number, rows[-1][0], counted, person=name, hours=worked)
            )
