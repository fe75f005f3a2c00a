"""Three ideas handed in to the demo's portfolio: one new, one scored, one accepted; a proposal."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tospann.demo.story import Cast
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.people.queries import organisation
from tospann.portfolio import commands
from tospann.projects.models import Project
from tospann.resources.load import refresh

LEADER = "liv.solberg"
IDEAS: tuple[tuple[Any, ...], ...] = (
    (
        "maria.johansen",
        "Digital byggesaksmappe",
        (
            "Saksbehandlerne leter i tre arkiver etter tegninger. Én mappe per eiendom kan spare "
            "en time i hver sak."
        ),
        "Plan og bygg",
        (300, 1_800_000),
        {"benefit": 5, "strategy": 4, "urgency": 3, "feasible": 4},
    ),
    (
        "jonas.berg",
        "Solceller på svømmehallens tak",
        (
            "Strømregningen til hallen er den høyeste i kommunen. Taket tåler anlegget etter "
            "ombyggingen."
        ),
        "Eiendom",
        (420, 3_200_000),
        {"benefit": 4, "strategy": 4, "urgency": 2, "feasible": 2},
    ),
    (
        "nina.holm",
        "Felles vaktordning for tekniske tjenester",
        (
            "I helgene har fire enheter hver sin vakt. En felles ordning gir færre vakter og "
            "raskere hjelp."
        ),
        "",
        (None, None),
        {},
    ),
)


def hand_in(cast: Cast) -> None:
    """The first is accepted, the second under review, the third waits."""
    leader, today = actor_for(cast[LEADER]), timezone.localdate()
    for place, (who, title, solves, unit, (days, cost), scores) in enumerate(IDEAS):
        made = commands.hand_in_idea(
            actor_for(cast[who]),
            organisation(),
            id=new_id(),
            title=title,
            solves=solves,
            asked_by=unit,
            wished_end=today + timedelta(days=days) if days else None,
            rough_cost=Decimal(cost) if cost else None,
        )
        if scores:
            made = commands.score_idea(leader, made, scores=scores)
        if place == 0:
            reason = "Størst gevinst av dem som er meldt inn, og folkene er ledige til høsten."
            commands.answer_idea(leader, made, answer="accepted", reason=reason)


def propose(cast: Cast) -> None:
    """The new system a month later, so that somebody is in one place at a time: it waits."""
    for one in Project.objects.order_by("pk"):
        refresh(one.pk)
    project = Project.objects.get(key="NSS")
    commands.propose_scenario(
        actor_for(cast[LEADER]),
        organisation(),
        id=new_id(),
        title="Saksbehandlingssystemet venter fire uker",
        recommendation=(
            "Amina Said trengs både i svømmehallen og i det nye systemet. Venter systemet fire "
            "uker, rekker hun begge deler. Det koster litt mer drift av det gamle systemet."
        ),
        choices=[commands.Chosen(project=project.pk, weeks=4)],
    )
