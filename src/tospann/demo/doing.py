"""Work on the demo's actions: begun, talked about, late, stuck, and people reminded."""

from django.db.models import QuerySet

from tospann.actions import commands
from tospann.actions.models import Action
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for

BEGUN = (
    ("Svare rådmannen om kunst i hallen", "kari.nordmann"),
    ("Rette tilgang for testbrukere i byggesak", "amina.said"),
    ("Kalle inn til gjennomgang av B-feil", "ingrid.lund"),
    ("Skaffe 40 flytteesker", "amina.said"),
)
DONE = {
    "SVH": (-306, "Avklare leieavtale med helseforetaket", "nina.holm"),
    "NSS": (-192, "Avtale frikjøp av to saksbehandlere til testing", "nina.holm"),
}
COMMENTS = (
    (
        "Rette tilgang for testbrukere i byggesak",
        "ingrid.lund",
        "@Amina Said, to av de fem brukerne mangler fortsatt rollen *saksbehandler*.",
    ),
    (
        "Rette tilgang for testbrukere i byggesak",
        "amina.said",
        "Jeg har meldt det til leverandøren og får svar i dag.",
    ),
    (
        "Purre på FDV-struktur fra entreprenøren",
        "silje.dahl",
        "Ringte på tirsdag. @Kari, de sier malen deres først er klar neste uke.",
    ),
)


def beside(cast: Cast, key: str) -> clock.Beside:
    """What has become of a project's actions."""
    if key in DONE:
        day, title, who = DONE[key]
        yield day, 13
        for one in _named(key, title):
            commands.complete_action(_actor(cast, who), one)
    yield -1, 10
    for title, who in BEGUN:
        for one in _named(key, title):
            commands.move_action(_actor(cast, who), one, to="under_way")
    for title, who, text in COMMENTS:
        for one in _named(key, title):
            commands.comment_on(_actor(cast, who), one, id=new_id(), text=text)
    yield -1, 14
    kari = _actor(cast, "kari.nordmann")
    for late in _named(key, "Purre på FDV-struktur fra entreprenøren"):
        commands.remind(kari, late)
        commands.report_late(_actor(cast, "anders.vik"), late, days=4)
    for stuck in _named(key, "Avklare pris på ekstra integrasjon"):
        _say_what_holds_it(cast, kari, stuck)


def _say_what_holds_it(cast: Cast, kari: Actor, stuck: Action) -> None:
    commands.report_stuck(
        _actor(cast, "per.aas"),
        stuck,
        text="Leverandøren svarer ikke før vi har bekreftet antall brukere.",
    )
    commands.add_link(
        kari,
        stuck,
        id=new_id(),
        title="Tilbudet fra leverandøren",
        address="https://example.org/tilbud/integrasjon",
    )


def _named(key: str, title: str) -> QuerySet[Action]:
    return Action.objects.filter(project__key=key, title=title)


def _actor(cast: Cast, key: str) -> Actor:
    return actor_for(cast[key])
