"""Addresses of the plan's other sides."""

from django.urls import path

from tospann.planning.exports import views as exports

urlpatterns = [
    path("p/<str:key>/plan/export", exports.export, name="plan_export"),
]
