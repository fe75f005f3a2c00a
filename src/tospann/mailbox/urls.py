"""Addresses of the mailbox and of calendars."""

from django.urls import path

from tospann.mailbox.views import administration, calendars, listing, sorting

_AT = "p/<str:key>/mail"
_ONE = f"{_AT}/<int:number>"
urlpatterns = [
    path(_AT, listing.mail, name="mail"),
    path(f"{_AT}/all", listing.mail, {"shown": "all"}, name="all_mail"),
    path(f"{_AT}/not-let-in", listing.mail, {"shown": "refused"}, name="mail_not_let_in"),
    path(f"{_AT}/not-let-in/<int:pk>", listing.take_mail_in, name="take_mail_in"),
    path(f"{_AT}/address", listing.open_mail_address, name="open_mail_address"),
    path(f"{_AT}/address/close", listing.close_mail_address, name="close_mail_address"),
    path(f"{_AT}/sorter", listing.mail_sorter, name="mail_sorter"),
    path(_ONE, sorting.message, name="message"),
    path(f"{_ONE}/question", sorting.message_to_question, name="message_to_question"),
    path(f"{_ONE}/notice", sorting.message_to_notice, name="message_to_notice"),
    path(f"{_ONE}/documents", sorting.message_to_documents, name="message_to_documents"),
    path(f"{_ONE}/note", sorting.message_to_note, name="message_to_note"),
    path(f"{_ONE}/aside", sorting.set_message_aside, name="set_message_aside"),
    path(f"{_ONE}/again", sorting.sort_message_again, name="sort_message_again"),
    path("admin/mail", administration.admin_mail, name="admin_mail"),
    path("account/calendars/", calendars.calendars, name="account_calendars"),
    path("account/calendars/<uuid:pk>/revoke", calendars.revoke_calendar, name="revoke_calendar"),
    path("ics/<str:secret>", calendars.ics, name="ics"),
]
