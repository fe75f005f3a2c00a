"""What lies in the folders of the demo's projects: agreements, plans, protocols, drawings."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from tospann.demo import clock, files
from tospann.demo.story import Cast
from tospann.documents import blobs, commands
from tospann.documents.models import Document, Folder
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.models import GateCriterion, Project


@dataclass(frozen=True)
class Paper:
    """A document: where it lies, who put it there, what it says, and how it went on."""

    project: str
    folder: str
    name: str
    who: str
    lines: tuple[str, ...]
    kind: str = ""
    later: tuple[tuple[str, str, str], ...] = field(default=())
    """Further versions: who, what is new, a line more."""
    ends: str = ""
    """asked · approved · published · held (checked out by whoever put it there)"""


PAPERS = (
    Paper(
        "NSS", "08", "Avtale Saksflyt Systemer.docx", "kari.nordmann",
        ("Avtale om nytt saksbehandlingssystem", "Mellom kommunen og Saksflyt Systemer AS.",
         "# Pris", "Fast pris for leveranse 1 og 2, timepris for tilpasninger.",
         "# Varighet", "Fire år, med rett til forlengelse i to ganger ett år."),
        "agreement", (("ingrid.lund", "Vedlegg om personvern", "Databehandleravtale er vedlagt."),),
        "approved",
    ),
    Paper(
        "NSS", "04.1", "Leveransenotat 1.docx", "ingrid.lund",
        ("Leveransenotat 1", "Søknad og innsyn er levert og godkjent i kundetest 1.",
         "Kjente feil: utskrift av nabovarsel mangler dato."),
        "report", (), "published",
    ),
    Paper(
        "NSS", "04.1", "Leveransenotat 2.docx", "ingrid.lund",
        ("Leveransenotat 2", "Saksflyt og arkiv er levert til kundetest 2."),
        "report", (("amina.said", "Resultat av kundetest 2", "41 av 44 tilfeller er godkjent."),),
        "asked",
    ),
    Paper(
        "NSS", "05.1", "Testtilfeller akseptansetest.xlsx", "amina.said",
        ("Nr | Testtilfelle | Alvor | Svar", "1 | Søknad om tilbygg | 1 | Godkjent",
         "2 | Innsyn i byggesak | 2 | Godkjent", "3 | Klage på vedtak | 1 | Ikke kjørt"),
        "specification", (("amina.said", "Ettersending er med", "4 | Ettersending | 2 | -"),),
        "held",
    ),
    Paper(
        "NSS", "06", "Risikovurdering personvern.docx", "kari.nordmann",
        ("Risikovurdering av personvern", "Behandling av særlige kategorier i klagesaker.",
         "# Tiltak", "Tilgang etter tjenstlig behov, og logg som leses hver måned."),
        "decision", (),
    ),
    Paper(
        "NSS", "03.1", "Integrasjoner.txt", "per.aas",
        ("Matrikkel: oppslag, hver natt", "Arkiv: Noark 5, ved avslutning", "Betaling: ved vedtak"),
        "specification",
        (("per.aas", "Folkeregisteret er med", "Folkeregisteret: oppslag, ved søknad"),),
    ),
    Paper(
        "NSS", "12", "Veiledning for søkere.pdf", "nina.holm",
        ("Slik søker du om tilbygg", "1. Logg inn.", "2. Last opp situasjonskart.",
         "3. Du får svar innen tre uker."),
        "other", (), "published",
    ),
    Paper(
        "SVH", "06", "Kontrakt totalentreprise.pdf", "kari.nordmann",
        ("Kontrakt om totalentreprise", "NS 8407 med kommunens tillegg.", "Sum etter post."),
        "agreement", (), "approved",
    ),
    Paper(
        "SVH", "04.1", "Plan 1. etasje.png", "silje.dahl",
        ("Svømmebasseng|5|5|45|20", "Garderobe dame|5|28|20|14", "Garderobe herre|28|28|20|14",
         "Teknisk rom|55|5|20|37"),
        "drawing", (),
    ),
    Paper(
        "SVH", "08.1", "SHA-plan.docx", "silje.dahl",
        ("SHA-plan", "# Risikofylte arbeider", "Arbeid i høyden, tunge løft, arbeid nær vann."),
        "plan", (("anders.vik", "Kranløft over gangvei", "Gangveien stenges når det løftes."),),
        "approved",
    ),
    Paper(
        "SVH", "06.1", "Varsel om endring 3.docx", "ingrid.lund",
        ("Varsel om endring nr. 3", "Grunnforholdene under teknisk rom er dårligere enn beskrevet.",
         "Krav: 12 arbeidsdager og 640 000 kroner."),
        "letter", (),
    ),
    Paper(
        "SVH", "07.1", "Fremdrift i byggemøter.xlsx", "silje.dahl",
        ("Uke | Planlagt | Virkelig", "38 | 41 | 40", "39 | 44 | 42", "40 | 47 | 44"),
        "report", (),
    ),
    Paper(
        "FLY", "02", "Flytteplan.docx", "nina.holm",
        ("Flytteplan", "Uke for uke, med hvem som pakker hva.", "Esker merkes med rom og navn."),
        "plan", (("nina.holm", "Arkivet flyttes først", "Arkivet flyttes mandag."),),
    ),
    Paper(
        "FLY", "04", "Tilbud flyttebyrå.pdf", "nina.holm",
        ("Tilbud på flytting", "To dager, fire mann, 86 000 kroner.", "Gjelder i 30 dager."),
        "account", (),
    ),
)  # fmt: skip
LINKS = (
    ("NSS", "03", "Skisser i designverktøyet", "https://example.org/skisser/nss"),
    ("SVH", "04.1", "BIM-modell hos arkitekten", "https://example.org/modell/svh"),
)
GIVEN = (("NSS", "ingrid.lund", "kari.nordmann", 9), ("SVH", "silje.dahl", "kari.nordmann", 12))
"""In which project who is asked for the first missing document, who approves it, days from now."""


def beside(cast: Cast, key: str) -> clock.Beside:
    """The documents come in a while ago and have gone on since."""
    yield -9, 10
    found = Project.objects.get(key=key)
    placed = [(one, _put(cast, found, one)) for one in PAPERS if one.project == key]
    for where, folder, name, url in LINKS:
        if where == key:
            keeper, place = actor_for(cast["ingrid.lund"]), _folder(found, folder)
            commands.add_link(keeper, found, id=new_id(), folder=place, name=name, url=url)
    yield -4, 13
    for one, document in placed:
        for number, (who, comment, _line) in enumerate(one.later, 1):
            more = [line for _who, _comment, line in one.later[:number]]
            kept = _kept(one.name, [*one.lines, *more])
            commands.add_version(actor_for(cast[who]), document, comment=comment, **kept)
    yield -2, 9
    for one, document in placed:
        _go_on(cast, one, Document.objects.get(pk=document.pk))
    _ask(cast, found)


def _put(cast: Cast, project: Project, one: Paper) -> Document:
    return commands.add_document(
        actor_for(cast[one.who]),
        project,
        id=new_id(),
        name=one.name,
        folder=_folder(project, one.folder),
        document_type=one.kind or None,
        **_kept(one.name, one.lines),
    )


def _kept(name: str, lines: files.Lines) -> dict[str, Any]:
    blob = blobs.put_bytes(files.made(name, lines))
    return {"sha256": blob.sha256, "size": blob.size, "media_type": files.media_type(name)}


def _folder(project: Project, number: str) -> UUID | None:
    found = Folder.objects.filter(project=project, number=number).values_list("pk", flat=True)
    return found.first()


def _go_on(cast: Cast, one: Paper, document: Document) -> None:
    manager: Actor = actor_for(cast["kari.nordmann"])
    if one.ends == "held":
        commands.check_out(actor_for(cast[one.who]), document, comment="Fyller inn resultater")
    if one.ends == "asked":
        commands.ask_approval(actor_for(cast[one.who]), document)
    if one.ends == "approved":
        commands.approve_document(manager, document, number=document.version_number)
    if one.ends == "published":
        commands.publish_document(manager, document, number=document.version_number)


def _ask(cast: Cast, project: Project) -> None:
    """The first document that a coming gate asks for is given to somebody."""
    missing = GateCriterion.objects.filter(project=project, kind="document", state="open")
    first = missing.select_related("gate__ends").order_by("gate__position", "position").first()
    for key, owner, approver, days in GIVEN:
        if key == project.key and first is not None:
            commands.ask_for_document(
                actor_for(cast[approver]),
                project,
                id=new_id(),
                title=first.text[:200],
                criterion=first.pk,
                phase=first.gate.ends_id,
                template=first.document_key,
                owner=cast[owner].pk,
                approver=cast[approver].pk,
                due_on=clock.today() + timedelta(days=days),
            )
