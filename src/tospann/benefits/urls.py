"""Addresses of benefits, their indicators and measurements, and changes in the line."""

from django.urls import path

from tospann.benefits.views import changing, listing, measuring, one

HERE = "p/<str:key>/benefits"
urlpatterns = [
    path(HERE, listing.benefits, name="benefits"),
    path(f"{HERE}/new", changing.new_benefit, name="new_benefit"),
    path(f"{HERE}/map", listing.benefit_map, name="benefit_map"),
    path(f"{HERE}/measurements", listing.measurements, name="measurements"),
    path(f"{HERE}/measurements/<uuid:pk>", measuring.measure, name="measure"),
    path(
        f"{HERE}/measurements/<uuid:pk>/move", measuring.move_measurement, name="move_measurement"
    ),
    path(
        f"{HERE}/measurements/<uuid:pk>/remove",
        measuring.remove_measurement,
        name="remove_measurement",
    ),
    path(f"{HERE}/indicators/<uuid:pk>/edit", measuring.edit_indicator, name="edit_indicator"),
    path(
        f"{HERE}/indicators/<uuid:pk>/remove", measuring.remove_indicator, name="remove_indicator"
    ),
    path(f"{HERE}/indicators/<uuid:pk>/plan", measuring.plan_measurement, name="plan_measurement"),
    path(f"{HERE}/changes", listing.line_changes, name="line_changes"),
    path(f"{HERE}/changes/new", changing.new_line_change, name="new_line_change"),
    path(f"{HERE}/changes/<uuid:pk>", one.line_change, name="line_change"),
    path(f"{HERE}/changes/<uuid:pk>/edit", changing.edit_line_change, name="edit_line_change"),
    path(f"{HERE}/changes/<uuid:pk>/state", changing.line_change_state, name="line_change_state"),
    path(
        f"{HERE}/changes/<uuid:pk>/remove", changing.remove_line_change, name="remove_line_change"
    ),
    path(f"{HERE}/<int:number>", one.benefit, name="benefit"),
    path(f"{HERE}/<int:number>/edit", changing.edit_benefit, name="edit_benefit"),
    path(f"{HERE}/<int:number>/state", changing.benefit_state, name="benefit_state"),
    path(f"{HERE}/<int:number>/hand-over", changing.hand_over_benefit, name="hand_over_benefit"),
    path(f"{HERE}/<int:number>/indicators/new", measuring.new_indicator, name="new_indicator"),
]
