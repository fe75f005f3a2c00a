"""Addresses of the load and of levelling."""

from django.urls import path

from tospann.planning.load import tying_views, views

urlpatterns = [
    path("p/<str:key>/plan/load", views.load, name="plan_load"),
    path("p/<str:key>/plan/resources", tying_views.resources, name="plan_resources"),
    path("p/<str:key>/plan/resources/tie", tying_views.tie_resources, name="tie_resources"),
    path("p/<str:key>/plan/level", views.level, name="level_plan"),
    path("p/<str:key>/plan/drafts/<uuid:pk>/load", views.draft_load, name="draft_load"),
]
