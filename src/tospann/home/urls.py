"""Addresses of my page, a project's overview, search and help."""

from django.urls import path
from django.views.decorators.http import require_POST

from tospann.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("help", views.guide, name="help"),
    path("p/<str:key>/", views.overview, name="overview"),
    path("p/<str:key>/started", require_POST(views.hide_first_steps), name="hide_first_steps"),
]
