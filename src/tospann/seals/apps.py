"""Seals as a Django app."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    name = "tospann.seals"
    label = "seals"
