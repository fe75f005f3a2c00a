"""Addresses of tasks and actions."""

from django.urls import path

from tospann.actions import views

urlpatterns = [
    path("p/<str:key>/tasks", views.tasks, name="tasks"),
    path("p/<str:key>/actions/new", views.new_action, name="new_action"),
    path("p/<str:key>/actions/<int:number>", views.action, name="action"),
    path("p/<str:key>/actions/<int:number>/edit", views.edit_action, name="edit_action"),
    path("p/<str:key>/actions/<int:number>/hand-over", views.hand_over, name="hand_over_action"),
    path("p/<str:key>/actions/<int:number>/drop", views.drop, name="drop_action"),
    path("p/<str:key>/actions/<int:number>/complete", views.complete, name="complete_action"),
    path("p/<str:key>/actions/<int:number>/reopen", views.reopen, name="reopen_action"),
    path("p/<str:key>/actions/<int:number>/toggle", views.toggle, name="action_toggle"),
]
