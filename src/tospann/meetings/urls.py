"""Addresses of meetings, of what is in them, and of the link in an invitation."""

from django.urls import path

from tospann.meetings.live.urls import urlpatterns as live
from tospann.meetings.views import agenda, attending, link, listing, meeting, planning, publishing

_AT = "p/<str:key>/meetings"
_ONE = f"{_AT}/<int:number>"
urlpatterns = [
    *live,
    path(_AT, listing.meetings, name="meetings"),
    path(f"{_AT}/held", listing.held_meetings, name="held_meetings"),
    path(f"{_AT}/series", listing.meeting_series, name="meeting_series"),
    path(f"{_AT}/series/new", listing.new_series, name="new_series"),
    path(f"{_AT}/series/<str:series>", listing.edit_series, name="edit_series"),
    path(f"{_AT}/new", planning.new_meeting, name="new_meeting"),
    path(_ONE, meeting.meeting, name="meeting"),
    path(f"{_ONE}/edit", planning.edit_meeting, name="edit_meeting"),
    path(f"{_ONE}/move", planning.move_meeting, name="move_meeting"),
    path(f"{_ONE}/call", planning.call_meeting, name="call_meeting"),
    path(f"{_ONE}/cancel", planning.cancel_meeting, name="cancel_meeting"),
    path(f"{_ONE}/items/new", agenda.new_item, name="new_item"),
    path(f"{_ONE}/items/quick", agenda.quick_item, name="quick_item"),
    path(f"{_ONE}/items/due", agenda.add_due, name="add_due"),
    path(f"{_AT}/items/<uuid:pk>/edit", agenda.edit_item, name="edit_item"),
    path(f"{_AT}/items/<uuid:pk>/move", agenda.move_item, name="move_item"),
    path(f"{_AT}/items/<uuid:pk>/remove", agenda.remove_item, name="remove_item"),
    path(f"{_ONE}/people/new", attending.new_attendee, name="new_attendee"),
    path(f"{_AT}/people/<uuid:pk>/remove", attending.remove_attendee, name="remove_attendee"),
    path(f"{_AT}/people/<uuid:pk>/answer", attending.answer_invitation, name="answer_invitation"),
    path(f"{_ONE}/start", publishing.start_meeting, name="start_meeting"),
    path(f"{_ONE}/end", publishing.end_meeting, name="end_meeting"),
    path(f"{_ONE}/reopen", publishing.reopen_meeting, name="reopen_meeting"),
    path(f"{_ONE}/publish", publishing.publish_minutes, name="publish_minutes"),
    path(f"{_ONE}/minutes.pdf", publishing.minutes_pdf, name="minutes_pdf"),
    path(f"{_ONE}/lock", publishing.lock_minutes, name="lock_minutes"),
    path(f"{_ONE}/remarks/new", publishing.new_remark, name="new_remark"),
    path(f"{_AT}/remarks/<uuid:pk>/answer", publishing.answer_remark, name="answer_remark"),
    path("m/<str:token>", link.meeting_link, name="meeting_link"),
    path("m/<str:token>/answer", link.answer_by_link, name="answer_by_link"),
    path("m/<str:token>/remark", link.remark_by_link, name="remark_by_link"),
    path("m/<str:token>/minutes.pdf", link.pdf_by_link, name="pdf_by_link"),
]
