"""“Ny svømmehall”: a municipal building project, mid-life, with one hot case for the manager."""

import planengine as engine
from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine
from tospann.cases import commands as cases
from tospann.cases.models import Alternative, Case
from tospann.closing import forecasting
from tospann.demo import clock, reports, uncertain
from tospann.demo.story import Cast, Opening, Story, Task, begin, date_in
from tospann.demo.uncertain import Event
from tospann.foundation.authority import Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.projects import commands as projects
from tospann.projects.models import Goal, GoalLevel

OPENING = Opening(
    key="SVH",
    name="Ny svømmehall",
    purpose=(
        "Fjordvik trenger en svømmehall som gir alle barn svømmeopplæring nær skolen, og som "
        "erstatter hallen fra 1968. Hallen skal ha et 25-metersbasseng, et varmtvannsbasseng og "
        "garderober som alle kan bruke."
    ),
    pack="construction",
    starts=-446,
    ends=396,
    starter="ingrid.lund",
    roles=(
        ("ingrid.lund", Role.COORDINATOR),
        ("kari.nordmann", Role.MANAGER),
        ("tor.haugen", Role.OWNER),
        ("nina.holm", Role.BENEFIT_RESPONSIBLE),
        ("silje.dahl", Role.MEMBER),
        ("jonas.berg", Role.MEMBER),
        ("per.aas", Role.MEMBER),
        ("anders.vik", Role.MEMBER),
        ("amina.said", Role.MEMBER),
    ),
)
GOALS = (
    (
        GoalLevel.SOCIETAL,
        "Alle barn i Fjordvik kan svømme når de går ut av fjerde trinn.",
        (
            (
                "Andel elever på fjerde trinn som når kompetansemålet",
                "95 % innen to år etter åpning",
            ),
        ),
    ),
    (
        GoalLevel.OUTCOME,
        "Innbyggerne får et helårs tilbud for svømming, trening og rehabilitering.",
        (
            ("Besøk per år", "Minst 60 000"),
            ("Åpningstid for publikum", "Minst 40 timer i uken"),
        ),
    ),
    (
        GoalLevel.OUTPUT,
        "Hallen er overtatt, godkjent og i drift innen rammen på 186 millioner kroner.",
        (
            ("Energibruk målt første driftsår", "Høyst 290 kWh per m²"),
            ("Mangler av betydning ved overtakelse", "Ingen"),
        ),
    ),
)
WHO = {
    "kari.nordmann": ("procure_designers", "contract_strategy", "pid", "evaluate_tenders"),
    "jonas.berg": ("room_programme", "concepts", "preliminary_design", "design_drawings"),
    "silje.dahl": (
        "tender",
        "site_setup",
        "groundworks",
        "structure",
        "weathertight",
        "inspection",
    ),
    "per.aas": ("financial_room", "cost_estimate", "final_account"),
    "nina.holm": ("needs", "user_input", "move_in", "use_evaluation"),
    "anders.vik": ("technical", "interior", "external", "test_systems", "om_documentation"),
    "ingrid.lund": (
        "brief",
        "proposal",
        "planning_application",
        "start_application",
        "safety_plan",
    ),
    "amina.said": ("full_scale_test",),
}
TASKS = (
    Task("sports_funds", "production", "Søknad om spillemidler", -60, -20, "per.aas"),
    Task("facade_followup", "production", "Arkitektoppfølging av fasade", -25, 40, "jonas.berg"),
    Task("tile_samples", "production", "Velge fliser og farger i bassengrom", 7, 18, "jonas.berg"),
    Task("art", "production", "Kunst i hallen: utlyse og velge", -30, 45, "nina.holm"),
    Task("roof_done", "production", "Taket er tett", -35, -35, "silje.dahl", milestone=True),
)

UNCERTAIN = {
    "structure": (0.9, 1.3),
    "weathertight": (0.85, 1.4),
    "technical": (0.85, 1.5),
    "interior": (0.9, 1.35),
    "external": (0.8, 1.4),
    "test_systems": (0.8, 1.8),
}
EVENTS = (
    Event("Strømtilknytningen blir forsinket", 30, "technical", (5, 10, 25)),
    Event("Fukt i betongen før flislegging", 20, "interior", (5, 10, 20), (150e3, 250e3, 600e3)),
)


def tell(cast: Cast) -> None:
    """The whole project, from the first day until this morning."""
    story = begin(cast, OPENING)
    _found(story)
    _past_gates(story)
    _this_autumn(story)
    _hot_case(story)
    _waiting_for_the_owner(story)


def _found(story: Story) -> None:
    with clock.at(-443, 10):
        projects.accept_founding(story.who("tor.haugen"), story.project)
        story.goals("tor.haugen", GOALS)
        story.responsible("ingrid.lund", WHO)
    with clock.at(-436, 18):
        story.decided(
            "ingrid.lund",
            "Utrede ny svømmehall",
            "Kommunestyret ber om en utredning av ny svømmehall på Nesset.",
            -437,
            body="Kommunestyret",
            reference="PS 42",
        )


def _past_gates(story: Story) -> None:
    story.pass_gate(
        "S1",
        "Dagens hall har setninger i fundamentet og kan ikke rehabiliteres til rimelig pris.",
        "Gå videre til konseptutvikling med tomten på Nesset.",
    )
    story.pass_gate(
        "S2",
        "Tre konsepter er sammenlignet: rehabilitering, kompakt hall, hall med varmtvannsbasseng.",
        "Velg konsept C, hall med varmtvannsbasseng. Det gir høyest nytte for skole og "
        "rehabilitering, og kan bygges i én etappe.",
        reason="Varmtvannsbassenget gjør at helse- og skolesektoren kan dele hallen.",
        conditions=(("Avklare leieavtale med helseforetaket", "nina.holm", -300),),
    )
    story.pass_gate(
        "S3",
        "Kostnadsrammen er 186 millioner kroner (P85) og styringsrammen 168 millioner (P50).",
        "Vedta investeringen og lyse ut totalentreprisen.",
        reason="Rammen er innarbeidet i økonomiplanen.",
    )
    with clock.at(-160, 12):
        head = story.plan
        planning.set_baseline(
            story.who("tor.haugen"), head, base_revision=head.revision, name="Investeringsvedtaket"
        )
        forecasting.keep(story.project)
    story.pass_gate(
        "S4",
        "Igangsettingstillatelse er gitt, og kontrakten med Bygg og Bad Entreprenør AS er signert.",
        "Start byggingen.",
        conditions=(("Nabovarsel om sprengning uke for uke", "anders.vik", -70),),
    )


def _this_autumn(story: Story) -> None:
    story.late = {"structure": 85, "weathertight": 0, "facade_followup": 35, "art": 30}
    with clock.at(-62, 11):
        story.add_tasks("ingrid.lund", TASKS)
        story.action(
            "ingrid.lund", "Avtale byggestrøm med nettselskapet", "silje.dahl", -50, done=True
        )
        story.action("kari.nordmann", "Purre på FDV-struktur fra entreprenøren", "anders.vik", -10)
    with clock.at(-34, 14):
        uncertain.estimate(story, "ingrid.lund", UNCERTAIN)
        uncertain.may_happen(story, "ingrid.lund", EVENTS)
    with clock.at(-33, 14):
        story.report("ingrid.lund")
        story.decided(
            "kari.nordmann",
            "Limtre i stedet for stål i takkonstruksjonen over garderobene",
            "Samme pris, kortere leveringstid og lavere klimagassutslipp.",
            -33,
        )
        reports.signed(story, note_overall="Råbygget går som planlagt, og taket er tett.")
    with clock.at(-6, 15):
        story.report("ingrid.lund")
        story.action("ingrid.lund", "Bestille befaring med brannvesenet", "silje.dahl", 5)
        story.action("ingrid.lund", "Oppdatere SHA-planen for arbeid i høyden", "ingrid.lund", -2)
        story.action("kari.nordmann", "Svare rådmannen om kunst i hallen", "kari.nordmann", 2)
        story.action(
            "ingrid.lund",
            "Kontrollere mva.-grunnlag for spillemidler",
            "per.aas",
            8,
            about="Momskompensasjonen skal holdes utenfor søknadsbeløpet.",
        )
        reports.signed(
            story,
            state_overall="amber",
            state_cost="green",
            note_cost="Prognosen er 162 millioner, innenfor styringsrammen.",
            note_overall="Fasadeglasset er forsinket. Vi legger fram en sak om tett bygg.",
        )
    with clock.at(-5, 9):
        story.report_own("jonas.berg", "facade_followup", 40)


def _hot_case(story: Story) -> None:
    """Prepared by the coordinator, returned once, complete now: two minutes from both desks."""
    with clock.at(-4, 10):
        case = story.propose_edits(
            "ingrid.lund",
            [
                *story.moved("structure", ends=7),
                *story.moved("weathertight", ends=8),
                *story.moved("technical", starts=9),
                *story.moved("interior", starts=9),
            ],
        )
    with clock.at(-3, 12):
        cases.return_case(
            story.who("kari.nordmann"),
            case,
            question="Hva koster det å holde overtakelsen, og hva sier entreprenøren?",
        )
    with clock.at(-2, 9, 40):
        story.remark(
            "silje.dahl",
            case,
            "Entreprenøren bekrefter ny dato for fasadeglasset skriftlig. To lag på innvendige "
            "arbeider i fem uker koster 240 000 kr, som dekkes av prosjektleders reserve.",
        )
        cases.edit_case(
            story.who("ingrid.lund"),
            case,
            title="Flytte «Tett bygg» og kjøre innvendige arbeider med to lag",
            situation=(
                "Fasadeglasset er forsinket fra fabrikk. Tett bygg kan nås om knapt to uker, og "
                "tekniske fag og innvendige arbeider må vente til da. Overtakelsen holdes hvis "
                "innvendige arbeider kjøres med to lag. Kostnad: 240 000 kr av prosjektleders "
                "reserve. Gjør vi ingenting, glir overtakelsen omtrent tre uker."
            ),
            recommendation=(
                "Godkjenn nye datoer nå. Entreprenøren må bestille mannskap denne uken for at "
                "overtakelsen skal holde."
            ),
            recommended="A",
            need_by=date_in(2),
        )
        _two_ways(story, case)
        case.refresh_from_db()
        cases.submit_case(story.who("ingrid.lund"), case)


def _two_ways(story: Story, case: Case) -> None:
    """Two crews, paid from the manager's reserve; or one crew, and a later takeover."""
    her = story.who("ingrid.lund")
    dates = Alternative.objects.get(case=case, key="A").operations
    interior = BudgetLine.objects.get(project=story.project, code="2")
    paid = budget.release_managers_reserve.operation(
        interior, {"amount": "240000", "reason": "To lag på innvendige arbeider i fem uker."}
    )
    cases.set_alternative(
        her,
        case,
        id=new_id(),
        key="A",
        title="To lag på innvendige arbeider",
        description="Overtakelsen holdes. Ekstra mannskap betales av prosjektleders reserve.",
        operations=[*dates, paid.to_json()],
    )
    later = [
        *story.moved("structure", ends=7),
        *story.moved("weathertight", ends=8),
        *(edit for line in ("technical", "interior") for edit in story.begun(line, 9)),
    ]
    said = {
        "base_revision": story.plan.revision,
        "edits": [engine.edit_to_json(edit) for edit in later],
    }
    cases.set_alternative(
        her,
        case,
        id=new_id(),
        key="B",
        title="Ett lag, og senere overtakelse",
        description="Koster ingenting nå, men overtakelsen glir, og brukerne må varsles.",
        operations=[planning.apply_edits.operation(story.plan, said).to_json()],
    )


def _waiting_for_the_owner(story: Story) -> None:
    with clock.at(-1, 13):
        goal = Goal.objects.get(project=story.project, level=GoalLevel.OUTCOME)
        outcome = submit(
            story.who("ingrid.lund"),
            projects.add_success_criterion.on(goal, goal.version),
            id=new_id(),
            text="Andel brukere som sier at hallen er lett å bruke med nedsatt funksjonsevne",
            target="90 %",
        )
        assert isinstance(outcome, Proposed), "goals are the owner's to decide"
        reports.draft(
            story,
            note_overall="To lag på innvendige arbeider holder overtakelsen, om det besluttes.",
        )
