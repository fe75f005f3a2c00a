"""Risks as a Django app."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "tospann.risks"
    label = "risks"
