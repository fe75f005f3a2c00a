"""Addresses of ideas, and of what-if."""

from django.urls import path

from tospann.portfolio.views import ideas, what_if

urlpatterns = [
    path("portfolio/what-if", what_if.portfolio_what_if, name="portfolio_what_if"),
    path("portfolio/ideas", ideas.listed, name="portfolio_ideas"),
    path("portfolio/ideas/new", ideas.new, name="new_idea"),
    path("portfolio/ideas/criteria", ideas.weigh, name="weigh_ideas"),
    path("portfolio/ideas/<int:number>", ideas.one, name="idea"),
    path("portfolio/ideas/<int:number>/edit", ideas.edit, name="edit_idea"),
    path("portfolio/ideas/<int:number>/score", ideas.score, name="score_idea"),
    path("portfolio/ideas/<int:number>/answer", ideas.respond, name="answer_idea"),
    path("portfolio/ideas/<int:number>/project", ideas.start, name="start_from_idea"),
]
