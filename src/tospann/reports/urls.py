"""Addresses of reports."""

from django.urls import path

from tospann.reports import views

urlpatterns = [
    path("p/<str:key>/reports", views.reports, name="reports"),
    path("p/<str:key>/reports/status.pdf", views.status_pdf, name="status_pdf"),
]
