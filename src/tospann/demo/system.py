"""“Nytt saksbehandlingssystem”: an IT delivery whose customer is testing, with a gate ahead."""

from tospann.cases import commands as cases
from tospann.cases.models import AuthorityRule
from tospann.closing import forecasting
from tospann.demo import clock, reports
from tospann.demo.story import Cast, Opening, Story, Task, begin
from tospann.foundation.authority import Role
from tospann.planning import commands as planning
from tospann.projects import commands as projects
from tospann.projects.models import GoalLevel

OPENING = Opening(
    key="NSS",
    name="Nytt saksbehandlingssystem",
    purpose=(
        "Dagens system fases ut av leverandøren. Innbyggerne skal kunne søke, følge saken sin og "
        "få svar digitalt, og saksbehandlerne skal slippe å føre det samme tre steder."
    ),
    pack="it_delivery",
    starts=-330,
    ends=150,
    starter="ingrid.lund",
    roles=(
        ("ingrid.lund", Role.COORDINATOR),
        ("kari.nordmann", Role.MANAGER),
        ("tor.haugen", Role.OWNER),
        ("maria.johansen", Role.STEERING),
        ("nina.holm", Role.BENEFIT_RESPONSIBLE),
        ("amina.said", Role.MEMBER),
        ("per.aas", Role.MEMBER),
        ("jonas.berg", Role.MEMBER),
        ("erik.moen", Role.GUEST),
    ),
)
GOALS = (
    (
        GoalLevel.BUSINESS,
        "Innbyggerne får raskere svar på søknadene sine.",
        (("Median behandlingstid for byggesøknader", "Ned fra 32 til 20 dager"),),
    ),
    (
        GoalLevel.OUTCOME,
        "Saksbehandlerne fører opplysninger én gang, i ett system.",
        (
            ("Saker der opplysninger føres mer enn én gang", "Under 5 %"),
            ("Saksbehandlere som heller vil ha det nye systemet", "Minst 80 %"),
        ),
    ),
    (
        GoalLevel.OUTPUT,
        "Systemet er godkjent og i bruk i alle tre tjenesteområder innen sluttdatoen.",
        (("Akseptansetesten er bestått uten A-feil", "0 A-feil, høyst 5 B-feil"),),
    ),
)
WHO = {
    "amina.said": ("user_needs", "backlog", "release_1", "release_2", "acceptance_test"),
    "kari.nordmann": ("solution_options", "pid", "appoint_team"),
    "per.aas": ("rough_estimate",),
    "maria.johansen": ("architecture", "environments", "security_test", "rollback_test"),
    "ingrid.lund": ("proposal", "test_strategy", "training", "dpia"),
    "nina.holm": ("rollout", "assess_goals"),
}
TASKS = (
    Task("test_1", "delivery", "Kundetest 1: søknad og innsyn", -100, -88, "amina.said"),
    Task("test_1_ok", "delivery", "Kundetest 1 godkjent", -84, -84, "amina.said", milestone=True),
    Task("test_2", "delivery", "Kundetest 2: saksflyt og arkiv", -18, -4, "amina.said"),
    Task("test_2_ok", "delivery", "Kundetest 2 godkjent", -3, -3, "amina.said", milestone=True),
    Task("counter", "delivery", "Tegne om servicetorget til selvbetjening", -12, 24, "jonas.berg"),
    Task("archive_test", "delivery", "Prøve uttrekk til arkivet", 2, 12, "amina.said"),
    Task("pilot", "delivery", "Prøvedrift i byggesak", 6, 30, "nina.holm"),
)


def tell(cast: Cast) -> None:
    """The whole project, from the first day until this morning."""
    story = begin(cast, OPENING)
    with clock.at(-328, 9):
        _the_manager_freezes(story)
    with clock.at(-328, 10):
        projects.accept_founding(story.who("tor.haugen"), story.project)
        story.goals("kari.nordmann", GOALS)
        story.responsible("ingrid.lund", WHO)
    _past_gates(story)
    _deliveries(story)
    _now(story)


def _the_manager_freezes(story: Story) -> None:
    """Within her limits the manager renews the baseline herself; beyond them the owner decides."""
    row = AuthorityRule.objects.get(project=story.project, kind="baseline")
    cases.change_authority_rule(story.who(story.owner), row, deciders=[Role.MANAGER])


def _past_gates(story: Story) -> None:
    story.pass_gate(
        "G1",
        "Dagens system mister støtte om halvannet år. Fire av fem kommuner vi har spurt, kjøper "
        "standardsystem.",
        "Kjøp et standardsystem med åpne grensesnitt, og start planleggingen.",
    )
    story.pass_gate(
        "G2",
        "Anskaffelsen er gjennomført, og Saksflyt Systemer AS er valgt. Første leveranse er "
        "avgrenset til byggesak.",
        "Start utviklingen med byggesak som første område.",
        reason="Byggesak har flest søknader og den tydeligste gevinsten.",
        conditions=(("Avtale frikjøp av to saksbehandlere til testing", "nina.holm", -190),),
    )
    with clock.at(-185, 12):
        head = story.plan
        planning.set_baseline(
            story.who("tor.haugen"), head, base_revision=head.revision, name="Oppstart utvikling"
        )
        forecasting.keep(story.project)


def _deliveries(story: Story) -> None:
    with clock.at(-120, 9):
        story.add_tasks("ingrid.lund", TASKS)
        story.report("ingrid.lund")
    with clock.at(-118, 10):
        case = story.propose_edits(
            "ingrid.lund",
            story.moved("release_1_shown", ends=-97),
        )
    with clock.at(-116, 11):
        decider = story.owner if "owner" in case.deciders else story.manager
        cases.decide(
            story.who(decider),
            case,
            alternative="A",
            reason="Visningen flyttes til etter sommerferien, så brukerne kan delta.",
        )
    with clock.at(-84, 15):
        story.report("ingrid.lund")
        story.decided(
            "kari.nordmann",
            "Godkjenne kundetest 1 med tre B-feil",
            "Feilene rettes før kundetest 2 og hindrer ikke bruk.",
            -84,
        )


def _now(story: Story) -> None:
    story.late = {"test_2": 70, "test_2_ok": 0, "release_3": 90, "counter": 25}
    with clock.at(-40, 14):
        story.report("ingrid.lund")
        story.action(
            "ingrid.lund", "Melde inn testdata for sosiale tjenester", "amina.said", -20, done=True
        )
        reports.signed(story, note_overall="Leveranse 2 er vist for brukerne og tatt godt imot.")
    with clock.at(-3, 14):
        story.report("ingrid.lund")
        story.action("ingrid.lund", "Rette tilgang for testbrukere i byggesak", "amina.said", -1)
        story.action("kari.nordmann", "Avklare pris på ekstra integrasjon", "per.aas", 4)
        story.action("ingrid.lund", "Kalle inn til gjennomgang av B-feil", "ingrid.lund", 1)
        story.action("kari.nordmann", "Avtale servicenivå for drift", "maria.johansen", 14)
        story.settle(
            "ingrid.lund",
            "G3",
            leave_open=("Akseptansetest", "Tilbakerulling", "Brukere", "Kvalitet"),
        )
        reports.signed(
            story, note_overall="Kundetest 2 er ikke godkjent ennå: én B-feil gjenstår å rette."
        )
    with clock.at(-2, 12):
        story.report_own("amina.said", "test_2", 80)
    with clock.at(-1, 10):
        story.prepare(
            "ingrid.lund",
            "G3",
            "Kundetest 2 er nesten ferdig; to A-feil er rettet og én B-feil gjenstår.",
            "",
            need_by=21,
        )
        reports.draft(story)
