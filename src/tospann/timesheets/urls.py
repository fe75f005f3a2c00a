"""Addresses of hours."""

from django.urls import path

from tospann.timesheets.views import files, mine, team

_TEAM = "p/<str:key>/team/hours"
urlpatterns = [
    path("hours", mine.hours, name="hours"),
    path("hours/back", mine.take_back, name="take_back_hours"),
    path("hours/planned", mine.send_as_planned, name="send_planned_hours"),
    path(_TEAM, team.hours, name="team_hours"),
    path(f"{_TEAM}/approve", team.approve, name="approve_hours"),
    path(f"{_TEAM}/return", team.give_back, name="return_hours"),
    path(f"{_TEAM}/import", files.upload, name="import_hours"),
    path(f"{_TEAM}/import/<uuid:pk>", files.report, name="hours_report"),
    path(f"{_TEAM}/<uuid:pk>", team.sheet, name="team_sheet"),
]
