"""The risks, problems and deviations of the demo's projects, as they are told."""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = tuple[int, int]


@dataclass(frozen=True)
class Worry:
    """A risk or an opportunity: where it lies now, after measures, and where it came from."""

    day: int
    by: str
    title: str
    cause: str
    event: str
    effect: str
    now: Cell
    after: Cell | None
    owner: str
    review: int
    strategy: str = "reduce"
    proximity: str = "this_phase"
    kind: str = "threat"
    measures: Sequence[tuple[str, str, int]] = ()
    moved: tuple[int, Cell] | None = None
    closed: tuple[int, str] | None = None


@dataclass(frozen=True)
class Trouble:
    """A problem or a deviation, and on which day it was dealt with, if it was."""

    day: int
    by: str
    title: str
    owner: str
    due: int
    text: str
    consequence: str = ""
    solved: tuple[int, str] | None = None


WORRIES = {
    "SVH": (
        Worry(
            -60,
            "silje.dahl",
            "Fasadeglasset kommer senere enn avtalt",
            "Én fabrikk leverer glasset, og den har hatt stans.",
            "Leveransen blir forsinket en gang til.",
            "Tett bygg og innvendige arbeider skyves, og overtakelsen glir.",
            (3, 4),
            (2, 3),
            "silje.dahl",
            2,
            proximity="immediate",
            measures=(
                ("Få skriftlig dato fra fabrikken", "silje.dahl", -3),
                ("Avtale to lag på innvendige arbeider", "ingrid.lund", 4),
            ),
            moved=(-4, (4, 4)),
        ),
        Worry(
            -120,
            "jonas.berg",
            "Fukt i sjøveggen",
            "Grunnvannet står høyere enn beregnet.",
            "Vann trenger gjennom støpeskjøtene.",
            "Veggen må injiseres fra innsiden, 0,6 mill. kr og tre uker.",
            (3, 5),
            (2, 4),
            "jonas.berg",
            12,
            measures=(("Måle fukt i tre punkter hver uke", "jonas.berg", 5),),
        ),
        Worry(
            -90,
            "ingrid.lund",
            "Arbeidsulykke under montering av takdragere",
            "Tunge løft over et område der andre arbeider.",
            "Last faller eller svinger ukontrollert.",
            "Alvorlig personskade, og arbeidet stanses.",
            (2, 5),
            (1, 5),
            "per.aas",
            7,
            strategy="avoid",
        ),
        Worry(
            -45,
            "kari.nordmann",
            "Strømprisen blir høyere enn i kalkylen",
            "Prisen er lagt inn med snittet fra i fjor.",
            "Driftskostnaden øker før åpning.",
            "Billettprisen må vurderes på nytt.",
            (3, 2),
            None,
            "kari.nordmann",
            30,
            strategy="accept",
            proximity="after_project",
        ),
        Worry(
            -30,
            "anders.vik",
            "Varme fra renseanlegget til bassengvannet",
            "Renseanlegget ved siden av har overskuddsvarme.",
            "Vi kobler oss på før gulvet støpes.",
            "Energikostnaden blir omtrent 15 % lavere.",
            (3, 4),
            (4, 4),
            "anders.vik",
            9,
            strategy="exploit",
            kind="opportunity",
            measures=(("Hente pris på rørføring", "anders.vik", 6),),
        ),
        Worry(
            -200,
            "silje.dahl",
            "Klage på byggetillatelsen",
            "Naboene var uenige i høyden på bygget.",
            "Noen klager innen fristen.",
            "Byggestart utsettes to måneder.",
            (3, 4),
            (2, 4),
            "tor.haugen",
            -150,
            strategy="monitor",
            closed=(-150, "Klagefristen gikk ut uten klager."),
        ),
    ),
    "NSS": (
        Worry(
            -80,
            "amina.said",
            "Saksbehandlerne får ikke tid til å teste",
            "Testen faller sammen med årsavslutningen.",
            "Under halvparten av testtilfellene blir kjørt.",
            "Feil oppdages først etter produksjonssetting.",
            (4, 3),
            (2, 3),
            "ingrid.lund",
            5,
            measures=(("Avtale frikjøp med enhetslederne", "ingrid.lund", 3),),
            moved=(-10, (4, 4)),
        ),
        Worry(
            -70,
            "per.aas",
            "Integrasjonen mot folkeregisteret tåler ikke toppene",
            "Leverandøren har ikke vist svartider under last.",
            "Oppslag svikter om morgenen.",
            "Publikum venter, og saker må føres to ganger.",
            (3, 4),
            (2, 3),
            "per.aas",
            -2,
            measures=(("Kjøre lasttest med ti ganger trafikken", "per.aas", 8),),
        ),
        Worry(
            -50,
            "ingrid.lund",
            "Personopplysninger blir synlige for feil enhet",
            "Tilgangene bygger på en gammel organisasjonsplan.",
            "En saksbehandler ser saker hun ikke skal se.",
            "Brudd på personvernet, og meldeplikt.",
            (2, 5),
            (1, 4),
            "amina.said",
            14,
            strategy="avoid",
        ),
        Worry(
            -35,
            "kari.nordmann",
            "Nabokommunene vil være med på driftsavtalen",
            "To kommuner skal bytte system neste år.",
            "Vi deler driftsavtale og opplæring.",
            "Lisenskostnaden faller med en femdel.",
            (3, 3),
            (4, 3),
            "kari.nordmann",
            21,
            strategy="share",
            proximity="within_project",
            kind="opportunity",
        ),
    ),
    "FLY": (
        Worry(
            -20,
            "amina.said",
            "Nettverket er ikke klart på flyttedagen",
            "Graving i gata kan bli utsatt av frost.",
            "Fiberen kobles til etter at vi har flyttet.",
            "Saksbehandlerne må arbeide fra mobilnett i noen dager.",
            (3, 4),
            (2, 2),
            "amina.said",
            4,
            proximity="immediate",
            measures=(("Bestille mobilt bredbånd som reserve", "amina.said", 7),),
        ),
        Worry(
            -18,
            "ingrid.lund",
            "Færre flyttelass enn ventet",
            "Halvparten av arkivet kan skannes.",
            "Vi trenger ett lass mindre.",
            "Sparer en dag og 20 000 kr.",
            (3, 2),
            None,
            "per.aas",
            10,
            strategy="enhance",
            kind="opportunity",
        ),
    ),
}
PROBLEMS = {
    "SVH": (
        Trouble(
            -6,
            "jonas.berg",
            "Prøveflisene har feil farge",
            "jonas.berg",
            3,
            "Flisene fra første palle er gråere enn prøven som ble godkjent.",
        ),
        Trouble(
            -33,
            "silje.dahl",
            "Byggeheisen står",
            "silje.dahl",
            -26,
            "Heisen stanset etter en kontroll og kan ikke brukes.",
            solved=(-27, "Delen er byttet, og heisen er godkjent på nytt."),
        ),
    ),
    "NSS": (
        Trouble(
            -8,
            "amina.said",
            "Vedlegg over 20 MB forsvinner",
            "per.aas",
            -1,
            "Store vedlegg i byggesøknader lagres ikke, og innsenderen får ingen beskjed.",
        ),
        Trouble(
            -2,
            "ingrid.lund",
            "Lærebrettene til opplæringen er ikke levert",
            "ingrid.lund",
            6,
            "Leverandøren har restordre på tolv av tjue.",
        ),
    ),
    "FLY": (
        Trouble(
            -5,
            "per.aas",
            "Arkivhyllene passer ikke i det nye arkivrommet",
            "per.aas",
            5,
            "Takhøyden er ti centimeter lavere enn på tegningen.",
        ),
    ),
}
DEVIATIONS = {
    "SVH": (
        Trouble(
            -12,
            "ingrid.lund",
            "Innvendige arbeider kan ikke starte til planlagt tid",
            "kari.nordmann",
            2,
            "Bygget er ikke tett fordi fasadeglasset er forsinket.",
            "Overtakelsen glir omtrent tre uker hvis ingenting gjøres.",
        ),
        Trouble(
            -75,
            "silje.dahl",
            "Betongen i trinn 2 var under kravet til fasthet",
            "silje.dahl",
            -60,
            "Blandingen hadde for mye vann.",
            "Trappen må forsterkes.",
            solved=(-58, "Trappen er forsterket og kontrollert av rådgiver."),
        ),
    ),
    "NSS": (
        Trouble(
            -9,
            "amina.said",
            "Kundetest 2 blir ikke ferdig i tide",
            "ingrid.lund",
            8,
            "Rettingen av to A-feil tok en uke lenger enn avtalt.",
            "Tredje leveranse begynner en uke senere.",
        ),
    ),
    "FLY": (),
}
