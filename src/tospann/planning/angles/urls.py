"""Addresses of the plan's other sides."""

from django.urls import path

from tospann.planning.angles import views
from tospann.planning.exports import views as exports

urlpatterns = [
    path("p/<str:key>/plan/export", exports.export, name="plan_export"),
    path("p/<str:key>/plan/tasks/<int:uid>/why", views.why, name="why"),
]
