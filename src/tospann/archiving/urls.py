"""Addresses of a project's archive packages."""

from django.urls import path

from tospann.archiving import views
from tospann.archiving.as_of import views as as_of

app_name = "archiving"
urlpatterns = [
    path("p/<str:key>/as-of", as_of.as_of, name="as_of"),
    path("p/<str:key>/as-of/package", as_of.package, name="as_of_package"),
    path("p/<str:key>/as-of/paper", as_of.paper, name="as_of_paper"),
    path("p/<str:key>/archive", views.packages, name="packages"),
    path("p/<str:key>/archive/make", views.make, name="make"),
    path("p/<str:key>/archive/<int:pk>", views.fetch, name="fetch"),
]
