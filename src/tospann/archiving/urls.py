"""Addresses of a project's archive packages."""

from django.urls import path

from tospann.archiving import views

app_name = "archiving"
urlpatterns = [
    path("p/<str:key>/archive", views.packages, name="packages"),
    path("p/<str:key>/archive/make", views.make, name="make"),
    path("p/<str:key>/archive/<int:pk>", views.fetch, name="fetch"),
]
