"""Addresses of a project's document templates."""

from django.urls import path

from tospann.blanks import views

urlpatterns = [
    path("p/<str:key>/documents/templates", views.templates, name="templates"),
    path("p/<str:key>/documents/templates/<slug:name>", views.template, name="template"),
]
