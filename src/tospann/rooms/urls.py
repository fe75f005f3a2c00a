"""Addresses of rooms: from outside, and their set-up inside."""

from django.urls import path

from tospann.rooms.views import door, inside, registers, setup, shared

_ROOM = "rooms/<str:key>"
_AT = "p/<str:key>/room"
urlpatterns = [
    path("room/<str:token>", door.room_link, name="room_link"),
    path("rooms/leave", door.leave_room, name="leave_room"),
    path(f"{_ROOM}/", inside.room, name="room"),
    path(f"{_ROOM}/unlock", door.unlock_room, name="unlock_room"),
    path(f"{_ROOM}/code", door.send_room_code, name="send_room_code"),
    path(f"{_ROOM}/documents/<uuid:pk>", inside.room_document, name="room_document"),
    path(f"{_ROOM}/documents/<uuid:pk>/pages/<int:sheet>", inside.room_sheet, name="room_sheet"),
    path(f"{_ROOM}/documents/<uuid:pk>/file", inside.room_file, name="room_file"),
    path(f"{_ROOM}/reports/<uuid:pk>", shared.room_report, name="room_report"),
    path(f"{_ROOM}/reports/<uuid:pk>/pdf", shared.room_report_pdf, name="room_report_pdf"),
    path(f"{_ROOM}/registers/<uuid:pk>", shared.room_register, name="room_register"),
    path(f"{_ROOM}/meetings/<uuid:pk>", shared.room_meeting, name="room_meeting"),
    path(f"{_ROOM}/meetings/<uuid:pk>/minutes", shared.room_minutes, name="room_minutes"),
    path(f"{_ROOM}/requests/<uuid:pk>", inside.answer_room_request, name="answer_room_request"),
    path(f"{_ROOM}/deliverables/<uuid:pk>", inside.answer_delivered, name="answer_delivered"),
    path(f"{_ROOM}/questions", inside.ask_room_question, name="ask_room_question"),
    path(f"{_ROOM}/folders/<uuid:pk>", inside.hand_in, name="hand_in"),
    path(f"{_ROOM}/logo", inside.room_logo, name="room_logo"),
    path(_AT, setup.room_settings, name="room_settings"),
    path(f"{_AT}/edit", setup.edit_room, name="edit_room"),
    path(f"{_AT}/logo", setup.choose_logo, name="choose_room_logo"),
    path(f"{_AT}/publish", setup.publish_in_room, name="publish_in_room"),
    path(f"{_AT}/items/<uuid:pk>/withdraw", setup.withdraw_from_room, name="withdraw_from_room"),
    path(f"{_AT}/ask/<uuid:pk>", setup.ask_to_accept, name="ask_to_accept"),
    path(f"{_AT}/requests/<uuid:pk>/withdraw", setup.withdraw_request, name="withdraw_request"),
    path(f"{_AT}/questions/<uuid:pk>", setup.answer_room_question, name="answer_room_question"),
    path(
        f"{_AT}/questions/<uuid:pk>/owner", setup.assign_room_question, name="assign_room_question"
    ),
    path(f"{_AT}/registers/new", registers.new_register_view, name="new_register_view"),
    path(f"{_AT}/registers/<uuid:pk>", registers.register_view, name="register_view"),
    path(
        f"{_AT}/registers/<uuid:pk>/remove",
        registers.remove_register_view,
        name="remove_register_view",
    ),
    path(f"{_AT}/as/<uuid:pk>", setup.see_as, name="see_as"),
]
