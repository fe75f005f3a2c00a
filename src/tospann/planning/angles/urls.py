"""Addresses of the plan's other sides."""

from django.urls import path

from tospann.planning.angles import views
from tospann.planning.exports import views as exports

urlpatterns = [
    path("my-tasks", views.my_tasks, name="my_tasks"),
    path("p/<str:key>/plan/board", views.board, name="plan_board"),
    path("p/<str:key>/plan/calendar", views.calendar, name="plan_calendar"),
    path("p/<str:key>/plan/tasks/<int:uid>/card", views.move_card, name="move_card"),
    path("p/<str:key>/plan/export", exports.export, name="plan_export"),
    path("p/<str:key>/plan/tasks/<int:uid>/why", views.why, name="why"),
]
