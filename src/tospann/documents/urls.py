"""Address of a project's documents."""

from django.urls import path

from tospann.documents import views

urlpatterns = [path("p/<str:key>/documents", views.documents, name="documents")]
