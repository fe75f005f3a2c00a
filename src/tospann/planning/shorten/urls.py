"""The address of finishing earlier."""

from django.urls import path

from tospann.planning.shorten import views

urlpatterns = [path("p/<str:key>/plan/shorten", views.shorten, name="shorten_plan")]
