"""What people did about ideas and scenarios of the portfolio, in the past tense."""

from django.utils.translation import ngettext_lazy as _n

IDEAS = {
    "portfolio.answer_idea": _n("answered an idea", "answered %(n)s ideas", "n"),
    "portfolio.change_idea": _n("changed an idea", "changed %(n)s ideas", "n"),
    "portfolio.compute_scenario": _n(
        "computed a proposal to the portfolio anew",
        "computed proposals to the portfolio anew %(n)s times",
        "n",
    ),
    "portfolio.decide_scenario": _n(
        "decided a proposal to the portfolio", "decided %(n)s proposals to the portfolio", "n"
    ),
    "portfolio.propose_scenario": _n(
        "proposed something to the portfolio", "proposed %(n)s things to the portfolio", "n"
    ),
    "portfolio.withdraw_scenario": _n(
        "withdrew a proposal to the portfolio", "withdrew %(n)s proposals to the portfolio", "n"
    ),
    "portfolio.hand_in_idea": _n("handed in an idea", "handed in %(n)s ideas", "n"),
    "portfolio.score_idea": _n("scored an idea", "scored %(n)s ideas", "n"),
    "portfolio.start_from_idea": _n(
        "made an idea into a project", "made %(n)s ideas into projects", "n"
    ),
    "portfolio.weigh_ideas": _n(
        "set what ideas are scored on", "set what ideas are scored on %(n)s times", "n"
    ),
}
