"""Addresses of meetings."""

from tospann.meetings.live.urls import urlpatterns as live

urlpatterns = [*live]
