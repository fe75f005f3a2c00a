"""Addresses for those who build pages."""

from django.urls import path

from tospann.ui import views

app_name = "ui"
urlpatterns = [
    path("styleguide", views.styleguide, name="styleguide"),
    path("styleguide/dialog", views.sample_dialog, name="sample_dialog"),
]
