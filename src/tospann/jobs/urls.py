"""Addresses of long work."""

from django.urls import path

from tospann.jobs import views

urlpatterns = [path("work/<uuid:work>", views.progress, name="job_progress")]
