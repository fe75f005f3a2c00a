"""Addresses of the portfolio: the list, and a page for each thing looked at across projects."""

from django.urls import path

from tospann.portfolio.views import overview

urlpatterns = [path("portfolio", overview.portfolio, name="portfolio")]
