"""How the demo's people work together: who answers for what, looking back, the pulse, a memo."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.demo import clock
from tospann.demo.story import Cast
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.models import Phase, PhaseState, Project
from tospann.team import commands, pulse, thoughts
from tospann.team.models import Retrospective, ThoughtKind

ROWS = {
    "SVH": (
        (
            "Byggesøknad og tillatelser",
            "silje.dahl",
            ("per.aas",),
            ("kari.nordmann",),
            ("nina.holm",),
        ),
        ("Tett bygg", "anders.vik", ("jonas.berg",), ("silje.dahl",), ("tor.haugen",)),
        ("FDV-dokumentasjon", "ingrid.lund", ("anders.vik",), ("nina.holm",), ("tor.haugen",)),
        ("SHA-plan", "kari.nordmann", ("jonas.berg",), (), ("anders.vik", "amina.said")),
        ("Prøvedrift av badeteknikk", "jonas.berg", ("per.aas",), ("nina.holm",), ()),
    ),
}
SAID = {
    "NSS": (
        (
            "keep",
            "Korte morgenmøter tirsdag og torsdag: feilene ble lukket samme dag.",
            "amina.said",
        ),
        ("keep", "At Ingrid samlet alle spørsmål til leverandøren i én liste.", ""),
        ("stop", "Å endre krav etter at leverandøren har priset dem.", "per.aas"),
        ("stop", "Møter uten saksliste.", ""),
        ("try", "La to saksbehandlere teste hver fredag, ikke først til slutt.", "ingrid.lund"),
        ("try", "Avtale på forhånd hvem som svarer når Per er på det andre prosjektet.", ""),
    ),
}
NOW_SAID = {
    "SVH": (
        ("keep", "Felles befaring med entreprenøren hver mandag.", "silje.dahl"),
        ("try", "Ta bilde av hvert avvik på stedet, rett inn i portalen.", ""),
    ),
}
WEEKS = {"SVH": ((4, 4, 3, 5, 4, 3), (4, 3, 3, 4, 3, 3)), "NSS": ((4, 4, 4, 3, 5), (3, 3, 4, 2, 3))}
STUCK = "Avklare pris på ekstra integrasjon"
ANSWERS = ("silje.dahl", "jonas.berg", "per.aas", "anders.vik", "amina.said", "ingrid.lund")


def beside(cast: Cast, key: str) -> clock.Beside:
    """Weeks of the pulse, rows of the matrix, a look back, and somebody asked for help by name."""
    for place, scores in enumerate(WEEKS.get(key, ())):
        yield (place - len(WEEKS[key])) * 7, 9
        project = Project.objects.get(key=key)
        for who, score in zip(_answering(project, cast), scores, strict=False):
            pulse.answer(who, project, score)
    yield -3, 9
    project = Project.objects.get(key=key)
    _matrix(cast, project)
    _look_back(cast, project)
    yield -1, 15
    _ask_for_help(cast, project)


def _answering(project: Project, cast: Cast) -> list[Actor]:
    found = [actor_for(cast[who]) for who in ANSWERS]
    return [who for who in found if who.roles_in(project.pk)]


def _matrix(cast: Cast, project: Project) -> None:
    keeper = actor_for(cast["ingrid.lund"])
    for title, accountable, does, asked, told in ROWS.get(project.key, ()):
        commands.add_responsibility(
            keeper,
            project,
            id=new_id(),
            title=title,
            accountable=cast[accountable].pk,
            responsible=[cast[who].pk for who in does],
            consulted=[cast[who].pk for who in asked],
            informed=[cast[who].pk for who in told],
        )


def _look_back(cast: Cast, project: Project) -> None:
    keeper = actor_for(cast["ingrid.lund"])
    phases = Phase.objects.filter(project=project)
    done = phases.filter(state=PhaseState.DONE).order_by("-position").first()
    now = phases.filter(state=PhaseState.CURRENT).first()
    if project.key in SAID and done is not None:
        before = _opened(keeper, project, done, f"Tilbakeblikk: {done.name}")
        _say(cast, before, SAID[project.key])
        closed = commands.close_retrospective(keeper, before)
        _learn(cast, keeper, closed)
    if project.key in NOW_SAID and now is not None:
        opened = _opened(keeper, project, now, f"Tilbakeblikk så langt: {now.name}")
        _say(cast, opened, NOW_SAID[project.key])


def _opened(keeper: Actor, project: Project, phase: Phase, title: str) -> Retrospective:
    until = timezone.localdate() + timedelta(days=12)
    return commands.open_retrospective(
        keeper, project, id=new_id(), title=title[:200], phase=phase.pk, closes_on=until
    )


def _say(cast: Cast, of: Retrospective, said: Sequence[tuple[str, str, str]]) -> None:
    for kind, text, who in said:
        by = actor_for(cast[who or "per.aas"])
        thoughts.say(by, of, kind, text, named=bool(who))


def _learn(cast: Cast, keeper: Actor, of: Retrospective) -> None:
    """One thought became an action, another a lesson."""
    tried = next(one for one in of.content if one["kind"] == "try")
    kept = next(one for one in of.content if one["kind"] == "keep")
    commands.act_on_thought(
        keeper,
        of,
        id=new_id(),
        thought=tried["id"],
        title="Sette opp fast testfredag med to saksbehandlere",
        owner=cast["amina.said"].pk,
        due_on=timezone.localdate() + timedelta(days=9),
    )
    commands.note_lesson(
        keeper,
        of.project,
        id=new_id(),
        text=kept["text"],
        recommendation="Sett av faste, korte møter fra første uke av testperioden.",
        kind=ThoughtKind.KEEP,
        phase=of.phase_id,
        born_in=f"{of.ref}:{kept['id']}",
    )


def _ask_for_help(cast: Cast, project: Project) -> None:
    """Per is stuck, and asks Kari by name for an answer in two days."""
    for stuck in Action.objects.filter(project=project, title=STUCK):
        actions.report_stuck(
            actor_for(cast["per.aas"]),
            stuck,
            text="Leverandøren svarer ikke før vi har bekreftet antall brukere. Kan du ta det?",
            helper=cast["kari.nordmann"].pk,
            reply_by=timezone.localdate() + timedelta(days=2),
        )
