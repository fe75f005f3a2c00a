"""Addresses of a project's documents, and of files attached to its records."""

from django.urls import path

from tospann.documents import views

urlpatterns = [
    path("p/<str:key>/documents", views.documents, name="documents"),
    path("p/<str:key>/files/<uuid:pk>", views.attachment, name="attachment"),
]
