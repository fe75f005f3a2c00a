"""What the demo's projects must meet, what they hand over, and how far they have proved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.people.actors import actor_for
from tospann.projects.models import Project
from tospann.quality import commands
from tospann.quality.models import (
    Deliverable,
    Nonconformity,
    Requirement,
    Review,
    TestCase,
    TestRound,
)
from tospann.sharing import commands as sharing

CUSTOMER: dict[str, Any] = {
    "email": "bente.lie@example.org",
    "name": "Bente Lie",
    "kind": "guest",
}
Wanted = tuple[str, str, str, str, str]
Handed = tuple[str, str, str, int, tuple[int, ...]]
Tried = tuple[str, tuple[int, ...], str, str]


@dataclass(frozen=True)
class Plan:
    """Requirements, deliverables (with the requirements they meet, by place) and tests."""

    requirements: Sequence[Wanted]
    deliverables: Sequence[Handed]
    owner: str
    tester: str
    round: str
    tests: Sequence[Tried]
    review: tuple[str, int, tuple[int, ...]]
    cause: str
    correction: str
    notes: Mapping[str, str] = field(default_factory=dict)


HALL = Plan(
    requirements=(
        ("Vannkvalitet etter badevannsforskriften", "law", "Badevannsforskriften", "Vannprøve", ""),
        ("Etterklangstid i hallen under 1,7 s", "standard", "NS 8175", "Måling", ""),
        ("Trinnfri adkomst til alle bassenger", "law", "TEK17 § 12-6", "Befaring", ""),
        (
            "Energibruk under 320 kWh per m² og år",
            "requirement",
            "Byggeprogrammet",
            "Beregning",
            "Måles på nytt etter ett års drift.",
        ),
        ("Sklisikre fliser i våtsoner", "standard", "NS-EN 16165", "Test på stedet", ""),
    ),
    deliverables=(
        ("Forprosjekt med tegninger", "Tegninger og beskrivelse som kan legges ut", "", -20, (2,)),
        (
            "Energiberegning",
            "Beregning av byggets energibruk, med inndata",
            "Inntil 5 % over kravet",
            12,
            (3,),
        ),
        ("Prøvebad av flistyper", "Felt på 2 m² av hver flistype", "", 20, (4,)),
    ),
    owner="silje.dahl",
    tester="jonas.berg",
    round="Prøving av flistyper",
    tests=(
        ("Flis A, tørr", (4,), "passed", ""),
        ("Flis A, våt med såpe", (4,), "A", "Målt til 14°, kravet er 18°."),
        ("Flis B, tørr", (4,), "passed", ""),
        ("Flis B, våt med såpe", (4,), "", ""),
    ),
    review=("Universell utforming i forprosjektet", 0, (2,)),
    cause="Feil overflateklasse i anbudet fra flisleverandøren.",
    correction="Flis A er byttet ut med en flis i klasse C.",
)
SYSTEM = Plan(
    requirements=(
        ("Svar på under to sekunder ved 200 brukere", "requirement", "Kontrakt § 4", "Test", ""),
        ("Universell utforming (WCAG 2.2 AA)", "law", "Likestillingsloven § 18", "Test", ""),
        ("Innlogging med ID-porten", "requirement", "Behov 12", "Test", ""),
        ("Saker kan avleveres til arkivet", "standard", "Noark 5", "Prøveuttrekk", ""),
    ),
    deliverables=(
        ("Innlogging og søknadsskjema", "Innbyggeren logger inn og sender en søknad", "", 9, (2,)),
        (
            "Saksbehandlerens arbeidsflate",
            "Sakene i kø, med frister og vedtaksmaler",
            "Inntil fem mindre feil (C)",
            35,
            (0, 1),
        ),
    ),
    owner="amina.said",
    tester="per.aas",
    round="Kundetest 2",
    tests=(
        ("Logge inn med ID-porten", (2,), "passed", ""),
        ("Sende søknad med vedlegg på 20 MB", (), "B", "Siden står og spinner etter 10 MB."),
        ("Fylle ut skjemaet bare med tastatur", (1,), "passed", ""),
        ("200 samtidige brukere", (0,), "blocked", "Testmiljøet er ikke stort nok ennå."),
        ("Skjermleser leser feilmeldingene", (1,), "", ""),
    ),
    review=("Sikkerhet i innloggingen", 0, (2,)),
    cause="Grensen for opplasting stod på 10 MB i lastbalansereren.",
    correction="Grensen er satt til 50 MB i alle miljøer.",
)
PLANS = {"SVH": HALL, "NSS": SYSTEM}


def beside(cast: Cast, key: str) -> clock.Beside:
    """Lately: the plan for quality, a review, a round with a fault, and what is put forward."""
    plan = PLANS.get(key)
    if plan is None:
        return
    yield -9, 10
    project, who = Project.objects.get(key=key), actor_for(cast["ingrid.lund"])
    wanted = [_require(who, project, one) for one in plan.requirements]
    owner, tester = cast[plan.owner], cast[plan.tester]
    handed = [_hand(who, project, one, wanted, owner.pk) for one in plan.deliverables]
    review = _review(who, project, plan, handed, wanted, tester.pk)
    of = handed[-1 if key == "SVH" else 0]
    tests = _round(who, project, plan, of, wanted, tester.pk)
    yield -4, 13
    _try(actor_for(tester), tests, plan)
    results: dict[str, Any] = {
        "performed_on": clock.today() - timedelta(days=4),
        "result": "passed",
    }
    commands.perform_review(actor_for(tester), Review.objects.get(pk=review.pk), **results)
    yield -2, 9
    commands.approve_review(actor_for(cast["kari.nordmann"]), Review.objects.get(pk=review.pk))
    fault = Nonconformity.objects.filter(test_case__round=tests).order_by("number")[0]
    commands.correct_nonconformity(
        actor_for(owner), fault, cause=plan.cause, correction=plan.correction
    )
    yield -1, 11
    _forward(cast, who, project, Deliverable.objects.get(pk=handed[0].pk))


def _require(who: Actor, project: Project, one: Wanted) -> Requirement:
    title, kind, source, method, description = one
    values: dict[str, Any] = {"kind": kind, "source": source, "method": method}
    values |= {"id": new_id(), "title": title, "description": description}
    return commands.add_requirement(who, project, **values)


def _hand(
    who: Actor, project: Project, one: Handed, wanted: Sequence[Requirement], owner: UUID
) -> Deliverable:
    title, expectation, tolerance, due, meets = one
    return commands.add_deliverable(
        who,
        project,
        id=new_id(),
        title=title,
        expectation=expectation,
        tolerance=tolerance,
        criteria="Alle krav er bevist\nIngen åpne feil av grad A eller B",
        method="Gjennomgang og test",
        owner=owner,
        due_on=clock.today() + timedelta(days=abs(due)),
        requirements=[wanted[place].pk for place in meets],
    )


def _review(
    who: Actor,
    project: Project,
    plan: Plan,
    handed: Sequence[Deliverable],
    wanted: Sequence[Requirement],
    reviewer: UUID,
) -> Review:
    title, of, proves = plan.review
    return commands.plan_review(
        who,
        project,
        id=new_id(),
        title=title,
        deliverable=handed[of].pk,
        method="Gjennomgang mot sjekkliste",
        reviewers=[reviewer],
        requirements=[wanted[place].pk for place in proves],
    )


def _round(
    who: Actor,
    project: Project,
    plan: Plan,
    of: Deliverable,
    wanted: Sequence[Requirement],
    tester: UUID,
) -> TestRound:
    made = commands.plan_round(
        who,
        project,
        id=new_id(),
        title=plan.round,
        deliverable=of.pk,
        owner=of.owner_id,
        starts_on=clock.today() - timedelta(days=5),
        due_on=clock.today() + timedelta(days=10),
    )
    for title, proves, _outcome, _note in plan.tests:
        proof = [wanted[place].pk for place in proves]
        commands.add_cases(who, made, titles=[title], tester=tester, requirements=proof)
    return made


def _try(tester: Actor, tests: TestRound, plan: Plan) -> None:
    for title, _proves, came, note in plan.tests:
        if not came:
            continue
        outcome, grade = ("failed", came) if came in "ABC" else (came, "")
        one = TestCase.objects.select_related("round").get(round=tests, title=title)
        said: dict[str, Any] = {"outcome": outcome, "grade": grade, "note": note}
        commands.record_result(tester, one, id=new_id(), **said)


def _forward(cast: Cast, who: Actor, project: Project, of: Deliverable) -> None:
    """The customer is asked in the room; for the hall, the owner."""
    if project.key == "SVH":
        commands.put_deliverable_forward(who, of, accepter=cast["tor.haugen"].pk)
        return
    manager = actor_for(cast["kari.nordmann"])
    expires = clock.today() + timedelta(days=60)
    share = sharing.share_outside(
        manager, project, id=new_id(), reference=reference(of), expires_on=expires, **CUSTOMER
    )
    commands.put_deliverable_forward(who, of, share=share.pk)
