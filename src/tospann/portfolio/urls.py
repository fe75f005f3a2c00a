"""Addresses of the portfolio: the list, and a page for each thing looked at across projects."""

from django.urls import path

from tospann.portfolio.ideas_urls import urlpatterns as ideas_urls
from tospann.portfolio.views import across, overview

urlpatterns = [
    path("portfolio", overview.portfolio, name="portfolio"),
    path("portfolio/capacity", across.portfolio_capacity, name="portfolio_capacity"),
    path("portfolio/risk", across.portfolio_risk, name="portfolio_risk"),
    path("portfolio/money", across.portfolio_money, name="portfolio_money"),
    path("portfolio/benefits", across.portfolio_benefits, name="portfolio_benefits"),
    path("portfolio/gates", across.portfolio_gates, name="portfolio_gates"),
    path("portfolio/timeline", across.portfolio_timeline, name="portfolio_timeline"),
    path("portfolio/decisions", across.portfolio_decisions, name="portfolio_decisions"),
    path("portfolio/accuracy", across.portfolio_accuracy, name="portfolio_accuracy"),
    *ideas_urls,
]
