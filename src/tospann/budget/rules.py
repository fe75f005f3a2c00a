"""What gates may ask of the money: that the forecast keeps within the frame."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tospann.budget.queries import money
from tospann.cases.rules import Given, Missing, Parameter, Rule, RuleResult, rules_come_from
from tospann.foundation.authority import Sentence
from tospann.projects.models import Project

_NO_BUDGET = gettext_noop("The project has no budget.")
_WITHIN = gettext_noop("The forecast is %(forecast)s; the frame is %(frame)s.")
_BEYOND = gettext_noop("The forecast is %(forecast)s: %(over)s more than the frame of %(frame)s.")


def _forecast_within_frame(project: Project, given: Given) -> RuleResult:
    found = money(project)
    if not found.has_budget or not found.planned:
        raise Missing(Sentence(_NO_BUDGET))
    share: Decimal = given["beyond"]
    over = found.forecast - found.total
    said = {
        "forecast": f"amount:{found.forecast:.2f}:NOK",
        "frame": f"amount:{found.total:.2f}:NOK",
        "over": f"amount:{over:.2f}:NOK",
    }
    link = f"/p/{project.key}/money"
    is_met = 100 * over <= share * found.total
    msgid = _WITHIN if over <= 0 else _BEYOND
    return RuleResult(is_met, Sentence(msgid, said), link)


rules_come_from(
    [
        Rule(
            "forecast_within_frame",
            _("The forecast keeps within the frame"),
            _forecast_within_frame,
            (
                Parameter(
                    "beyond", _("Per cent it may be exceeded by"), "percent", default="0",
                    help=_("The frame is the budget's lines and what is set aside."),
                ),
            ),
        ),
    ]
)  # fmt: skip
