"""Documents of the demo that are filled in: one approved long ago, one half written today."""

from collections.abc import Iterator, Mapping
from typing import Any

from tospann.blanks import commands, files, keeping
from tospann.blanks.keeping import Typed
from tospann.blanks.models import Edition, EditionState, Filled
from tospann.cases import commands as cases
from tospann.cases.models import Case, CaseState
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.models import Project

Rows = list[dict[str, Any]]
WHY = (
    "Hallen fra 1968 har setninger i fundamentet og må stenges innen to år. Uten et nytt tilbud "
    "får **420 elever** ikke den svømmeopplæringen de har krav på.\n\n"
    "Kommunestyret ba om en utredning av:\n\n- et 25-metersbasseng\n- et varmtvannsbasseng\n"
    "- garderober som alle kan bruke"
)
BRIEF: Mapping[str, Any] = {
    "why": WHY,
    "goals": "Alle barn kan svømme når de går ut av fjerde trinn.\nMinst 60 000 besøk per år.",
    "scope": "Hall, utomhusanlegg og parkering på Nesset. Ny vei til Nesset er et eget prosjekt.",
    "deliverables": "Ferdig hall\nDriftsavtale\nOpplæring av driftspersonell",
    "milestones": "Konseptvalg\nInvesteringsbeslutning\nByggestart\nOvertakelse",
    "people": "Prosjekteier: Tor Haugen\nProsjektleder: Kari Nordmann",
    "budget": "186000000",
    "risks": "Grunnforhold på Nesset\nPrisstigning på stål",
}
PRODUCTS: Rows = [
    {"_id": "n1", "name": "Bygget", "description": "Hall med to bassenger og garderober."},
    {"_id": "n2", "name": "Vannbehandling", "description": "Anlegg for rensing og oppvarming."},
    {"_id": "n3", "name": "Driftsopplegg", "description": "Bemanning, rutiner og opplæring."},
]
DEPENDENCIES: Rows = [
    {
        "_id": "n1",
        "name": "Ny vei til Nesset",
        "description": "Må være åpen for tungtransport før råbygget reises.",
        "owner": "Teknisk etat",
        "handling": "Fast punkt i møtet med teknisk etat hver måned",
    },
]
HALF: Mapping[str, Any] = {
    "background_ref": WHY,
    "main_products": PRODUCTS,
    "product_breakdown": "Bygget\n  Grunn og fundament\n  Råbygg\n  Bassenger\nVannbehandling",
    "policies": "Universell utforming etter TEK17. Energikarakter A.",
    "delimitations": "Uteområdet mot skolen er ikke med.",
    "dependencies": DEPENDENCIES,
    "reporting": "Statusrapport hver måned, økonomi hver fjortende dag.",
}


def beside(cast: Cast, key: str) -> Iterator[clock.Beside]:
    """What is filled in beside a project's plan and gates."""
    if key == "SVH":
        yield _approved(cast)
        yield _half_written(cast)


def _approved(cast: Cast) -> clock.Beside:
    yield -420, 10
    coordinator, owner = actor_for(cast["ingrid.lund"]), actor_for(cast["tor.haugen"])
    brief = _begun(coordinator, "project_brief", BRIEF)
    commands.send_filled(coordinator, brief, id=new_id(), comment="Til oppstart")
    yield -419, 9
    waiting = Case.objects.filter(project=brief.project, state=CaseState.SUBMITTED)
    case = waiting.order_by("-number").first()
    if case is not None:
        cases.decide(owner, case, alternative="A")
    for edition in Edition.objects.filter(filled=brief, state=EditionState.APPROVED):
        files.keep(edition, owner)


def _half_written(cast: Cast) -> clock.Beside:
    yield -2, 14
    coordinator, manager = actor_for(cast["ingrid.lund"]), actor_for(cast["kari.nordmann"])
    filled = _begun(coordinator, "project_initiation_document", HALF)
    more = {"policies": Typed(f"{HALF['policies']} Massivtre der det er mulig.")}
    keeping.keep(coordinator, filled, more, filled.project.language)
    commands.comment_on(
        manager,
        filled,
        id=new_id(),
        section="frame",
        text="Ta med at helseforetaket skal leie varmtvannsbassenget 20 timer i uken.",
    )


def _begun(actor: Actor, blank: str, said: Mapping[str, Any]) -> Filled:
    project = Project.objects.get(key="SVH")
    filled = commands.start_filled(actor, project, id=new_id(), blank=blank)
    typed = {field: Typed(value) for field, value in said.items()}
    return keeping.keep(actor, filled, typed, project.language).filled
