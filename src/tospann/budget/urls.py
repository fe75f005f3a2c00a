"""Addresses of money."""

from django.urls import path

from tospann.budget import views

_ONE = "p/<str:key>/money/<int:number>"
urlpatterns = [
    path("p/<str:key>/money", views.money, name="money"),
    path("p/<str:key>/money/periods", views.periods, name="money_periods"),
    path("p/<str:key>/money/start", views.start, name="start_budget"),
    path("p/<str:key>/money/approve", views.approve, name="approve_budget"),
    path("p/<str:key>/money/reserves", views.reserves, name="set_reserves"),
    path("p/<str:key>/money/new", views.new_line, name="new_budget_line"),
    path(_ONE, views.line, name="budget_line"),
    path(f"{_ONE}/edit", views.edit_line, name="edit_budget_line"),
    path(f"{_ONE}/cost", views.report_cost, name="report_cost"),
    path(f"{_ONE}/move", views.move_money, name="move_money"),
    path(f"{_ONE}/release/manager", views.release, {"whose": "manager"}, name="release_managers"),
    path(f"{_ONE}/release/owner", views.release, {"whose": "owner"}, name="release_owners"),
    path(f"{_ONE}/remove", views.remove_line, name="remove_budget_line"),
]
