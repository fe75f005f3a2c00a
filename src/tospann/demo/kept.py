"""What the demo's projects keep in registers of their own."""

from typing import Any

from tospann.demo import clock
from tospann.demo.story import Cast, date_in
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.projects.models import Project
from tospann.registers import commands

Row = tuple[str, str, str, int | None, str | None, dict[str, Any]]
"""Register, title, owner, due in so many days, state, values."""
ROWS: dict[str, tuple[Row, ...]] = {
    "SVH": (
        (
            *("permit", "Igangsettingstillatelse for fasade", "per.aas", 12, "sent"),
            {"kind": "start_permission", "authority": "Fjordvik kommune, plan og bygg"},
        ),
        (
            *("permit", "Midlertidig brukstillatelse", "silje.dahl", 160, "to_apply"),
            {"kind": "occupancy", "authority": "Fjordvik kommune, plan og bygg"},
        ),
        (
            *("permit", "Samtykke til garderober", "silje.dahl", None, "granted"),
            {"kind": "working_environment", "authority": "Arbeidstilsynet"},
        ),
        (
            *("she_incident", "Løs planke på stillas mot nord", "per.aas", 3, None),
            {"kind": "observation", "place": "Stillas, akse 4", "employer": "Nordvik Bygg AS"},
        ),
        (
            *("she_incident", "Kranlast svingte over gangvei", "per.aas", -2, None),
            {"kind": "near_miss", "place": "Riggområdet", "employer": "Nordvik Bygg AS"},
        ),
        (
            *("defect", "Riss i flis ved dusj 3", "silje.dahl", 20, None),
            {"place": "Garderobe damer"},
        ),
    ),
    "NSS": (
        (
            *("dependency", "Integrasjon mot folkeregisteret åpnet", "amina.said", 9, None),
            {"direction": "we_need", "other_party": "Skatteetaten"},
        ),
    ),
}


def beside(cast: Cast, key: str) -> clock.Beside:
    """The rows of a project's own registers."""
    if key not in ROWS:
        return
    yield -6, 13
    project = Project.objects.get(key=key)
    for register, title, owner, due, state, values in ROWS[key]:
        commands.add_line(
            actor_for(cast["ingrid.lund"]),
            project,
            id=new_id(),
            key=register,
            title=title,
            owner=cast[owner].pk,
            due_on=None if due is None else date_in(due),
            state=state,
            values=values,
        )
