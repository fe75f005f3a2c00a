"""Stakeholders as a Django app."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "tospann.stakeholders"
    label = "stakeholders"
