"""Addresses of a meeting under way; part of the capability's own table."""

from django.urls import path

from tospann.meetings.live import views

_HERE = "p/<str:key>/meetings/<int:number>/live"
_ITEM = f"{_HERE}/items/<uuid:pk>"
urlpatterns = [
    path(_HERE, views.live, name="live"),
    path(f"{_HERE}/state", views.state, name="live_state"),
    path(f"{_HERE}/start", views.start, name="live_start"),
    path(f"{_HERE}/end", views.end, name="live_end"),
    path(f"{_HERE}/items", views.new_item, name="live_item"),
    path(f"{_HERE}/attendance/<uuid:pk>", views.attendance, name="live_attendance"),
    path(f"{_ITEM}/text", views.text, name="live_text"),
    path(f"{_ITEM}/leave", views.leave, name="live_leave"),
    path(f"{_ITEM}/kept/<uuid:one>", views.kept, name="live_kept"),
    path(f"{_ITEM}/line", views.line, name="live_line"),
    path(f"{_ITEM}/turn", views.turn, name="live_turn"),
    path(f"{_ITEM}/decide", views.decide, name="live_decide"),
    path(f"{_ITEM}/photo", views.photo, name="live_photo"),
]
