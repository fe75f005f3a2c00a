"""“Flytting til nye kontorer”: a small project with checkpoints that stop nobody."""

from tospann.demo import clock
from tospann.demo.story import Cast, Opening, Task, begin
from tospann.foundation.authority import Role
from tospann.projects.models import GoalLevel

OPENING = Opening(
    key="FLY",
    name="Flytting til nye kontorer",
    purpose="Plan og bygg flytter fra Torggata 4 til rådhuset, slik at fagmiljøet blir samlet.",
    pack="small_general",
    starts=-38,
    ends=52,
    starter="nina.holm",
    roles=(
        ("ingrid.lund", Role.COORDINATOR),
        ("nina.holm", Role.MANAGER),
        ("maria.johansen", Role.OWNER),
        ("amina.said", Role.MEMBER),
        ("per.aas", Role.MEMBER),
    ),
)
GOALS = (
    (
        GoalLevel.OUTCOME,
        "Plan og bygg sitter samlet og kan ta imot innbyggere på servicetorget.",
        (("Ansatte med egen plass første dag", "Alle 34"),),
    ),
    (
        GoalLevel.OUTPUT,
        "Flyttingen er ferdig, og leieavtalen i Torggata 4 er avsluttet.",
        (("Dager uten tilgjengelig saksbehandler", "Høyst 2"),),
    ),
)
TASKS = (
    Task("floor_plan", "do", "Plassere team på tegning", -20, -8, "amina.said"),
    Task("network", "do", "Nettverk og møteromsutstyr", -6, 9, "amina.said"),
    Task("archive", "do", "Rydde og pakke arkivet", -9, 14, "per.aas"),
    Task("move_day", "do", "Flyttedag", 24, 24, "ingrid.lund", milestone=True),
)


def tell(cast: Cast) -> None:
    """The whole project, from the first day until this morning."""
    story = begin(cast, OPENING)
    with clock.at(-37, 12):
        story.goals("nina.holm", GOALS)
        story.responsible(
            "ingrid.lund",
            {
                "nina.holm": ("brief", "hand_over"),
                "ingrid.lund": ("agree_people", "end_report"),
                "amina.said": ("first_part", "second_part"),
                "per.aas": ("settle",),
            },
        )
    story.pass_gate(
        "A",
        "Målet, rollene og budsjettet er på plass, og rådhuset har ledige plasser fra november.",
        "Sett i gang flyttingen.",
    )
    with clock.at(-24, 10):
        story.add_tasks("ingrid.lund", TASKS)
        story.decided(
            "nina.holm",
            "Flytte på en fredag",
            "Da rekker vi å pakke ut før innbyggerne kommer mandag.",
            -24,
        )
    story.late = {"archive": 15}
    with clock.at(-3, 10):
        story.report("ingrid.lund")
        story.action("ingrid.lund", "Bestille flyttebyrå", "ingrid.lund", -4)
        story.action("nina.holm", "Si opp parkeringsavtalen i Torggata", "per.aas", 6)
        story.action("ingrid.lund", "Skaffe 40 flytteesker", "amina.said", 3)
