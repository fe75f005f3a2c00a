"""Addresses of a project's load and agreements, a line manager's people, capacity, and units."""

from django.urls import path

from tospann.resources.views import agreements, line, loads, time, titles, units

_REQUEST = "p/<str:key>/team/requests/<int:number>"
_AGREEMENT = "p/<str:key>/team/agreements/<int:number>"
_MINE = "line/requests/<uuid:pk>"

urlpatterns = [
    path("p/<str:key>/team/load", loads.team_load, name="team_load"),
    path("p/<str:key>/team/agreements", agreements.agreements, name="agreements"),
    path("p/<str:key>/team/requests/new", agreements.ask_for_people, name="ask_for_people"),
    path(_REQUEST, agreements.people_request, name="people_request"),
    path(f"{_REQUEST}/withdraw", agreements.withdraw_request, name="withdraw_people_request"),
    path(f"{_REQUEST}/<uuid:pk>/counter", agreements.counter_offer, name="counter_offer"),
    path(f"{_REQUEST}/<uuid:pk>/accept", agreements.accept_offer, name="accept_offer"),
    path("p/<str:key>/team/agreements/new", agreements.record_agreement, name="record_agreement"),
    path(_AGREEMENT, agreements.agreement, name="agreement"),
    path(f"{_AGREEMENT}/end", agreements.end_agreement, name="end_agreement"),
    path("line", line.my_people, name="line"),
    path(_MINE, line.line_request, name="line_request"),
    path(f"{_MINE}/offer", line.make_offer, name="make_offer"),
    path(f"{_MINE}/decline", line.decline_request, name="decline_request"),
    path(f"{_MINE}/<uuid:offer>/accept", line.accept_counter_offer, name="accept_counter_offer"),
    path("line/agreements/<uuid:pk>/end", line.withdraw_person, name="withdraw_person"),
    path("line/rates", titles.title_rates, name="title_rates"),
    path("line/rates/new", titles.set_title_rate, name="set_title_rate"),
    path("line/rates/<uuid:pk>/remove", titles.remove_title_rate, name="remove_title_rate"),
    path("line/people/<uuid:pk>/rate", line.set_rate, name="set_rate"),
    path("line/people/<uuid:pk>/share", line.set_working_share, name="set_working_share"),
    path("people/<uuid:pk>/absence", time.new_absence, name="new_absence"),
    path("people/absence/<uuid:pk>/remove", time.remove_absence, name="remove_absence"),
    path("people/<uuid:pk>/skill", time.add_skill, name="add_skill"),
    path("people/skills/<uuid:pk>/remove", time.forget_skill, name="forget_skill"),
    path("capacity", loads.capacity, name="capacity"),
    path("admin/units", units.units, name="units"),
    path("admin/units/new", units.new_unit, name="new_unit"),
    path("admin/units/<uuid:pk>", units.edit_unit, name="edit_unit"),
    path("admin/units/<uuid:pk>/employ", units.employ, name="employ"),
    path("admin/employments/<uuid:pk>/end", units.end_employment, name="end_employment"),
]
