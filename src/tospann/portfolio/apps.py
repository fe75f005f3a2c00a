"""The portfolio as a Django app."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "tospann.portfolio"
    label = "portfolio"
