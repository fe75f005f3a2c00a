"""Addresses of conflicts between projects."""

from django.urls import path

from tospann.conflicts import views

urlpatterns = [
    path("portfolio/conflicts", views.conflicts, name="conflicts"),
    path("portfolio/conflicts/<int:number>", views.conflict, name="conflict"),
    path("portfolio/conflicts/<int:number>/decide", views.decide_conflict, name="decide_conflict"),
]
