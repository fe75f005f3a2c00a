"""Calls in the demo's projects: who rang, what was said, and what was promised by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tospann.demo import clock
from tospann.demo.story import Cast, date_in
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.planning.models import Activity
from tospann.projects.models import Project
from tospann.stakeholders import commands
from tospann.stakeholders.models import Contact, Promise


@dataclass(frozen=True)
class Said:
    """A promise in a call: until the day (counted from today), tied to a line of the plan."""

    text: str
    due: int | None = None
    by: str = "us"
    line: str = ""
    kept: int | None = None


@dataclass(frozen=True)
class Call:
    """A telephone note on a day, counted from today."""

    day: int
    writer: str
    contact: str
    text: str
    promises: Sequence[Said] = ()


CONTACTS = {
    "SVH": (
        ("Rolf Strand", "Nesset vel", "Leder", "rolf.strand@nessetvel.example", "900 12 345"),
        ("Gunn Myhre", "Fjordvik energi AS", "Nettplanlegger", "", "900 23 456"),
        ("Anders Vik", "Bygg og Bad Entreprenør AS", "Anleggsleder", "", "900 34 567"),
    ),
    "NSS": (
        ("Mona Lie", "Byggesak, Fjordvik kommune", "Teamleder", "mona.lie@fjordvik.example", ""),
        ("Erik Moen", "Saksflyt Systemer AS", "Kundeansvarlig", "", "900 45 678"),
    ),
    "FLY": (("Trine Moe", "Moe Flytting AS", "Oppdragsleder", "", "900 56 789"),),
}
BEHIND = {"Anders Vik": "anders.vik", "Erik Moen": "erik.moen"}
CALLS = {
    "SVH": (
        Call(
            -9,
            "silje.dahl",
            "Rolf Strand",
            "Naboene reagerer på anleggstrafikk før klokka sju. De ønsker varsel før støyende "
            "arbeid i helgene.",
            (Said("Varsle vellet to dager før støyende helgearbeid", -1),),
        ),
        Call(
            -4,
            "ingrid.lund",
            "Gunn Myhre",
            "Trafoen kan kobles til når vi har dato for prøvedrift.",
            (
                Said("Sende dato for prøvedrift", 4),
                Said("Bestille utkobling av den gamle linja", 8, by="them"),
            ),
        ),
        Call(
            -2,
            "kari.nordmann",
            "Anders Vik",
            "Gikk gjennom fremdriften for tekniske fag.",
            (Said("Oppdatert bemanningsplan for tekniske fag", -1, by="them", kept=-1),),
        ),
    ),
    "NSS": (
        Call(
            -6,
            "ingrid.lund",
            "Mona Lie",
            "Byggesak må melde ferier før prøvedriften, og trenger å vite når de er tilbake i "
            "vanlig drift.",
            (Said("Prøvedriften i byggesak er over", 24, line="Prøvedrift i byggesak"),),
        ),
        Call(
            -1,
            "kari.nordmann",
            "Erik Moen",
            "De tre B-feilene fra kundetest 1 er rettet i neste leveranse.",
            (Said("Levere rettingene til testmiljøet", 2, by="them"),),
        ),
    ),
    "FLY": (
        Call(
            -3,
            "ingrid.lund",
            "Trine Moe",
            "Flyttekasser kommer på mandag. De trenger oversikt over tunge skap.",
            (Said("Liste over skap tyngre enn 80 kg", 3),),
        ),
    ),
}


def beside(cast: Cast, key: str) -> Iterator[clock.Beside]:
    """The contacts and the latest calls of a project."""
    yield _contacts(cast, key)
    for call in CALLS[key]:
        yield _note(cast, key, call)


def _contacts(cast: Cast, key: str) -> clock.Beside:
    yield -30, 10
    for name, organisation, title, email, phone in CONTACTS[key]:
        commands.add_contact(
            actor_for(cast["ingrid.lund"]),
            Project.objects.get(key=key),
            id=new_id(),
            name=name,
            organisation=organisation,
            title=title,
            email=email,
            phone=phone,
            person=cast[BEHIND[name]].pk if name in BEHIND else None,
        )


def _note(cast: Cast, key: str, call: Call) -> clock.Beside:
    yield call.day, 13
    project, writer = Project.objects.get(key=key), actor_for(cast[call.writer])
    note = commands.note_call(
        writer,
        project,
        id=new_id(),
        contact=Contact.objects.get(project=project, name=call.contact).pk,
        text=call.text,
        promises=[_promised(project, said) for said in call.promises],
    )
    for said in call.promises:
        if said.kept is not None:
            yield said.kept, 15
            one = Promise.objects.get(born_in=f"stakeholders.note:{note.pk}", text=said.text)
            commands.keep_promise(writer, one)


def _promised(project: Project, said: Said) -> commands.Promised:
    lines = Activity.objects.filter(project=project, name=said.line).values_list("uid", flat=True)
    return commands.Promised.model_validate(
        {
            "text": said.text,
            "by": said.by,
            "due_on": None if said.due is None else date_in(said.due),
            "activity_uid": lines.first() if said.line else None,
        }
    )
