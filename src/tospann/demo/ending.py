"""What the demo's projects have learned and shared, and one that closes."""

from tospann.closing import commands
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.models import Phase, PhaseState, Project
from tospann.team import commands as team
from tospann.team.models import LessonPriority, ThoughtKind

KEEP, TRY, STOP = ThoughtKind.KEEP, ThoughtKind.TRY, ThoughtKind.STOP
LEARNED = {
    "SVH": (
        (
            STOP,
            "Grunnundersøkelsene ble bestilt etter at entreprenøren var valgt.",
            "Undersøkelsene lå i entreprenørens plan, ikke i vår.",
            "Tre uker senere grunnarbeid og en endringsmelding på 410 000 kr.",
            "Nabotomta hadde samme avvik i 2019.",
            "Bestill grunnundersøkelser før konkurransen, og legg rapporten ved.",
            True,
        ),
        (
            KEEP,
            "Felles befaring med entreprenør og drift hver mandag fant feil mens de var billige.",
            "",
            "Fire av fem avvik ble rettet samme uke.",
            "",
            "Sett av én time fast på plassen fra første støp, med driften til stede.",
            False,
        ),
    ),
    "NSS": (
        (
            STOP,
            "Krav ble endret etter at leverandøren hadde priset dem.",
            "Kravene var ikke lest av dem som skal bruke systemet.",
            "Seks endringsordrer i første delleveranse.",
            "Saksbehandlerne stilte de samme spørsmålene i to demoer.",
            "La to saksbehandlere lese og signere kravene før de sendes ut.",
            True,
        ),
        (
            TRY,
            "Flytting av gamle saker ble prøvd for første gang fire uker før oppstart.",
            "Testdata var ikke bestilt i tide.",
            "Pilot måtte starte med et utvalg av sakene.",
            "",
            "Prøv flyttingen med ekte data i første delleveranse, også om skjermbildene mangler.",
            False,
        ),
    ),
}
CLOSES, KEEPER, MANAGER = "FLY", "ingrid.lund", "kari.nordmann"


def beside(cast: Cast, key: str) -> clock.Beside:
    """Lessons shared with the organisation, and a closing that has begun."""
    yield -12, 10
    project = Project.objects.get(key=key)
    _learn(cast, project)
    if key == CLOSES:
        commands.begin_closing(actor_for(cast[KEEPER]), project, id=new_id())


def _learn(cast: Cast, project: Project) -> None:
    keeper = actor_for(cast[KEEPER])
    phase = Phase.objects.filter(project=project, state=PhaseState.CURRENT).first()
    for kind, text, cause, effect, warning, advice, was_risk in LEARNED.get(project.key, ()):
        lesson = team.note_lesson(
            keeper,
            project,
            id=new_id(),
            kind=kind,
            text=text,
            cause=cause,
            effect=effect,
            early_warning=warning,
            recommendation=advice,
            was_risk=was_risk,
            priority=LessonPriority.HIGH if was_risk else LessonPriority.MEDIUM,
            phase=phase.pk if phase else None,
        )
        team.publish_lesson(keeper, lesson)
