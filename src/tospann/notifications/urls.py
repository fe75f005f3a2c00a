"""Addresses of the inbox."""

from django.urls import path

from tospann.notifications import views

urlpatterns = [
    path("inbox", views.inbox, name="inbox"),
    path("inbox/all-read", views.mark_all, name="inbox_mark_all"),
    path("inbox/preferences", views.preferences, name="inbox_preferences"),
    path("inbox/<int:notice>", views.open_notice, name="inbox_notice"),
    path("inbox/<int:notice>/mark", views.mark, name="inbox_mark"),
]
