"""What documents say of risks: the registers' threats and opportunities as tables."""

from collections.abc import Callable, Sequence
from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.blanks import live
from tospann.blanks.live import ID, REF, Change, Register, Row
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.projects.models import Project
from tospann.risks import commands, queries
from tospann.risks.models import Risk, RiskKind, RiskState

COLUMNS = ("event", "effect")
MOST = 100


def register() -> None:
    label = _("the register of risks")
    for name, kind in (("threats", RiskKind.THREAT), ("opportunities", RiskKind.OPPORTUNITY)):
        live.keeps(Register(name, label, COLUMNS, _rows(kind), _write(kind), _link))
    live.refers("risk", lambda of: [risk.title for risk in queries.risks(of)[:MOST]])
    live.suggests("risks.lines", label, _lines)


def _link(of: Project) -> str:
    return reverse("risks", args=[of.key])


def _open(of: Project, kind: str) -> list[Risk]:
    found = Risk.objects.filter(project=of, kind=kind, state=RiskState.OPEN)
    return list(found.order_by("number")[:MOST])


def _rows(kind: str) -> Callable[[Project, str], list[Row]]:
    def rows(of: Project, language: str) -> list[Row]:
        return [
            {
                REF: reference(one),
                ID: f"k{one.pk.hex[-12:]}",
                "event": one.title,
                "effect": one.effect or None,
            }
            for one in _open(of, kind)
        ]

    return rows


def _write(kind: RiskKind) -> Callable[[Actor, Project, Sequence[Change]], None]:
    def write(actor: Actor, of: Project, changes: Sequence[Change]) -> None:
        for change in changes:
            title = " ".join(str(change.row.get("event") or "").split())[:200]
            effect = str(change.row.get("effect") or "").strip()
            if not title:
                continue
            there = Risk.objects.filter(project=of, state=RiskState.OPEN)
            pk = UUID(change.ref.rpartition(":")[2]) if change.ref else None
            found = there.filter(pk=pk).first() if pk else None
            if found is not None:
                _change(actor, found, title, effect)
            elif not change.ref:
                commands.raise_risk(
                    actor, of, id=new_id(), title=title, effect=effect, kind=_sort(kind)
                )

    return write


def _change(actor: Actor, risk: Risk, title: str, effect: str) -> None:
    """Only the title and the effect; the assessment stays."""
    commands.change_risk(
        actor,
        risk,
        title=title,
        effect=effect,
        kind=_sort(risk.kind),
        cause=risk.cause,
        event=risk.event,
        probability=risk.probability,
        impact=risk.impact,
        residual_probability=risk.residual_probability,
        residual_impact=risk.residual_impact,
        proximity=risk.proximity,
        strategy=risk.strategy,
        due_on=risk.due_on,
    )


def _sort(kind: str) -> Literal["threat", "opportunity"]:
    return "opportunity" if kind == RiskKind.OPPORTUNITY else "threat"


def _lines(of: Project, language: str) -> str:
    return "\n".join(one.title for one in _open(of, RiskKind.THREAT))
