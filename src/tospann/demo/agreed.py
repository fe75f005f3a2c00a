"""What the swimming pool has agreed: contracts, notices, change orders, invoices, purchases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tospann.budget.models import BudgetLine
from tospann.cases import commands as cases
from tospann.cases.models import Case
from tospann.contracts import commands
from tospann.contracts.models import (
    ChangeOrder,
    Channel,
    Contract,
    Invoice,
    Notice,
    NoticeKind,
    Party,
    ProcurementStep,
    Standard,
    StepKind,
    Term,
    TermKind,
)
from tospann.demo import clock
from tospann.demo.story import Cast, date_in
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.planning.models import Activity
from tospann.projects.models import Project

COORDINATOR, MANAGER, OWNER = "ingrid.lund", "kari.nordmann", "tor.haugen"
BUILDER, GLASS, ADVISER = "Bygg og Bad Entreprenør AS", "Nordglass Fasade AS", "Rådgiverne Vest AS"
PARTIES = (
    (BUILDER, "918273646", "Odd Lie", "odd.lie@example.org"),
    (GLASS, "923456783", "Mona Brekke", "mona.brekke@example.org"),
    (ADVISER, "998877660", "Arne Moe", "arne.moe@example.org"),
)


@dataclass(frozen=True)
class Agreed:
    """A contract as it was signed, in kroner."""

    title: str
    party: str
    standard: str
    value: int
    line: str
    signed: int
    ends: int
    task: str
    responsible: str
    more: Mapping[str, Any]
    terms: tuple[tuple[str, str, int | None, int], ...]


CONTRACTS = (
    Agreed(
        "Totalentreprise ny svømmehall",
        BUILDER,
        "ns_8407",
        44_000_000,
        "2",
        -72,
        210,
        "Fundament og bæresystem",
        "silje.dahl",
        {
            "retained_percent": Decimal(7),
            "penalty_per_day": Decimal(44_000),
            "notice_days": 10,
            "index_name": "SSB byggekostnadsindeks, boligblokk i alt",
            "index_base": Decimal("131.2"),
            "index_share": Decimal(85),
        },
        (
            ("instalment", "Rigg og drift", 4_200_000, -50),
            ("instalment", "Grunnarbeider ferdig", 6_400_000, -25),
            ("instalment", "Tett bygg", 11_400_000, 20),
            ("instalment", "Tekniske anlegg montert", 13_000_000, 110),
            ("instalment", "Overtakelse", 9_000_000, 210),
            ("guarantee", "Utførelsesgaranti, Nordbank", 4_400_000, 210),
            ("key_date", "Dagmulktbelagt frist: tett bygg", None, 20),
            ("option", "Utendørs boblebad", 1_950_000, 60),
        ),
    ),
    Agreed(
        "Fasadeglass og inngangsparti",
        GLASS,
        "ns_8406",
        6_400_000,
        "2",
        -64,
        45,
        "",
        "silje.dahl",
        {"retained_percent": Decimal(10), "notice_days": 5},
        (
            ("instalment", "Ved bestilling", 1_900_000, -60),
            ("instalment", "Ved levering", 3_200_000, 9),
            ("instalment", "Ferdig montert", 1_300_000, 45),
        ),
    ),
    Agreed(
        "Prosjekteringsledelse og byggeledelse",
        ADVISER,
        "ns_8402",
        2_400_000,
        "8",
        -190,
        260,
        "",
        "ingrid.lund",
        {"notice_days": 10},
        (("instalment", "Månedlig etter medgått tid", 150_000, 25),),
    ),
)


class _Acting:
    """The demo's people, each with the roles she has at the time."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __getitem__(self, name: str) -> Actor:
        return actor_for(self.cast[name])


def beside(cast: Cast, key: str) -> clock.Beside:
    """Everything this capability does in a project, day by day."""
    if key != "SVH":
        return
    who = _Acting(cast)
    yield -195, 9
    project = Project.objects.get(key=key)
    for name, number, contact, email in PARTIES:
        given = {"organisation_number": number, "contact_name": contact, "email": email}
        commands.add_party(who[COORDINATOR], project, id=new_id(), name=name, **given)
    yield -190, 11
    _sign(who, project, CONTRACTS[2], cast)
    yield -72, 11
    _sign(who, project, CONTRACTS[0], cast)
    yield -64, 13
    _sign(who, project, CONTRACTS[1], cast)
    for step in (_autumn, _lately):
        yield from step(who, project)


def _sign(who: _Acting, project: Project, said: Agreed, cast: Cast) -> None:
    task = Activity.objects.filter(project=project, name=said.task).first()
    contract = commands.add_contract(
        who[COORDINATOR],
        project,
        id=new_id(),
        title=said.title,
        party=Party.objects.get(project=project, name=said.party).pk,
        value=Decimal(said.value),
        standard=Standard(said.standard),
        line=BudgetLine.objects.get(project=project, code=said.line).pk,
        activity_uid=task.uid if task else None,
        responsible=cast[said.responsible].pk,
        starts_on=date_in(said.signed),
        ends_on=date_in(said.ends),
        **said.more,
    )
    for kind, title, amount, day in said.terms:
        commands.add_term(
            who[COORDINATOR],
            contract,
            id=new_id(),
            kind=TermKind(kind),
            title=title,
            amount=None if amount is None else Decimal(amount),
            day=date_in(day),
        )
    commands.sign_contract(who[OWNER], contract, signed_on=date_in(said.signed))


def _autumn(who: _Acting, project: Project) -> clock.Beside:
    """Instalments that were paid, and the change order of the ground."""
    yield -48, 10
    builder = _contract(project, CONTRACTS[0])
    _paid(who, builder, "BB-1041", 4_200_000, "Rigg og drift")
    yield -44, 9
    rock = _received(
        who,
        builder,
        "Fjell der det var ventet leire",
        price=820_000,
        days=4,
        kind=NoticeKind.CHANGE,
    )
    yield -40, 15
    commands.answer_notice(
        who[MANAGER],
        rock,
        answer="Vi er enige i at fjellet lå høyere enn grunnundersøkelsen viste. Send pris.",
        answered_at=timezone.now(),
        whom="Odd Lie",
        evidence="Arkiv 2025/1182-41",
    )
    order = _raised(who, builder, "Sprengning av fjell i sydøst", 780_000, 0, notice=rock)
    case = _forward(who, order, "line")
    yield -38, 12
    cases.decide(
        who[OWNER],
        Case.objects.get(pk=case.pk),
        alternative="A",
        reason="Grunnforholdene er byggherrens risiko.",
    )
    yield -22, 11
    builder.refresh_from_db()
    _paid(who, builder, "BB-1077", 6_400_000, "Grunnarbeider ferdig")
    _paid(who, builder, "BB-1078", 780_000, "", order=order)
    yield -20, 9
    commands.adjust_price(
        who[OWNER],
        builder,
        id=new_id(),
        day=timezone.localdate(),
        basis=Decimal(10_600_000),
        index_now=Decimal("133.1"),
        title="Indeksregulering 3. kvartal",
    )


def _lately(who: _Acting, project: Project) -> clock.Beside:
    """What lies on the desk: notices with a day, invoices in the queue, an order to be decided."""
    yield -7, 10
    glass, builder = (_contract(project, CONTRACTS[place]) for place in (1, 0))
    _received(who, glass, "Varsel om forsinket glass", price=0, days=12, kind=NoticeKind.TIME)
    yield -6, 13
    rail = _received(
        who, builder, "Rekkverk rundt bassenget er ikke beskrevet", price=240_000, days=0
    )
    yield -5, 10
    ours = commands.prepare_notice(
        who[COORDINATOR],
        project,
        id=new_id(),
        contract=glass.pk,
        kind=NoticeKind.TIME,
        title="Varsel om dagmulkt for forsinket glass",
        text="Leveringen er ni dager etter avtalt frist. Vi krever dagmulkt etter kontrakten.",
        known_on=timezone.localdate(),
    )
    assert ours.due_on is not None
    yield -4, 14
    order = _raised(who, builder, "Rekkverk rundt bassenget", 215_000, 2, notice=rail)
    _forward(who, order, "manager", submit=False)
    yield -3, 11
    _received_invoice(who, glass, "NG-30217", 1_900_000, "Ved bestilling")
    late = _received_invoice(who, builder, "BB-1102", 12_400_000, "Tett bygg")
    adviser = _contract(project, CONTRACTS[2])
    hours = _received_invoice(who, adviser, "RV-8841", 148_500, "Månedlig etter medgått tid")
    yield -2, 9
    commands.check_invoice(who[COORDINATOR], hours)
    assert late.kid
    _buying(who, project)


def _buying(who: _Acting, project: Project) -> None:
    """Loose furniture: announced, the tenders are in, and the rest follows the plan."""
    days = dict(zip(StepKind, (-40, -5, 8, 19, 22), strict=True))
    bought = commands.start_procurement(
        who[COORDINATOR],
        project,
        id=new_id(),
        title="Løst inventar og garderobeskap",
        estimate=Decimal(2_600_000),
        days={kind: date_in(day) for kind, day in days.items()},
    )
    for step in ProcurementStep.objects.filter(procurement=bought, position__lte=2):
        commands.change_step(who[COORDINATOR], step, day=step.day, done_on=step.day)


def _contract(project: Project, said: Agreed) -> Contract:
    found = Contract.objects.filter(project=project, title=said.title)
    return found.select_related("party", "project", "line").get()


def _received(
    who: _Acting,
    contract: Contract,
    title: str,
    *,
    price: int,
    days: int,
    kind: NoticeKind = NoticeKind.CHANGE,
) -> Notice:
    return commands.receive_notice(
        who[COORDINATOR],
        contract.project,
        id=new_id(),
        contract=contract.pk,
        kind=kind,
        title=title,
        received_at=timezone.now() - timedelta(minutes=20),
        text="Mottatt i prosjekthotellet. Kravet er beskrevet i vedlegget.",
        channel=Channel.SITE,
        whom=contract.party.contact_name,
        evidence="Prosjekthotellet, mappe Varsler",
        price_claim=Decimal(price) if price else None,
        time_claim=days or None,
    )


def _raised(
    who: _Acting,
    contract: Contract,
    title: str,
    amount: int,
    days: int,
    *,
    notice: Notice,
) -> ChangeOrder:
    return commands.raise_change_order(
        who[COORDINATOR],
        contract.project,
        id=new_id(),
        contract=contract.pk,
        title=title,
        amount=Decimal(amount),
        days=days,
        description="Prisen er kontrollert mot enhetsprisene i kontrakten.",
        notice=notice.pk,
    )


def _forward(
    who: _Acting, order: ChangeOrder, money: commands.Money, *, submit: bool = True
) -> Case:
    case = commands.put_change_order_forward(who[COORDINATOR], order, id=new_id(), money=money)
    if submit:
        cases.submit_case(who[COORDINATOR], case)
    return case


def _paid(
    who: _Acting,
    contract: Contract,
    reference: str,
    amount: int,
    term: str,
    *,
    order: ChangeOrder | None = None,
) -> None:
    """Received, checked, verified and sent to payment, all on its day."""
    invoice = _received_invoice(who, contract, reference, amount, term, order=order)
    commands.check_invoice(who[COORDINATOR], invoice)
    fresh = Invoice.objects.get(pk=invoice.pk)
    commands.verify_invoice(who[MANAGER], fresh)
    commands.send_invoice(who[MANAGER], fresh, sent_on=timezone.localdate())


def _received_invoice(
    who: _Acting,
    contract: Contract,
    reference: str,
    amount: int,
    term: str,
    *,
    order: ChangeOrder | None = None,
) -> Invoice:
    known = Term.objects.filter(contract=contract, title=term).first()
    return commands.receive_invoice(
        who[COORDINATOR],
        contract.project,
        id=new_id(),
        contract=contract.pk,
        reference=reference,
        kid=_kid(reference),
        invoiced_on=timezone.localdate(),
        due_on=timezone.localdate() + timedelta(days=30),
        amount=Decimal(amount),
        vat=Decimal(amount) / 4,
        term=known.pk if known else None,
        change_order=order.pk if order else None,
        text=term or (order.title if order else ""),
    )


def _kid(reference: str) -> str:
    """The digits of the invoice's number with their check digit."""
    digits = "".join(one for one in reference if one.isdigit())
    doubled = (int(one) * (2 - place % 2) for place, one in enumerate(reversed(digits)))
    return digits + str(-sum(part // 10 + part % 10 for part in doubled) % 10)
