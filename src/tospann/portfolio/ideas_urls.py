"""Addresses of ideas, of what-if, and of what comes of it."""

from django.urls import path

from tospann.portfolio.views import ideas, scenarios, what_if

urlpatterns = [
    path("portfolio/what-if", what_if.portfolio_what_if, name="portfolio_what_if"),
    path("portfolio/what-if/propose", what_if.propose, name="propose_scenario"),
    path("portfolio/scenarios", scenarios.listed, name="scenarios"),
    path("portfolio/scenarios/<int:number>", scenarios.one, name="scenario"),
    path("portfolio/scenarios/<int:number>/decide", scenarios.decide, name="decide_scenario"),
    path("portfolio/scenarios/<int:number>/compute", scenarios.compute, name="compute_scenario"),
    path("portfolio/scenarios/<int:number>/withdraw", scenarios.withdraw, name="withdraw_scenario"),
    path("portfolio/ideas", ideas.listed, name="portfolio_ideas"),
    path("portfolio/ideas/new", ideas.new, name="new_idea"),
    path("portfolio/ideas/criteria", ideas.weigh, name="weigh_ideas"),
    path("portfolio/ideas/<int:number>", ideas.one, name="idea"),
    path("portfolio/ideas/<int:number>/edit", ideas.edit, name="edit_idea"),
    path("portfolio/ideas/<int:number>/score", ideas.score, name="score_idea"),
    path("portfolio/ideas/<int:number>/answer", ideas.respond, name="answer_idea"),
    path("portfolio/ideas/<int:number>/project", ideas.start, name="start_from_idea"),
]
