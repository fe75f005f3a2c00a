"""Archiving as a Django app."""

from django.apps import AppConfig


class ArchivingConfig(AppConfig):
    name = "tospann.archiving"
    label = "archiving"
