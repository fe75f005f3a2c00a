"""Addresses of the list of projects, goals, team, settings and history."""

from django.urls import path

from tospann.projects.views import changes, goals, listing, settings, team

urlpatterns = [
    path("projects", listing.projects, name="projects"),
    path("p/<str:key>/goals", goals.goals, name="goals"),
    path("p/<str:key>/goals/new", goals.new_goal, name="new_goal"),
    path("p/<str:key>/goals/<uuid:pk>", goals.edit_goal, name="edit_goal"),
    path("p/<str:key>/goals/<uuid:pk>/remove", goals.remove_goal, name="remove_goal"),
    path("p/<str:key>/goals/<uuid:pk>/criteria/new", goals.new_criterion, name="new_success"),
    path("p/<str:key>/goals/criteria/<uuid:pk>", goals.edit_criterion, name="edit_success"),
    path(
        "p/<str:key>/goals/criteria/<uuid:pk>/assess", goals.assess_criterion, name="assess_success"
    ),
    path(
        "p/<str:key>/goals/criteria/<uuid:pk>/remove", goals.remove_criterion, name="remove_success"
    ),
    path("p/<str:key>/team", team.team, name="team"),
    path("p/<str:key>/team/appoint", team.appoint, name="appoint"),
    path("p/<str:key>/team/<uuid:pk>", team.set_term, name="set_term"),
    path("p/<str:key>/team/<uuid:pk>/release", team.release, name="release"),
    path("p/<str:key>/settings", settings.settings, name="settings"),
    path("p/<str:key>/settings/information", settings.edit_information, name="edit_information"),
    path("p/<str:key>/settings/dates", settings.edit_dates, name="edit_dates"),
    path("p/<str:key>/settings/menu", settings.edit_modules, name="edit_modules"),
    path("p/<str:key>/settings/accept", settings.accept_founding, name="accept_founding"),
    path(
        "p/<str:key>/settings/tolerances/<slug:area>",
        settings.edit_tolerance,
        name="edit_tolerance",
    ),
    path("p/<str:key>/history", settings.history, name="history"),
    path("p/<str:key>/changes", changes.changes, name="changes"),
]
