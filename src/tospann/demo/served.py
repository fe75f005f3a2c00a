"""Stakeholders, what they are told, and benefits in the demo's projects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from tospann.benefits import commands as benefits
from tospann.benefits.models import (
    Benefit,
    BenefitKind,
    BenefitState,
    Change,
    ChangeState,
    Measurement,
    Moment,
    Use,
)
from tospann.demo import clock
from tospann.demo.story import Cast, date_in
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.models import Goal, Project
from tospann.stakeholders import commands as stakeholders
from tospann.stakeholders.models import Category, Channel, CommunicationItem, HowOften


@dataclass(frozen=True)
class Who:
    """A stakeholder, and what the coordinator thinks (influence, interest) of it."""

    name: str
    organisation: str
    category: Category
    expectation: str
    degrees: tuple[int, int]
    how: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the communication plan; days are counted from today, told ones backwards."""

    title: str
    to: Sequence[str]
    channel: Channel
    often: HowOften
    first: int
    who: str
    told: Mapping[int, str]


@dataclass(frozen=True)
class Worth:
    """A benefit with an indicator: values by moment are (day, result), None when not yet there."""

    title: str
    kind: BenefitKind
    owner: str
    value: int | None
    use: Use
    indicator: str
    unit: str
    target: str
    start: tuple[int, str]
    middle: tuple[int, str | None]
    end: int
    change: str
    product: str
    change_due: int
    change_state: ChangeState


WHO = {
    "SVH": (
        Who("Naboene i Nessetveien", "Nesset vel", Category.USER,
            "Forutsigbar byggestøy og trygg skolevei.", (2, 3),
            "Fast månedsmøte med vellet, og varsel to dager før støyende arbeid."),
        Who("Skolene i sone nord", "Fjordvik kommune", Category.USER,
            "Garantert badetid for alle trinn fra åpningen.", (1, 3)),
        Who("Statsforvalteren", "", Category.AUTHORITY,
            "Rapport om støy og utslipp hvert kvartal.", (3, 1)),
        Who("Svømmeklubben", "Fjordvik svømmeklubb", Category.USER,
            "Å få påvirke treningstider og utstyr.", (2, 3),
            "Med i brukergruppen, ser romplanene før de låses."),
        Who("Lokalavisa", "Fjordvik Tidende", Category.OTHER,
            "Raske og riktige svar.", (1, 1)),
    ),
    "NSS": (
        Who("Saksbehandlerne", "Byggesak", Category.USER,
            "Mindre dobbeltarbeid og god opplæring.", (2, 3),
            "To superbrukere i hver prøverunde."),
        Who("Innbyggere som søker", "", Category.USER, "Svar fortere, og å se hvor saken står.",
            (0, 2)),
        Who("Leverandøren", "Saksflyt Systemer AS", Category.SUPPLIER,
            "Avklaringer innen avtalt frist.", (3, 3)),
        Who("Arkivet", "Fjordvik kommune", Category.AUTHORITY, "Godkjent arkivkjerne før start.",
            (3, 1)),
    ),
}  # fmt: skip
PLAN = {
    "SVH": (
        Line("Fremdrift og støyende arbeid fremover", ("Naboene i Nessetveien",), Channel.MAIL,
             HowOften.MONTHLY, -61, "silje.dahl",
             {-61: "Graving ferdig, peling starter.", -30: "Peling ferdig. Støyende uke 49."}),
        Line("Status og badetider", ("Skolene i sone nord", "Svømmeklubben"), Channel.MEETING,
             HowOften.QUARTERLY, -40, "silje.dahl",
             {-40: "Viste romplanen. Ønsker om garderober."}),
        Line("Kvartalsrapport om støy og utslipp", ("Statsforvalteren",), Channel.REPORT,
             HowOften.QUARTERLY, 2, "", {}),
    ),
    "NSS": (
        Line("Nytt fra prosjektet", ("Saksbehandlerne",), Channel.INTRANET, HowOften.FORTNIGHTLY,
             -15, "", {-15: "Skjermbilder fra prøverunden."}),
        Line("Slik søker du fra nyttår", ("Innbyggere som søker",), Channel.WEB, HowOften.ONCE, 20,
             "", {}),
    ),
}  # fmt: skip
WORTH = {
    "SVH": (
        Worth("Lavere energibruk enn i den gamle hallen", BenefitKind.PRICED, "nina.holm",
              1_150_000, Use.BUDGET, "Kjøpt energi per år", "MWh", "900",
              (-200, "1850"), (-5, None), 420, "Driften styrer varmegjenvinningen selv",
              "Driftssentral og opplæring", 90, ChangeState.PLANNED),
        Worth("Alle fjerdeklassinger lærer å svømme", BenefitKind.QUALITATIVE, "nina.holm", None,
              Use.SERVICES, "Elever som består svømmeprøven", "%", "95",
              (-180, "71"), (200, None), 500, "Felles timeplan for skolene i sone nord",
              "Bassengplan", 150, ChangeState.PLANNED),
    ),
    "NSS": (
        Worth("Kortere behandlingstid for byggesaker", BenefitKind.OTHERS, "nina.holm", 2_400_000,
              Use.SERVICES, "Dager fra søknad til svar", "dager", "21",
              (-150, "48"), (-20, "39"), 160, "Saker fordeles samme dag",
              "Felles innboks med regler", -10, ChangeState.DONE),
        Worth("Færre lisenser og mindre drift", BenefitKind.PRICED, "nina.holm", 640_000,
              Use.BUDGET, "Kostnad til gamle systemer per år", "kr", "120000",
              (-150, "780000"), (3, None), 200, "To gamle fagsystemer slås av",
              "Flyttede data", 60, ChangeState.UNDER_WAY),
        Worth("Tryggere saksbehandlere", BenefitKind.QUALITATIVE, "nina.holm", None,
              Use.COMPETENCE, "Opplevd mestring (1–6)", "", "5",
              (-120, "3.6"), (30, None), 220, "Alle har gått gjennom to prøverunder",
              "Opplæring", 40, ChangeState.UNDER_WAY),
    ),
}  # fmt: skip
BEGUN = -62
Step = tuple[int, Callable[[], object]]


def beside(cast: Cast, key: str) -> clock.Beside:
    """The plans are laid once, then people are told and measure on their days."""
    if key not in WHO:
        return
    yield BEGUN, 10
    project = Project.objects.get(key=key)
    steps = _begin(cast, project)
    for day, step in sorted(steps, key=lambda one: one[0]):
        yield max(day, BEGUN), 13
        step()


def _begin(cast: Cast, project: Project) -> list[Step]:
    coordinator = actor_for(cast["ingrid.lund"])
    known = {one.name: _register(coordinator, project, one) for one in WHO[project.key]}
    steps: list[Step] = []
    for line in PLAN[project.key]:
        steps += _plan(cast, coordinator, project, line, known)
    for number, worth in enumerate(WORTH[project.key]):
        steps += _promise(cast, project, worth, number)
    return steps


def _register(coordinator: Actor, project: Project, one: Who) -> UUID:
    made = stakeholders.add_stakeholder(
        coordinator,
        project,
        id=new_id(),
        name=one.name,
        organisation=one.organisation,
        category=one.category,
        expectation=one.expectation,
    )
    influence, interest = one.degrees
    stakeholders.judge_stakeholder(
        coordinator, made, influence=influence, interest=interest, strategy=one.how
    )
    return made.pk


def _plan(
    cast: Cast, coordinator: Actor, project: Project, line: Line, known: Mapping[str, UUID]
) -> list[Step]:
    item = stakeholders.plan_communication(
        coordinator,
        project,
        id=new_id(),
        title=line.title,
        stakeholders=[known[name] for name in line.to],
        channel=line.channel,
        how_often=line.often,
        next_on=date_in(line.first),
        responsible=cast[line.who].pk if line.who else None,
    )
    return [(day, _telling(coordinator, item.pk, note)) for day, note in line.told.items()]


def _telling(coordinator: Actor, pk: UUID, note: str) -> Callable[[], object]:
    def tell() -> object:
        item = CommunicationItem.objects.get(pk=pk)
        return stakeholders.record_communication(coordinator, item, id=new_id(), note=note)

    return tell


def _promise(cast: Cast, project: Project, worth: Worth, number: int) -> list[Step]:
    nina = actor_for(cast["nina.holm"])
    goals = list(Goal.objects.filter(project=project).order_by("position"))
    one = benefits.add_benefit(
        nina,
        project,
        id=new_id(),
        title=worth.title,
        kind=worth.kind,
        goal=goals[number % len(goals)].pk if goals else None,
        owner=cast[worth.owner].pk,
        value_per_year=Decimal(worth.value) if worth.value else None,
        full_from=date_in(worth.end),
        use=worth.use,
    )
    benefits.plan_change(
        nina,
        project,
        id=new_id(),
        title=worth.change,
        product=worth.product,
        responsible=cast[worth.owner].pk,
        due_on=date_in(worth.change_due),
        benefits=[one.pk],
    )
    indicator = benefits.add_indicator(
        nina,
        one,
        id=new_id(),
        name=worth.indicator,
        unit=worth.unit,
        target=Decimal(worth.target),
        start_on=date_in(worth.start[0]),
        middle_on=date_in(worth.middle[0]),
        end_on=date_in(worth.end),
    )
    found = {Moment.START: worth.start, Moment.MIDDLE: worth.middle}
    measured = [
        (day, _measuring(nina, indicator.pk, moment, Decimal(value), day))
        for moment, (day, value) in found.items()
        if value is not None
    ]
    return [*measured, (-10, _coming(nina, one.pk, worth))]


def _measuring(
    nina: Actor, indicator: UUID, moment: Moment, value: Decimal, day: int
) -> Callable[[], object]:
    def measure() -> object:
        planned = Measurement.objects.get(indicator=indicator, moment=moment)
        return benefits.record_measurement(
            nina, planned, value=value, measured_on=min(date_in(day), timezone.localdate())
        )

    return measure


def _coming(nina: Actor, pk: UUID, worth: Worth) -> Callable[[], object]:
    """The change has come so far; what it brings is on its way when it is carried out."""

    def come() -> None:
        change = Change.objects.get(effects__benefit=pk)
        if worth.change_state != ChangeState.PLANNED:
            benefits.set_change_state(nina, change, state=worth.change_state)
        if worth.change_state == ChangeState.DONE:
            benefits.set_benefit_state(
                nina, Benefit.objects.get(pk=pk), state=BenefitState.REALISING
            )

    return come
