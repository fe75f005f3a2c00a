"""The open risks of all projects one may see, by exposure; a fixed number of queries.

Projects may have matrices of their own, so what is compared across them is the usual one: the rank
of the cell, then probability times impact. Each risk is shown with the level of its own project.
"""

from typing import Any

from django.db.models import F, QuerySet

from tospann.foundation.authority import Actor
from tospann.portfolio.queries.seen import running
from tospann.risks import matrix
from tospann.risks.models import Risk, RiskKind, RiskState
from tospann.risks.queries import ranked

HIGH = 3
"""The rank from which a risk is high in the usual matrix."""
Row = dict[str, Any]


def table(actor: Actor) -> QuerySet[Any, Any]:
    """Every open risk and opportunity, with its rank (``level``) and its ``exposure``."""
    found = Risk.objects.filter(project__in=running(actor).values("pk"), state=RiskState.OPEN)
    rows: QuerySet[Any, Any] = ranked(found, matrix.usual())
    exposed: QuerySet[Any, Any] = rows.annotate(exposure=F("probability") * F("impact"))
    return exposed


def high(actor: Actor) -> QuerySet[Any, Any]:
    """The threats that are high or worse."""
    return table(actor).filter(kind=RiskKind.THREAT, level__gte=HIGH)


def complete(rows: list[Row]) -> None:
    """Add the level each project's own matrix says (one query)."""
    scales = matrix.of_projects({row["project_id"] for row in rows})
    for row in rows:
        own = scales[row["project_id"]].of(row["kind"])
        row["own_matrix"] = own
        row["own_level"] = own.level(row["probability"], row["impact"])
