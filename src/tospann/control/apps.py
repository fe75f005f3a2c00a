"""Following up money as a Django app."""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    name = "tospann.control"
    label = "control"
