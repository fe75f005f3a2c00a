"""What documents say of benefits: the plan for them as tables, and their codes to point at."""

from collections.abc import Callable
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.benefits import queries
from tospann.benefits.models import Benefit, BenefitKind, BenefitState
from tospann.blanks import live
from tospann.blanks.live import ID, REF, Register, Row
from tospann.foundation.records import reference
from tospann.projects.models import Project

MOST = 100


def register() -> None:
    label = _("the benefits")
    live.keeps(Register("benefits", label, ("benefit", "for_whom"), _all, link=_link))
    priced = ("code", "description", "value_per_year")
    live.keeps(Register("benefits.monetised", label, priced, _rows(BenefitKind.PRICED), link=_link))
    live.refers("benefit", lambda of: [str(one) for one in _kept(of)])


def _link(of: Project) -> str:
    return reverse("benefits", args=[of.key])


def _kept(of: Project) -> list[Benefit]:
    """Those that are not given up."""
    found = queries.benefits(of).exclude(state=BenefitState.GIVEN_UP)
    return list(found.order_by("kind", "number")[:MOST])


def _row(one: Benefit, **cells: str | None) -> Row:
    return {REF: reference(one), ID: f"g{one.pk.hex[-12:]}", **cells}


def _all(of: Project, language: str) -> list[Row]:
    return [
        _row(one, benefit=one.title, for_whom=str(BenefitKind(one.kind).label)) for one in _kept(of)
    ]


def _rows(kind: BenefitKind) -> Callable[[Project, str], list[Row]]:
    def rows(of: Project, language: str) -> list[Row]:
        return [
            _row(
                one,
                code=one.code,
                description=one.title,
                value_per_year=_amount(one.value_per_year),
            )
            for one in _kept(of)
            if one.kind == kind
        ]

    return rows


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
