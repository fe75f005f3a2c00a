"""Addresses of the check page."""

from django.urls import path

from tospann.seals import views

app_name = "seals"
urlpatterns = [
    path("verify", views.check, name="check"),
    path("verify/keys", views.keys, name="keys"),
    path("verify/<slug:code>", views.code, name="code"),
]
