"""Trying a change through the API: what it would do, and who decides it. Nothing is written."""

from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.cases.consequences import Consequences
from tospann.people.actors import ActorRequest
from tospann.planning import commands, queries
from tospann.planning.consequences.computing import full, quick
from tospann.planning.history import require_current
from tospann.planning.prepare import prepare
from tospann.projects.queries import project as project_of

router = Router(tags=["plan"])
Key = Annotated[str, Field(max_length=20, description="The project's key, such as HALL")]


class TriedIn(Schema):
    """Edits of the engine to try in order on the plan as it is (docs/api.md)."""

    base_revision: int = Field(ge=0, le=2**31 - 1)
    edits: list[dict[str, Any]] = Field(min_length=1, max_length=5000)
    percentiles: bool = Field(True, description="Also simulate, which takes longer")


class TriedOut(Schema):
    """What the edits would do, and who decides them."""

    may_decide: bool
    may_propose: bool
    because: str
    consequences: Consequences
    not_computed: list[str] = Field(description="What is left out and why, as sentences")


@router.post(
    "/projects/{key}/plan/preview", response=TriedOut, summary="What a change of the plan would do"
)
def preview(request: HttpRequest, key: Key, body: TriedIn) -> dict[str, Any]:
    """Try edits: finish, milestones, chances, money, load, promises and people. Writes nothing."""
    actor = cast(ActorRequest, request).actor
    head = queries.existing_plan(project_of(actor, key))
    require_current(head, body.base_revision)
    said = {"base_revision": body.base_revision, "edits": body.edits}
    ruling = commands.apply_edits.assess(actor, head, said)
    tried = prepare(head, body.edits)
    found = (full if body.percentiles else quick)(actor, head, tried)
    return {
        "may_decide": ruling.may_decide,
        "may_propose": ruling.may_propose,
        "because": str(ruling),
        "consequences": found,
        "not_computed": [str(one) for one in found.not_computed],
    }
